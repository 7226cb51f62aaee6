package rekindle.incentive;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.rule.StageInput;

/** What the Choice table compares. */
public final class ChoiceInput extends StageInput {
  private final Values values;

  public ChoiceInput(Values values) {
    this.values = values;
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
  public record Values(
      @Nullable String segment,
      Set<String> barriers,
      @Nullable String cohort,
      long tier,
      @Nullable String program,
      @Nullable String dealStage) {}

  public @Nullable String getSegment() {
    return values.segment();
  }

  public Set<String> getBarriers() {
    return values.barriers();
  }

  public @Nullable String getCohort() {
    return values.cohort();
  }

  public long getTier() {
    return values.tier();
  }

  public @Nullable String getProgram() {
    return values.program();
  }

  public @Nullable String getDealStage() {
    return values.dealStage();
  }
}
