package rekindle.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PartitionsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Test
  void extend_bySeveralAtOnceAndAgain_makesEachPartitionOnce() throws Exception {
    Jdbi jdbi = DATABASE.jdbi();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    int made = 0;
    try {
      List<Callable<Integer>> several =
          List.of(
              () -> Partitions.extend(jdbi),
              () -> Partitions.extend(jdbi),
              () -> Partitions.extend(jdbi),
              () -> Partitions.extend(jdbi));
      for (Future<Integer> one : threads.invokeAll(several)) {
        made += one.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(made).isEqualTo(2 * 16);
    assertThat(Partitions.extend(jdbi)).isZero();
    assertThatThrownBy(
            () ->
                jdbi.useHandle(
                    h ->
                        h.execute(
                            "truncate decision_"
                                + YearMonth.now(java.time.ZoneOffset.UTC)
                                    .toString()
                                    .replace('-', '_'))))
        .hasMessageContaining("append-only: TRUNCATE is refused");
  }

  @Test
  void firstId_ofAMonth_isItsFirstMillisecondWithZeroRest() {
    assertThat(Partitions.firstId(YearMonth.of(2026, 3)))
        .isEqualTo("019ca6b1-dc00-0000-0000-000000000000");
    assertThat(Long.parseLong("019ca6b1dc00", 16))
        .isEqualTo(java.time.Instant.parse("2026-03-01T00:00:00Z").toEpochMilli());
  }

  @Test
  void idempotencyKeys_ofMoreThan90DaysAgo_areForgotten() {
    Jdbi jdbi = DATABASE.jdbi();
    jdbi.useHandle(
        h ->
            h.execute(
                """
                insert into idempotency_key
                    (client, operation, key, fingerprint, status, content_type, answer, created_at)
                select 'c', 'POST /x', n::text, '', 200, 'application/json', '',
                       clock_timestamp() - interval '1 day' * case when n <= 2500 then 91 else 89 end
                  from generate_series(1, 2503) n
                """));
    assertThat(Housekeeping.forgetKeys(jdbi)).isEqualTo(2500);
    assertThat(
            jdbi.<Long, RuntimeException>withHandle(
                h -> h.createQuery("select count(*) from idempotency_key").mapTo(Long.class).one()))
        .isEqualTo(3);
  }
}
