package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.database.TestDatabase;
import rekindle.service.store.ScheduledTouches;
import rekindle.service.store.ScheduledTouches.Heard;
import rekindle.service.store.ScheduledTouches.State;
import rekindle.service.store.ScheduledTouches.Told;

/**
 * A platform tells that messages arrived while we are still writing down that it took them: the one
 * waits for the other, and then counts for every touch.
 */
class ToldTogetherTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final int TOUCHES = 5;

  private static final String TOUCH =
      """
      insert into touch (id, contact_id, sequence, step, channel, at, outcome, state, lease_until)
      select 't-' || i, 'c', 'standard_five', i, 'email', now(), 'reserved', 'handing_over', now() + interval '1 minute'
        from generate_series(1, ?) i
      """;

  @Test
  void outcomes_thatWaitForTheHandOver_countForAllTouches() throws Exception {
    Jdbi jdbi = DATABASE.jdbi();
    jdbi.useHandle(
        handle -> {
          handle.execute("insert into contact (id, content) values ('c', '')");
          handle.execute(TOUCH, TOUCHES);
        });
    ExecutorService platform = Executors.newSingleThreadExecutor();
    List<Heard> heard;
    try (Handle ours = jdbi.open()) {
      ours.begin();
      ScheduledTouches.tell(ours, told("handed_over", State.HANDED_OVER));
      Future<List<Heard>> theirs = platform.submit(() -> delivered(jdbi));
      awaitWaiting(jdbi);
      ours.commit();
      heard = theirs.get(30, TimeUnit.SECONDS);
    } finally {
      platform.shutdownNow();
    }
    assertThat(heard).hasSize(TOUCHES).allMatch(Heard::counted);
    assertThat(states(jdbi)).containsOnly("done");
  }

  private static List<Heard> delivered(Jdbi jdbi) {
    return jdbi.inTransaction(
        handle -> {
          // A table of millions is read by its index; one of five is not by itself.
          handle.execute("set local enable_seqscan = off");
          handle.execute("set local enable_hashjoin = off");
          handle.execute("set local enable_mergejoin = off");
          return ScheduledTouches.tell(handle, told("delivered", State.DONE));
        });
  }

  private static List<Told> told(String outcome, State state) {
    return IntStream.rangeClosed(1, TOUCHES)
        .mapToObj(i -> new Told("t-" + i, null, outcome, state, Instant.now(), null, null))
        .toList();
  }

  private static void awaitWaiting(Jdbi jdbi) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from pg_stat_activity"
                            + " where datname = current_database() and wait_event_type = 'Lock'")
                    .mapTo(Long.class)
                    .one())
        == 0) {
      assertThat(System.nanoTime()).as("nobody waits").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static List<String> states(Jdbi jdbi) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select state from touch").mapTo(String.class).list());
  }
}
