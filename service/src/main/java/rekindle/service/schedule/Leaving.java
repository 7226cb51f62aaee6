package rekindle.service.schedule;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import rekindle.decision.Decision;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.Reason;
import rekindle.decision.Decision.Verdict;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Touch;
import rekindle.service.store.OpenTouches.End;

/**
 * What of a person's open touches ends because a look finds that they must not be sent any more.
 * What is certain without the rules has ended them in the transaction that told it; this is for
 * what only a decision can say.
 */
final class Leaving {
  private static final Set<String> OPEN = Set.of("reserved", "handed_over", "in_doubt");

  /** Reasons for which nothing is sent to anybody who said so. */
  private static final Set<String> NO_TO_ALL = Set.of("suppressed", "do_not_contact");

  /** Denials of a channel that somebody said no to. */
  static final Set<String> NO_TO_CHANNEL =
      Set.of("suppressed", "consent_withdrawn", "do_not_contact", "privacy_opt_out");

  /** The touches of a journey that is through its steps were meant. */
  private static final String STEPS_DONE = "steps_done";

  private Leaving() {}

  /** Whether nothing is to be sent to the person, by a no. */
  static boolean isNoToAll(Decision decision) {
    return decision.verdict() == Verdict.SUPPRESS
        && decision.reasons().stream().map(Reason::code).anyMatch(NO_TO_ALL::contains);
  }

  static List<End> of(Decided decided) {
    Set<Channel> open =
        decided.facts().touches().stream()
            .filter(touch -> OPEN.contains(touch.outcome()))
            .map(Touch::channel)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Channel.class)));
    if (open.isEmpty()) {
      return List.of();
    }
    Decision decision = decided.decision();
    String contact = decision.contactId();
    Optional<String> reason =
        decision.reasons().stream()
            .map(Reason::code)
            .filter(code -> !code.equals(STEPS_DONE))
            .findFirst();
    return switch (decision.verdict()) {
      case FOLLOW_UP, OUT_OF_SCOPE, EXIT ->
          reason
              .map(code -> List.of(End.engaged(contact, code)))
              .orElseGet(() -> noes(decision, open));
      case SUPPRESS ->
          reason
              .filter(NO_TO_ALL::contains)
              .map(code -> List.of(End.revokedByPerson(contact, null, code)))
              .orElseGet(() -> noes(decision, open));
      default -> noes(decision, open);
    };
  }

  private static List<End> noes(Decision decision, Set<Channel> open) {
    return open.stream()
        .flatMap(
            channel ->
                Objects.requireNonNull(decision.channels().get(channel)).denials().stream()
                    .map(Denial::code)
                    .filter(NO_TO_CHANNEL::contains)
                    .limit(1)
                    .map(code -> End.revokedByPerson(decision.contactId(), channel.code(), code)))
        .toList();
  }
}
