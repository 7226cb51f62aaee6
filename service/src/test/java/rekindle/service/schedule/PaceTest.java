package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How often something is looked for. */
class PaceTest {
  private static final Pace PACE = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private static Duration after(Pace pace, long tookMillis) {
    return Duration.ofNanos(pace.nanosAfter(TimeUnit.MILLISECONDS.toNanos(tookMillis)));
  }

  @Test
  void quickLooking_waitsTheUsualTime() {
    assertThat(after(PACE, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(after(PACE, 50)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void slowLooking_waitsTwentyTimesAsLong_butNotForEver() {
    assertThat(after(PACE, 500)).isEqualTo(Duration.ofSeconds(10));
    assertThat(after(PACE, 60_000)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void steady_waitsAsLongWhateverItTook() {
    assertThat(after(Pace.steady(Duration.ofMillis(500)), 60_000))
        .isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void repeat_endsWithTheThreads() throws Exception {
    var threads = Executors.newSingleThreadScheduledExecutor();
    var thrice = new CountDownLatch(3);
    List<Integer> times = new ArrayList<>();
    Pace.steady(Duration.ofMillis(1))
        .repeat(
            threads,
            () -> {
              times.add(times.size());
              thrice.countDown();
              if (times.size() == 3) {
                threads.shutdownNow();
              }
            });
    assertThat(thrice.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(times).hasSize(3);
  }
}
