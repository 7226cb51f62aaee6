package rekindle.service.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.store.Erasure;

/** Forgetting one of millions touches the rows of that one. */
class ErasureTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String SCANNED =
      "select relname from pg_stat_xact_user_tables where seq_scan > 0 order by relname";

  private static String everyTable() throws IOException {
    try (InputStream rows = ErasureTest.class.getResourceAsStream("every-table.sql")) {
      return new String(Objects.requireNonNull(rows).readAllBytes(), UTF_8);
    }
  }

  /** Answers that are kept for repetitions are searched for the contact, whatever they are of. */
  @Test
  void erasure_goesThroughNoTable_butAnswersThatAreKept() throws Exception {
    DATABASE.jdbi().useTransaction(h -> Partitions.make(h, List.of(YearMonth.of(2026, 3))));
    String rows = everyTable();
    DATABASE.jdbi().useHandle(handle -> handle.createScript(rows).execute());
    // A session of its own plans everything anew, what checks references too.
    Jdbi jdbi = Jdbi.create(DATABASE.dataSource()).installPlugin(new PostgresPlugin());
    List<String> scanned =
        jdbi.inTransaction(
            handle -> {
              handle.execute("set local enable_seqscan = off");
              Erasure.erase(handle, "p-1", Set.of("c-1"));
              return handle.createQuery(SCANNED).mapTo(String.class).list();
            });
    assertThat(scanned).containsExactly("idempotency_key");
  }
}
