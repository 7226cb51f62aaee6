package rekindle.incentive;

import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import rekindle.rule.StageInput;

/**
 * What the Guards table compares for one incentive. Shares in ten-thousandths; {@link
 * Long#MIN_VALUE} is unknown.
 */
public final class GuardInput extends StageInput {
  private final Values values;

  public GuardInput(Values values) {
    this.values = values;
  }

  /**
   * The values, by name.
   *
   * @param winBacks how many times the person was won back within so many months
   */
  public record Values(
      String incentive,
      @Nullable String segment,
      long lastIncentiveAgeMs,
      long costShareOfLifetimeValue,
      long costShareOfAcquisitionCost,
      LongUnaryOperator winBacks) {}

  public String getIncentive() {
    return values.incentive();
  }

  public @Nullable String getSegment() {
    return values.segment();
  }

  public long getLastIncentiveAgeMs() {
    return values.lastIncentiveAgeMs();
  }

  public long getCostShareOfLifetimeValue() {
    return values.costShareOfLifetimeValue();
  }

  public long getCostShareOfAcquisitionCost() {
    return values.costShareOfAcquisitionCost();
  }

  public long winBacksWithin(long months) {
    return values.winBacks().applyAsLong(months);
  }
}
