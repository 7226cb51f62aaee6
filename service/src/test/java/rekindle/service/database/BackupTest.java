package rekindle.service.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.store.RestoredPause;
import rekindle.service.store.Stops;

class BackupTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @TempDir static Path folder;

  private static final BiConsumer<Handle, String> NO_PAUSE = (handle, takenAt) -> {};

  private static Path saved = Path.of("");

  @BeforeAll
  static void save() throws IOException {
    Partitions.extend(DATABASE.jdbi());
    DATABASE.jdbi().useTransaction(h -> Partitions.make(h, List.of(YearMonth.of(2026, 3))));
    try (var rows = BackupTest.class.getResourceAsStream("every-table.sql")) {
      String sql = new String(rows.readAllBytes(), UTF_8);
      DATABASE.jdbi().useHandle(h -> h.createScript(sql).execute());
    }
    saved = folder.resolve("saved.zip");
    Backup.write(source(), saved, line -> {});
  }

  private static DatabaseLocation source() {
    return location(DATABASE.url());
  }

  private static DatabaseLocation location(String url) {
    return new DatabaseLocation(
        DatabaseConfiguration.of(url, "postgres", "unused"), Path.of("unused"));
  }

  /** A new, empty database in the same server. */
  private static DatabaseLocation empty(String name) {
    DATABASE.jdbi().useHandle(h -> h.execute("create database " + name));
    return location(DATABASE.url().replaceFirst("[^/]*$", name));
  }

  private static void drop(String name) {
    DATABASE.jdbi().useHandle(h -> h.execute("drop database " + name + " with (force)"));
  }

  private static Jdbi jdbi(DatabaseLocation location) {
    return Jdbi.create(location.configuration().url(), "postgres", "unused");
  }

  @Test
  void backup_restoredIntoAnEmptyDatabase_givesEveryRowBack() throws Exception {
    DatabaseLocation target = empty("restored");
    try {
      Restore.Outcome outcome = Restore.read(target, saved, line -> {}, NO_PAUSE);

      assertThat(outcome.rows()).isGreaterThan(4000);
      Path again = folder.resolve("again.zip");
      Backup.write(target, again, line -> {});
      try (BackupFile first = BackupFile.open(saved);
          BackupFile second = BackupFile.open(again)) {
        assertThat(second.contents().tables()).isEqualTo(first.contents().tables());
        assertThat(second.contents().sequences()).isEqualTo(first.contents().sequences());
        assertThat(second.contents().months()).isEqualTo(first.contents().months());
        assertThat(first.contents().tables())
            .as("every-table.sql has rows for every table")
            .allSatisfy(table -> assertThat(table.rows()).as(table.name()).isPositive());
      }
      jdbi(target)
          .useHandle(
              h -> {
                h.execute(
                    "insert into address (kind, ciphertext, encryption_key, normaliser) values ('phone', '', 'k1', 1)");
                assertThat(h.createQuery("select max(id) from address").mapTo(Long.class).one())
                    .isEqualTo(2001);
              });
    } finally {
      drop("restored");
    }
  }

  @Test
  void restored_pauses_inTheTransactionOfItsRows() throws Exception {
    DatabaseLocation target = empty("paused");
    try {
      var ids = new TimeOrderedIds(InstantSource.system());
      Restore.read(
          target, saved, line -> {}, (handle, takenAt) -> RestoredPause.set(handle, takenAt, ids));
      List<Stops.Stop> stops = jdbi(target).withHandle(Stops::active);
      assertThat(stops).extracting(Stops.Stop::kind).containsExactly("channel", "everything");
      assertThat(stops.get(1).client()).isEqualTo("restore");
      assertThat(stops.get(1).reason())
          .startsWith("Restored from the backup of 20")
          .contains("/v1/reconciliations");
      String event =
          jdbi(target)
              .withHandle(
                  handle ->
                      handle
                          .createQuery(
                              "select convert_from(body, 'UTF8') from audit_event where kind = 'stop_set'")
                          .mapTo(String.class)
                          .one());
      assertThat(event).contains(stops.get(1).id().toString(), "\"actor\":\"restore\"");
    } finally {
      drop("paused");
    }
  }

  @Test
  void restore_thatCannotPause_restoresNothing() throws Exception {
    DatabaseLocation target = empty("unpaused");
    try {
      assertThatThrownBy(
              () ->
                  Restore.read(
                      target,
                      saved,
                      line -> {},
                      (handle, takenAt) -> {
                        throw new DatabaseFailure("not paused");
                      }))
          .hasMessageContaining("not paused");
      try (Connection connection = jdbi(target).open().getConnection()) {
        for (StoreTable table : StoreTable.all(connection)) {
          assertThat(table.isEmpty(connection)).as(table.name()).isTrue();
        }
      }
    } finally {
      drop("unpaused");
    }
  }

  @Test
  void restore_intoADatabaseWithRows_isRefused() {
    assertThatThrownBy(() -> Restore.read(source(), saved, line -> {}, NO_PAUSE))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("rows in table")
        .hasMessageContaining("nothing was changed");
  }

  @Test
  void files_damagedTruncatedOrForeign_areRefusedBeforeAnythingIsChanged() throws Exception {
    byte[] good = Files.readAllBytes(saved);
    var files = new ArrayList<Path>();
    files.add(Files.write(folder.resolve("short.zip"), java.util.Arrays.copyOf(good, 9000)));
    files.add(Files.writeString(folder.resolve("text.zip"), "no backup"));
    files.add(Files.createFile(folder.resolve("empty.zip")));
    // Inside of a table: a flipped time stamp of an entry would damage nothing.
    int rows = new String(good, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("address");
    for (int place : new int[] {rows + 200, rows + 2_000}) {
      byte[] bad = good.clone();
      bad[place] ^= 0x40;
      files.add(Files.write(folder.resolve("flipped" + place + ".zip"), bad));
    }
    Path foreign = folder.resolve("foreign.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(foreign))) {
      zip.putNextEntry(new ZipEntry("readme.txt"));
    }
    files.add(foreign);
    Path later = folder.resolve("later.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(later))) {
      zip.putNextEntry(new ZipEntry(BackupContents.ENTRY));
      zip.write("{\"format\": 2}".getBytes(UTF_8));
    }
    files.add(later);

    DatabaseLocation target = empty("untouched");
    try {
      for (Path file : files) {
        assertThatThrownBy(() -> Restore.read(target, file, line -> {}, NO_PAUSE))
            .as("%s", file.getFileName())
            .isInstanceOf(DatabaseFailure.class)
            .hasMessageContaining("cannot be restored")
            .hasMessageContaining("Nothing was changed");
      }
      try (Connection connection = jdbi(target).open().getConnection()) {
        assertThat(StoreTable.all(connection)).isEmpty();
      }
    } finally {
      drop("untouched");
    }
  }

  @Test
  void backup_ofNothingOrOntoAFile_isRefused() throws Exception {
    assertThatThrownBy(() -> Backup.write(source(), saved, line -> {}))
        .hasMessageContaining("is there already");
    DatabaseLocation nothing = empty("nothing");
    try {
      assertThatThrownBy(() -> Backup.write(nothing, folder.resolve("n.zip"), line -> {}))
          .isInstanceOf(DatabaseFailure.class)
          .hasMessageContaining("nothing to save");
    } finally {
      drop("nothing");
    }
    var none = new DatabaseLocation(DatabaseConfiguration.ofEmbedded(), folder.resolve("none"));
    assertThatThrownBy(() -> Backup.write(none, folder.resolve("n.zip"), line -> {}))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("nothing to save");
    assertThat(folder.resolve("none")).doesNotExist();
    assertThat(folder).isDirectoryNotContaining("glob:**{n.zip,unfinished}");
  }

  @Test
  void backup_holdsAddressesAndClients_soOnlyItsOwnerReadsIt() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved)))
        .isEqualTo("rw-------");
  }
}
