package rekindle.incentive;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.engine.StageInput;

/** What the Choice table compares. */
public final class ChoiceInput extends StageInput {
  private final @Nullable String segment;
  private final Set<String> barriers;
  private final @Nullable String cohort;
  private final long tier;
  private final @Nullable String program;
  private final @Nullable String dealStage;

  /** @param values see {@link Values} */
  public ChoiceInput(Values values) {
    this.segment = values.segment();
    this.barriers = values.barriers();
    this.cohort = values.cohort();
    this.tier = values.tier();
    this.program = values.program();
    this.dealStage = values.dealStage();
  }

  /** The values, by name; a null code and {@link Long#MIN_VALUE} are unknown. */
  public record Values(@Nullable String segment, Set<String> barriers, @Nullable String cohort, long tier, @Nullable String program, @Nullable String dealStage) {}

  public @Nullable String getSegment() {
    return segment;
  }

  public Set<String> getBarriers() {
    return barriers;
  }

  public @Nullable String getCohort() {
    return cohort;
  }

  public long getTier() {
    return tier;
  }

  public @Nullable String getProgram() {
    return program;
  }

  public @Nullable String getDealStage() {
    return dealStage;
  }

}
