package rekindle.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded server on one data folder, whose path has a blank; each test leaves a row behind.
 */
@Timeout(300)
class EmbeddedServerTest {
  @TempDir static Path parent;

  private static Path folder = Path.of("");

  @BeforeAll
  static void makeDatabase() {
    folder = parent.resolve("data folder");
    try (Database database = open()) {
      database.jdbi().useHandle(h -> h.execute("create table kept (what text primary key)"));
    }
  }

  /** Nothing may be left that holds the folder. */
  @AfterAll
  static void endWhatIsLeft() throws IOException {
    Postmaster.clear(DataFolder.cluster(folder.toRealPath()));
  }

  private static DatabaseLocation location() {
    return new DatabaseLocation(DatabaseConfiguration.ofEmbedded(), folder);
  }

  private static Database open() {
    return Database.forService(location(), new MetricRegistry());
  }

  private static void keep(Jdbi jdbi, String what) {
    jdbi.useHandle(h -> h.execute("insert into kept values (?)", what));
  }

  private static List<String> kept(Jdbi jdbi) {
    return jdbi.withHandle(h -> h.createQuery("select what from kept").mapTo(String.class).list());
  }

  @Test
  void jvmKilled_startAgain_stopsTheOrphanAndKeepsWhatWasCommitted() throws Exception {
    ProcessHandle orphan;
    try (ChildService child = ChildService.start(folder)) {
      assertThatThrownBy(EmbeddedServerTest::open)
          .isInstanceOf(DatabaseFailure.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("(process " + child.pid() + ")");
      try (Database guest = Database.forCommand(location())) {
        keep(guest.jdbi(), "by a guest");
      }
      orphan = child.postgres();
      assertThat(Postmaster.lives(orphan)).isTrue();
      child.kill();
    }
    assertThat(Postmaster.lives(orphan)).isTrue();

    try (Database database = open()) {
      assertThat(Postmaster.lives(orphan)).isFalse();
      assertThat(kept(database.jdbi())).contains("by a guest");
    }
  }

  @Test
  void bothKilled_startAgain_recovers() throws Exception {
    try (ChildService child = ChildService.start(folder)) {
      try (Database guest = Database.forCommand(location())) {
        keep(guest.jdbi(), "before both were killed");
      }
      child.postgres().destroyForcibly();
      child.kill();
    }
    try (Database database = open()) {
      assertThat(kept(database.jdbi())).contains("before both were killed");
    }
  }

  @Test
  void postgresKilled_serviceRuns_comesBackByItself() throws Exception {
    try (Database database = open()) {
      keep(database.jdbi(), "before PostgreSQL was killed");
      Instant startedBefore = startedAt(database.jdbi());
      postmaster().process().orElseThrow().destroyForcibly();

      // A session that is just ending may still answer.
      while (startedAtOnceBack(database.jdbi()).equals(startedBefore)) {
        Thread.onSpinWait();
      }
      assertThat(kept(database.jdbi())).contains("before PostgreSQL was killed");
    }
    assertThat(Postmaster.read(DataFolder.cluster(folder.toRealPath()))).isEmpty();
  }

  private static Postmaster postmaster() throws IOException {
    return Postmaster.read(DataFolder.cluster(folder.toRealPath())).orElseThrow();
  }

  private static Instant startedAtOnceBack(Jdbi jdbi) {
    while (true) {
      try {
        return startedAt(jdbi);
      } catch (JdbiException away) {
        Thread.onSpinWait();
      }
    }
  }

  private static Instant startedAt(Jdbi jdbi) {
    return jdbi.withHandle(
        h -> h.createQuery("select pg_postmaster_start_time()").mapTo(Instant.class).one());
  }

  @Test
  void pidFileOfAnotherProgram_start_isNoObstacle() throws Exception {
    Files.write(
        DataFolder.cluster(folder).resolve("postmaster.pid"),
        List.of(
            Long.toString(ProcessHandle.current().pid()),
            DataFolder.cluster(folder).toString(),
            "1",
            "5432",
            "",
            "127.0.0.1",
            "",
            "ready"));
    try (Database database = open()) {
      assertThat(kept(database.jdbi())).isNotNull();
    }
  }

  @Test
  void server_started_isDurableAndClosedToOthers() throws Exception {
    try (Database database = open()) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(one(database, "show " + setting)).as(setting).isEqualTo("on");
      }
      assertThat(one(database, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(one(database, "select rolsuper::text from pg_roles where rolname = current_user"))
          .isEqualTo("false");
      assertThat(one(database, "show server_version")).startsWith(PostgresBinaries.MAJOR + ".");
      String url = "jdbc:postgresql://127.0.0.1:" + postmaster().port() + "/postgres";
      assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "postgres"))
          .hasMessageContaining("password authentication failed");
    }
    Path cluster = DataFolder.cluster(folder);
    assertThat(permissions(cluster)).isEqualTo("rwx------");
    assertThat(permissions(cluster.resolve("rekindle.password"))).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("postgresql-binaries"))).isEqualTo("rwx------");
  }

  private static String one(Database database, String sql) {
    return database.jdbi().withHandle(h -> h.createQuery(sql).mapTo(String.class).one());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void dataOfAnotherMajorVersion_start_isRefusedUntouchedWithTheWayOut(@TempDir Path other)
      throws IOException {
    Path version = Files.createDirectory(other.resolve("postgresql")).resolve("PG_VERSION");
    Files.writeString(version, "17\n");
    var location = new DatabaseLocation(DatabaseConfiguration.ofEmbedded(), other);

    assertThatThrownBy(() -> Database.forService(location, new MetricRegistry()))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("is of PostgreSQL 17, but this jar brings PostgreSQL 18")
        .hasMessageContaining("rekindle backup FILE")
        .hasMessageContaining("REKINDLE_DATABASE_URL");
    assertThat(other.resolve("postgresql")).isDirectoryContaining("glob:**PG_VERSION");
    assertThat(other.resolve("postgresql-binaries")).doesNotExist();
  }

  @Test
  void folderThatIsNone_start_isRefusedByName(@TempDir Path other) throws IOException {
    Path file = Files.createFile(other.resolve("file"));
    assertThatThrownBy(
            () ->
                Database.forService(
                    new DatabaseLocation(DatabaseConfiguration.ofEmbedded(), file),
                    new MetricRegistry()))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining(file + " cannot be used: there is a file of that name");
  }
}
