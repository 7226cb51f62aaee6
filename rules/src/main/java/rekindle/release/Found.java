package rekindle.release;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.json.Rfc3339;

/** Spells the parts of a decision as scenarios do. */
final class Found {
  private static final String NONE = "none";
  private static final String PURPOSE = "purpose: ";
  private static final String NOT_AFTER = "not after: ";
  private static final String MUST_CARRY = "must carry: ";

  private Found() {}

  static String reasons(Decision decision) {
    return sorted(decision.reasons().stream().map(Decision.Reason::code));
  }

  static String segment(Decision decision) {
    return orNone(decision.segment());
  }

  /** Group, tier, cohort and, as the fourth, the offer angle. */
  static String standing(Decision decision, int parts) {
    return Stream.of(
            orNone(decision.group()),
            orNone(decision.tier()),
            orNone(decision.cohort()),
            orNone(decision.offerAngle()))
        .limit(parts)
        .collect(Collectors.joining(", "));
  }

  static boolean isTouchDetail(String line) {
    return Stream.of(PURPOSE, NOT_AFTER, MUST_CARRY).anyMatch(line::startsWith);
  }

  /** The touch in one line, with those details that are looked at. */
  static String touch(Decision decision, List<String> details) {
    Decision.PlannedTouch touch = decision.touch();
    if (touch == null) {
      return NONE;
    }
    var parts = new StringBuilder(touch.sequence());
    parts.append(' ').append(touch.step()).append(" of ").append(touch.of());
    parts.append(' ').append(touch.channel().code()).append(' ').append(touch.by());
    for (String detail : details) {
      parts.append("; ");
      if (detail.startsWith(PURPOSE)) {
        parts.append(PURPOSE).append(touch.purpose());
      } else if (detail.startsWith(NOT_AFTER)) {
        parts.append(NOT_AFTER).append(instant(touch.notAfter()));
      } else {
        parts
            .append(MUST_CARRY)
            .append(
                touch.requiredElements().isEmpty()
                    ? NONE
                    : String.join(", ", touch.requiredElements()));
      }
    }
    return parts.toString();
  }

  /** An instant as documents spell it; {@code never} where there is none. */
  static String instant(@Nullable Instant instant) {
    return instant == null ? Moments.NEVER : Rfc3339.format(instant);
  }

  /** The latest end of denials; {@code never} where one has none. */
  static String until(List<Decision.Denial> denials) {
    if (denials.stream().anyMatch(d -> d.until() == null)) {
      return Moments.NEVER;
    }
    return instant(
        denials.stream()
            .map(Decision.Denial::until)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null));
  }

  /** Money in one spelling; {@code none} where there is none. */
  static String money(Decision.@Nullable Money money) {
    return money == null ? NONE : amount(money.amount()) + " " + money.currency();
  }

  /** An amount in the one spelling that 100, 100.0 and 100.00 share. */
  static String amount(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }

  static String sorted(Stream<String> codes) {
    return codes.distinct().sorted().collect(Collectors.joining(", "));
  }

  static String orNone(@Nullable Object value) {
    return value == null ? NONE : value.toString();
  }
}
