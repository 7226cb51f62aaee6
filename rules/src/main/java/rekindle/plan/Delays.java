package rekindle.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.Verdict;

/**
 * Finds out from when a step is due and why it waits longer. When it is due is the rules' to say,
 * so they are asked.
 */
final class Delays {
  private static final Set<String> NOT_DUE = Set.of("step_not_due", "journey_paused");
  private static final Duration RESOLUTION = Duration.ofMillis(1);

  /** More denials in a row than there are kinds of them would be a fault. */
  private static final int LOOKS_MAX = 30;

  private final Function<Instant, Decision> decide;

  Delays(Function<Instant, Decision> decide) {
    this.decide = decide;
  }

  /**
   * When a step that is not due yet becomes due and yet waits; empty if it is due already, or may
   * be taken as soon as it is due.
   *
   * @param stop nothing new becomes known until then
   */
  Optional<Instant> dueBefore(Decision now, Instant stop) {
    Instant late = stop.minus(RESOLUTION);
    if (isDue(now) || !late.isAfter(now.asOf()) || !isDue(decide.apply(late))) {
      return Optional.empty();
    }
    long notDue = now.asOf().toEpochMilli();
    long due = late.toEpochMilli();
    while (due - notDue > 1) {
      long middle = notDue + (due - notDue) / 2;
      if (isDue(decide.apply(Instant.ofEpochMilli(middle)))) {
        due = middle;
      } else {
        notDue = middle;
      }
    }
    return Optional.of(Instant.ofEpochMilli(due));
  }

  private static boolean isDue(Decision decision) {
    return decision.verdict() == Verdict.WAIT
        && decision.reasons().stream().noneMatch(reason -> NOT_DUE.contains(reason.code()));
  }

  /** What keeps a step that is due waiting; where one denial ends in another, the other too. */
  List<Denial> of(Decision now) {
    var delays = new ArrayList<Denial>();
    Instant end = now.recheckAt();
    if (!isDue(now) || end == null) {
      return delays;
    }
    Decision look = now;
    for (int looks = 0; looks < LOOKS_MAX; looks++) {
      List<Denial> denials = denials(look, now);
      denials.stream().filter(denial -> isNew(denial, delays)).forEach(delays::add);
      Instant until = latest(denials);
      if (until == null || !until.isAfter(look.asOf()) || !until.isBefore(end)) {
        break;
      }
      look = decide.apply(until);
    }
    return delays;
  }

  private static List<Denial> denials(Decision look, Decision now) {
    var touch = now.touch();
    ChannelAnswer answer = touch == null ? null : look.channels().get(touch.channel());
    return answer == null ? List.of() : answer.denials();
  }

  private static boolean isNew(Denial denial, List<Denial> told) {
    return told.stream()
        .noneMatch(one -> one.code().equals(denial.code()) && one.row().equals(denial.row()));
  }

  private static @Nullable Instant latest(List<Denial> denials) {
    return denials.stream()
        .map(Denial::until)
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .orElse(null);
  }
}
