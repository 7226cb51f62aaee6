package rekindle.service.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {
  private static final Instant NOW = Instant.parse("2026-03-10T15:00:00Z");

  @Test
  void ids_inOneMillisecond_growStrictly() {
    var ids = new TimeOrderedIds(() -> NOW);
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      made.add(ids.next().toString());
    }
    assertThat(made).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void id_ofVersionSeven_holdsTheMilliseconds() {
    UUID id = new TimeOrderedIds(() -> NOW).next();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void clock_goingBack_doesNotGoIntoTheIds() {
    var clock = new Instant[] {NOW};
    var ids = new TimeOrderedIds(() -> clock[0]);
    UUID before = ids.next();
    clock[0] = NOW.minusSeconds(60);

    assertThat(ids.next().toString()).isGreaterThan(before.toString());
  }

  @Test
  void threads_atTheSameTime_getDifferentIds() {
    var ids = new TimeOrderedIds(() -> NOW);
    var made = new ConcurrentSkipListSet<UUID>();
    IntStream.range(0, 10_000).parallel().forEach(i -> made.add(ids.next()));

    assertThat(made).hasSize(10_000);
  }
}
