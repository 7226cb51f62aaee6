package rekindle.service.database;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Saves all tables, as they are at one instant, into one file; whoever uses the database meanwhile
 * is not disturbed. The file appears whole or not at all.
 */
public final class Backup {
  static final String SESSION =
      "set local timezone = 'UTC'; set local datestyle = 'ISO, YMD';"
          + " set local bytea_output = 'hex'; set local intervalstyle = 'postgres';"
          + " set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0";

  private static final String SEQUENCES =
      """
      select sequencename, last_value from pg_sequences
       where schemaname = current_schema() and last_value is not null
       order by sequencename
      """;

  private final Connection connection;
  private final Consumer<String> progress;

  private Backup(Connection connection, Consumer<String> progress) {
    this.connection = connection;
    this.progress = progress;
  }

  /** What was saved. */
  public record Outcome(int tables, long rows, long fileBytes) {}

  /**
   * Saves the database.
   *
   * @param file must not be there yet
   * @param progress told a line for each table
   * @throws DatabaseFailure if there is nothing to save, or the database cannot be used
   * @throws IOException if the file cannot be written
   */
  public static Outcome write(DatabaseLocation location, Path file, Consumer<String> progress)
      throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(
          file.toString(), null, "is there already and stays as it is; name another file");
    }
    if (location.configuration().embeds()
        && !Files.exists(DataFolder.cluster(location.dataFolder()))) {
      throw nothing();
    }
    try (Database database = Database.unmigrated(location);
        Connection connection = database.unpooled().getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      return new Backup(connection, progress).write(file, database.version());
    } catch (SQLException e) {
      throw new DatabaseFailure(
          "The database could not be read to its end (SQLSTATE %s); no backup was written. Look into its log, and try again."
              .formatted(e.getSQLState()),
          e);
    }
  }

  private static DatabaseFailure nothing() {
    return new DatabaseFailure(
        "There is no database of Rekindle here: nothing to save. Check REKINDLE_DATA and REKINDLE_DATABASE_URL.");
  }

  private Outcome write(Path file, String version) throws IOException, SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(SESSION);
    }
    Optional<String> schema = Migrations.version(connection);
    if (schema.isEmpty()) {
      throw nothing();
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      BackupContents contents = fill(unfinished, version, schema.get());
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return new Outcome(contents.tables().size(), contents.rows(), Files.size(file));
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private BackupContents fill(Path unfinished, String version, String schema)
      throws IOException, SQLException {
    Files.deleteIfExists(unfinished);
    try (FileChannel channel =
            FileChannel.open(
                unfinished,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")));
        var zip =
            new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)))) {
      var tables = new ArrayList<BackupContents.Table>();
      for (StoreTable table : StoreTable.all(connection)) {
        tables.add(copy(table, zip));
      }
      @Nullable String jar = Backup.class.getPackage().getImplementationVersion();
      var contents =
          new BackupContents(
              BackupContents.FORMAT,
              jar == null ? "unpackaged" : jar,
              version,
              schema,
              one("select to_char(transaction_timestamp(), 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"),
              Partitions.months(connection),
              sequences(),
              tables);
      zip.putNextEntry(new ZipEntry(BackupContents.ENTRY));
      zip.write(new ObjectMapper().writeValueAsBytes(contents));
      zip.finish();
      zip.flush();
      channel.force(true);
      return contents;
    }
  }

  private BackupContents.Table copy(StoreTable table, ZipOutputStream zip)
      throws IOException, SQLException {
    zip.putNextEntry(new ZipEntry("tables/" + table.name() + ".copy"));
    BackupContents.Table copied = copy(connection, table, zip);
    zip.closeEntry();
    if (copied.rows() > 0) {
      progress.accept("%s: %d rows".formatted(table.name(), copied.rows()));
    }
    return copied;
  }

  /** Writes a table, and says what was written. */
  static BackupContents.Table copy(Connection connection, StoreTable table, OutputStream out)
      throws IOException, SQLException {
    var counted = new CountedHash(out);
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    copies.copyOut(table.copyOut(), counted);
    return counted.table(table.name());
  }

  private List<BackupContents.Sequence> sequences() throws SQLException {
    var sequences = new ArrayList<BackupContents.Sequence>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SEQUENCES)) {
      while (row.next()) {
        sequences.add(new BackupContents.Sequence(row.getString(1), row.getLong(2)));
      }
    }
    return sequences;
  }

  private String one(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
