package rekindle.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RememberedHitsTest {
  private record Codes(@Nullable String sequence, @Nullable String program) {}

  private static final class Input extends CodesInput {
    Input(@Nullable String sequence, @Nullable String program) {
      super(new Codes(sequence, program));
    }
  }

  /** Counts how often it is asked; the rules that hold are 7 and 3. */
  private static final class CountingMatcher implements RuleMatcher {
    private int asked;

    @Override
    public void match(StageInput... inputs) {
      asked++;
      for (StageInput input : inputs) {
        input.hit(7);
        input.hit(3);
      }
    }

    @Override
    public void close() {}
  }

  private final CountingMatcher matcher = new CountingMatcher();
  private final RememberedHits remembered = new RememberedHits();

  @Test
  void match_equalCodes_asksOnceAndHitsTheSame() {
    assertThat(hits("stalled", null)).containsExactly(3, 7);
    assertThat(hits("stalled", null)).containsExactly(3, 7);
    assertThat(matcher.asked).isEqualTo(1);
  }

  @Test
  void match_otherCodes_asksAgain() {
    hits("stalled", null);
    hits("stalled", "retail");
    hits(null, "stalled");
    assertThat(matcher.asked).isEqualTo(3);
  }

  @Test
  void match_hitsAddedAfterwards_doNotShowInEqualInputs() {
    hits("stalled", null);
    var changed = new Input("stalled", null);
    remembered.match(changed, matcher);
    changed.hit(1);
    assertThat(changed.hits()).containsExactly(1, 3, 7);
    assertThat(hits("stalled", null)).containsExactly(3, 7);
  }

  private int[] hits(@Nullable String sequence, @Nullable String program) {
    var input = new Input(sequence, program);
    remembered.match(input, matcher);
    return input.hits();
  }
}
