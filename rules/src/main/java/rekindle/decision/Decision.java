package rekindle.decision;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/**
 * What, if anything, should be done with a person at an instant, and why: the decision document of
 * the contract, section 3. Lists are in the document's order. Immutable.
 */
public record Decision(
    @Nullable String id,
    String contactId,
    @Nullable String personId,
    Instant asOf,
    String release,
    Verdict verdict,
    List<Reason> reasons,
    @Nullable String segment,
    @Nullable String group,
    @Nullable String offerAngle,
    @Nullable Integer tier,
    @Nullable String cohort,
    Map<Channel, ChannelAnswer> channels,
    @Nullable PlannedTouch touch,
    @Nullable Incentive incentive,
    List<ExperimentArm> experiments,
    @Nullable Instant recheckAt,
    List<TraceEntry> trace) {

  public Decision {
    reasons = List.copyOf(reasons);
    var inOrder = new EnumMap<Channel, ChannelAnswer>(Channel.class);
    inOrder.putAll(channels);
    channels = Collections.unmodifiableMap(inOrder);
    experiments = List.copyOf(experiments);
    trace = List.copyOf(trace);
  }

  /** What to do. */
  public enum Verdict {
    TOUCH,
    WAIT,
    PARK,
    SUPPRESS,
    FOLLOW_UP,
    EXIT,
    HOLDOUT,
    OUT_OF_SCOPE;

    public String code() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Why the verdict holds; {@code row} and {@code rule} are null where no table row said it. */
  public record Reason(
      String code,
      String text,
      @Nullable String citation,
      @Nullable String row,
      @Nullable String rule) {}

  /** Whether a channel may be used now, on which ground, and every reason why not. */
  public record ChannelAnswer(
      boolean allowed,
      @Nullable String basis,
      @Nullable String row,
      @Nullable String rule,
      List<Denial> denials) {
    public ChannelAnswer {
      denials = List.copyOf(denials);
    }
  }

  /**
   * One reason why a channel may not be used; {@code until} is null where only a new fact can lift
   * it.
   */
  public record Denial(
      String code,
      String text,
      @Nullable String citation,
      @Nullable Instant until,
      String row,
      String rule) {}

  /**
   * The touch to hand over, or the plan of one.
   *
   * @param by {@code person} or {@code machine}
   */
  public record PlannedTouch(
      String sequence,
      int step,
      int of,
      String purpose,
      Channel channel,
      String by,
      String template,
      @Nullable String language,
      List<String> requiredElements,
      @Nullable Instant notBefore,
      @Nullable Instant notAfter) {
    public PlannedTouch {
      requiredElements = List.copyOf(requiredElements);
    }
  }

  /** Money as the contract writes it. */
  public record Money(BigDecimal amount, String currency) {}

  public record Incentive(
      String code,
      @Nullable Money value,
      Instant validUntil,
      Money cost,
      String row,
      String rule) {}

  public record ExperimentArm(String name, String arm) {}

  /**
   * A row that decided, and what it set.
   *
   * @param set the row's result cells: strings, integers ({@code Long}), decimals as strings,
   *     booleans, lists of strings, or null
   */
  public record TraceEntry(
      String stage,
      @Nullable String row,
      @Nullable String rule,
      Map<String, @Nullable Object> set) {
    public TraceEntry {
      set =
          set instanceof SortedMap
              ? Collections.unmodifiableMap(set)
              : Collections.unmodifiableMap(new TreeMap<>(set));
    }
  }
}
