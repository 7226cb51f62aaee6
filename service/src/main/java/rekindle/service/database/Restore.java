package rekindle.service.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;

/**
 * Reads a backup into an empty database: the file is checked to its last byte before anything is
 * changed; then all rows come in one transaction, are compared with the file again, and only then
 * brought to the version of this jar.
 */
public final class Restore {
  private final Database database;
  private final BackupFile file;
  private final Consumer<String> progress;
  private final BiConsumer<Handle, String> pause;

  private Restore(
      Database database,
      BackupFile file,
      Consumer<String> progress,
      BiConsumer<Handle, String> pause) {
    this.database = database;
    this.file = file;
    this.progress = progress;
    this.pause = pause;
  }

  /** What was read. */
  public record Outcome(int tables, long rows, String takenAt) {}

  /**
   * Reads the file.
   *
   * @param progress told a line for each table
   * @param pause writes what keeps the restored store from sending; given when the backup was
   *     taken, RFC 3339. It is committed with the rows, or for a backup of older tables at the end
   * @throws DatabaseFailure if the file is not whole, or the database is not empty; then nothing
   *     was changed
   * @throws IOException if the file cannot be read
   */
  public static Outcome read(
      DatabaseLocation location,
      Path path,
      Consumer<String> progress,
      BiConsumer<Handle, String> pause)
      throws IOException {
    try (BackupFile file = BackupFile.open(path)) {
      file.verify();
      progress.accept("the file is whole");
      try (Database database = Database.unshared(location)) {
        return new Restore(database, file, progress, pause).run();
      }
    } catch (SQLException e) {
      throw new DatabaseFailure(
          "The backup could not be read into the database (SQLSTATE %s); it holds none of it. Look into its log, and try again."
              .formatted(e.getSQLState()),
          e);
    } catch (FlywayException e) {
      throw new DatabaseFailure(
          "The tables could not be made or brought to the version of this jar. Restore into a new, empty database.",
          e);
    }
  }

  private Outcome run() throws IOException, SQLException {
    BackupContents contents = file.contents();
    checkEmpty(contents);
    Migrations.migrateTo(database.unpooled(), contents.schema());
    boolean isCurrent = !Migrations.pending(database.unpooled());
    try (Connection connection = database.unpooled().getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(Backup.SESSION);
      }
      load(connection, contents);
      if (isCurrent) {
        Jdbi.create(connection).useHandle(handle -> pause(handle, contents));
      }
      connection.commit();
    }
    Migrations.migrate(database.unpooled());
    if (!isCurrent) {
      // Older tables may lack what the pause is written to.
      Jdbi.create(database.unpooled()).useTransaction(handle -> pause(handle, contents));
    }
    return new Outcome(contents.tables().size(), contents.rows(), contents.takenAt());
  }

  private void pause(Handle handle, BackupContents contents) {
    // An event of today has its place even if the backup is old.
    Partitions.make(handle, List.of(YearMonth.now(ZoneOffset.UTC)));
    pause.accept(handle, contents.takenAt());
  }

  private void checkEmpty(BackupContents contents) throws SQLException {
    if (!Migrations.knows(database.unpooled(), contents.schema())) {
      throw new DatabaseFailure(
          "The backup is of a newer Rekindle (%s, tables of version %s). Restore it with that jar; nothing was changed."
              .formatted(contents.rekindle(), contents.schema()));
    }
    try (Connection connection = database.unpooled().getConnection()) {
      Optional<String> version = Migrations.version(connection);
      if (version.isPresent()
          && MigrationVersion.fromVersion(version.get()).isNewerThan(contents.schema())) {
        throw notEmpty("has tables of version " + version.get() + " already");
      }
      for (StoreTable table : StoreTable.all(connection)) {
        if (!table.isEmpty(connection)) {
          throw notEmpty("has rows in table " + table.name() + " already");
        }
      }
    }
  }

  private DatabaseFailure notEmpty(String why) {
    return new DatabaseFailure(
        "The database (%s) %s, but a backup is only read into an empty one; nothing was changed. Name another data folder with REKINDLE_DATA, or an empty database with REKINDLE_DATABASE_URL."
            .formatted(database.description(), why));
  }

  private void load(Connection connection, BackupContents contents)
      throws IOException, SQLException {
    Map<String, BackupContents.Table> saved =
        contents.tables().stream()
            .collect(Collectors.toMap(BackupContents.Table::name, Function.identity()));
    List<StoreTable> tables = StoreTable.all(connection);
    List<String> names = tables.stream().map(StoreTable::name).sorted().toList();
    if (!names.equals(saved.keySet().stream().sorted().toList())) {
      throw new DatabaseFailure(
          "The backup has other tables than version %s of Rekindle's: %s instead of %s. Nothing was restored."
              .formatted(contents.schema(), saved.keySet(), names));
    }
    Jdbi.create(connection)
        .useHandle(
            h -> Partitions.make(h, contents.months().stream().map(YearMonth::parse).toList()));
    for (StoreTable table : tables) {
      load(connection, table, Objects.requireNonNull(saved.get(table.name())));
    }
    setSequences(connection, contents.sequences());
  }

  private void load(Connection connection, StoreTable table, BackupContents.Table saved)
      throws IOException, SQLException {
    try (InputStream in = file.open(saved)) {
      connection.unwrap(PGConnection.class).getCopyAPI().copyIn(table.copyIn(), in);
    }
    BackupContents.Table loaded = Backup.copy(connection, table, OutputStream.nullOutputStream());
    if (!loaded.equals(saved)) {
      throw new DatabaseFailure(
          "Table %s is not what the backup holds: %d rows with SHA-256 %s instead of %d with %s. Nothing was restored."
              .formatted(
                  table.name(), loaded.rows(), loaded.sha256(), saved.rows(), saved.sha256()));
    }
    if (loaded.rows() > 0) {
      progress.accept("%s: %d rows".formatted(table.name(), loaded.rows()));
    }
  }

  private static void setSequences(Connection connection, List<BackupContents.Sequence> sequences)
      throws SQLException {
    try (PreparedStatement set = connection.prepareStatement("select setval(?::regclass, ?)")) {
      for (BackupContents.Sequence sequence : sequences) {
        set.setString(1, StoreTable.quoted(sequence.name()));
        set.setLong(2, sequence.last());
        set.execute();
      }
    }
  }
}
