package rekindle.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** What time it is for a process whose machine and database disagree. */
class DatabaseClockTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MOMENT = Duration.ofSeconds(10);

  @AfterEach
  void right() {
    DATABASE
        .jdbi()
        .useHandle(handle -> handle.execute("drop function if exists public.clock_timestamp()"));
  }

  /** From now on the database tells another time. */
  private static void behind(String interval) {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    create function public.clock_timestamp() returns timestamptz language sql
                      as $$ select pg_catalog.clock_timestamp() - interval '%s' $$
                    """
                        .formatted(interval)));
  }

  private static Connection wherePublicComesFirst() throws SQLException {
    var source = (PGSimpleDataSource) DATABASE.dataSource();
    source.setOptions("-c search_path=public,pg_catalog");
    return source.getConnection();
  }

  private static DatabaseClock clock(InstantSource machine) {
    return new DatabaseClock(DatabaseClockTest::wherePublicComesFirst, machine);
  }

  @Test
  void machine_thatIsRight_isBelieved() {
    assertThat(clock(InstantSource.system()).ahead()).isZero();
  }

  @Test
  void machine_thatIsWrong_isCorrected() {
    behind("1 hour");
    var clock = clock(InstantSource.system());
    Instant before = Instant.now().minus(HOUR);
    assertThat(clock.instant()).isBetween(before.minus(MOMENT), before.plus(MOMENT));
  }

  @Test
  void database_thatDoesNotTell_leavesTheMachinesTime() {
    var clock =
        new DatabaseClock(
            () -> {
              throw new SQLException("no", "08006");
            },
            InstantSource.system());
    assertThat(clock.ahead()).isZero();
    assertThat(clock.instant()).isBeforeOrEqualTo(Instant.now());
  }

  @Test
  void machine_whoseClockJumps_isCorrectedAtOnce_alsoWithoutTheDatabase() {
    var wrong = new AtomicReference<>(Duration.ZERO);
    var isAway = new AtomicBoolean();
    var clock =
        new DatabaseClock(
            () -> {
              if (isAway.get()) {
                throw new SQLException("no", "08006");
              }
              return wherePublicComesFirst();
            },
            () -> Instant.now().plus(wrong.get()));
    wrong.set(HOUR);
    assertThat(clock.instant()).isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));
    isAway.set(true);
    wrong.set(HOUR.negated());
    assertThat(clock.instant()).isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));
  }
}
