package rekindle.testing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import rekindle.code.Vocabulary;

/** Choices drawn from a seed. */
final class Draw {
  private final SplittableRandom random;

  Draw(long seed) {
    random = new SplittableRandom(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(int wins, int of) {
    return random.nextInt(of) < wins;
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  String of(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  String code(Vocabulary vocabulary) {
    return of(List.copyOf(vocabulary.codes()));
  }

  /** The value, or in one case of eight nothing. */
  <T> @Nullable T maybe(T value) {
    return random.nextInt(8) == 0 ? null : value;
  }

  /** Up to the bound in hundredths. */
  BigDecimal decimal(int hundredths) {
    return BigDecimal.valueOf(random.nextInt(hundredths), 2);
  }

  /**
   * An instant up to so many days ago, in one case of twenty ahead; often exactly whole days away,
   * where bounds are decided.
   */
  Instant ago(Instant asOf, int days) {
    boolean ahead = random.nextInt(20) == 0;
    Duration distance =
        random.nextInt(4) == 0
            ? Duration.ofDays(random.nextInt(days + 1))
            : Duration.ofMillis(random.nextLong(Duration.ofDays(days).toMillis()));
    return ahead ? asOf.plusMillis(distance.toMillis() / 4) : asOf.minus(distance);
  }
}
