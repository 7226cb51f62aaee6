package rekindle.eligibility;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Denial;
import rekindle.facts.Channel;
import rekindle.rule.Hit;

/**
 * Whether one channel may be used at one instant.
 *
 * @param ground the row of the ground that ends first; null where nothing permits the channel
 * @param groundEnds the first instant at which the ground does not hold any more; null for never
 * @param closes the first instant after this one at which permitted hours end; null for never
 * @param lookups the deciding Consent rows, by jurisdiction
 * @param denials every reason why the channel may not be used
 */
public record ChannelState(
    Channel channel,
    @Nullable Hit ground,
    @Nullable Instant groundEnds,
    @Nullable Instant closes,
    List<Hit> lookups,
    List<Barrier> denials) {

  /**
   * Denials that a person or a fresh list can lift: they never make a channel denied for good.
   * DECIDING.md section 3.
   */
  private static final Set<String> REVIEWABLE =
      Set.of("channel_paused", "registry_stale", "needs_review", "zone_data_stale");

  /** Basis with which e-mail may only ask for permission again. */
  private static final String RE_PERMISSION_ONLY = "re_permission_only";

  public ChannelState {
    lookups = List.copyOf(lookups);
    denials = List.copyOf(denials);
  }

  /**
   * One reason why the channel may not be used.
   *
   * @param until when it lapses by itself; null where only a new fact can lift it
   */
  public record Barrier(String code, Hit hit, @Nullable Instant until) {
    boolean isForGood() {
      return until == null && !REVIEWABLE.contains(code);
    }
  }

  public boolean isAllowed() {
    return denials.isEmpty();
  }

  /**
   * Whether something stands in the way that time alone, a person or a fresh list will not lift.
   */
  public boolean isDeniedForGood() {
    for (Barrier barrier : denials) {
      if (barrier.isForGood()) {
        return true;
      }
    }
    return false;
  }

  /** Whether any denial has no end. */
  public boolean isDeniedWithoutEnd() {
    for (Barrier barrier : denials) {
      if (barrier.until() == null) {
        return true;
      }
    }
    return false;
  }

  /** The last end of the denials, all of which have one. */
  public Instant lastUntil() {
    Instant last = Instant.MIN;
    for (Barrier barrier : denials) {
      Instant until = barrier.until();
      if (until != null && until.isAfter(last)) {
        last = until;
      }
    }
    return last;
  }

  /** Whether the channel is permitted only to ask for permission again. */
  public boolean isRePermissionOnly() {
    return ground != null && RE_PERMISSION_ONLY.equals(ground.row().code("basis").orElse(null));
  }

  /** The answer as the decision document has it. */
  public ChannelAnswer answer() {
    var answered = new ArrayList<Denial>(denials.size());
    for (Barrier barrier : denials) {
      answered.add(denial(barrier));
    }
    return new ChannelAnswer(
        isAllowed(),
        ground == null ? null : ground.row().code("basis").orElse(null),
        ground == null ? null : ground.reference(),
        ground == null ? null : ground.rule(),
        answered);
  }

  private static Denial denial(Barrier barrier) {
    Hit hit = barrier.hit();
    return new Denial(
        barrier.code(),
        text(hit, barrier.code()),
        hit.citation(),
        barrier.until(),
        hit.reference(),
        hit.rule());
  }

  private static String text(Hit hit, String code) {
    return hit.row()
        .text("why")
        .orElseGet(() -> EligibilityVocabularies.DENIAL_CODE.meanings().getOrDefault(code, code));
  }
}
