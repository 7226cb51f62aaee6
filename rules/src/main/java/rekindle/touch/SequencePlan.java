package rekindle.touch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rekindle.rule.Hit;

/**
 * Which sequence a person is in or would begin, and what remains of it.
 *
 * @param hit the Sequences row that decided
 * @param open whether a journey through it is open; else it would begin now
 * @param enteredAt when the journey began, or the present
 * @param triggerCounts whether a trigger wakes the person
 * @param remaining steps neither taken nor skipped, in order
 * @param of steps in all, after those that the cohort drops
 * @param last the step taken last, null where none was
 * @param lastAt when it was taken
 */
public record SequencePlan(
    Hit hit,
    String sequence,
    boolean open,
    Instant enteredAt,
    boolean triggerCounts,
    List<Step> remaining,
    int of,
    @Nullable Step last,
    @Nullable Instant lastAt) {

  public SequencePlan {
    remaining = List.copyOf(remaining);
  }

  /** Whether the sequence starts only on a trigger. */
  public boolean waitsForTrigger() {
    return hit.row().isYes("waitsForTrigger");
  }

  /** Whether the sequence serves also the cohort that waits for a trigger. */
  public boolean servesAnyCohort() {
    return hit.row().isYes("anyCohort");
  }

  /**
   * When a step is due: its offset after the begin, and as long after the step before as the
   * offsets lie apart.
   */
  public Instant due(Step step) {
    Instant byOffset = enteredAt.plus(step.offset());
    if (last == null || lastAt == null) {
      return byOffset;
    }
    Instant bySpacing = lastAt.plus(step.offset().minus(last.offset()));
    return byOffset.isAfter(bySpacing) ? byOffset : bySpacing;
  }

  /** The step after the given one. */
  public Optional<Step> after(Step step) {
    return remaining.stream().filter(next -> next.number() > step.number()).findFirst();
  }
}
