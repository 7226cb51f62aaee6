package rekindle.compliance;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import rekindle.compliance.Known.Touch;

/** Table C and the guardrails of the product: how often a person may be contacted. */
final class Caps {
  /** States that count calls and texts together. */
  private static final Set<String> CALLS_AND_TEXTS_TOGETHER = Set.of("US-FL", "US-OK", "US-MD");

  private static final int REFUSAL_DAYS = 60;

  private final Known known;
  private final Denials denials;

  private Caps(Known known, Denials denials) {
    this.known = known;
    this.denials = denials;
  }

  static void find(Known known, Places places, String channel, Denials denials) {
    var caps = new Caps(known, denials);
    caps.most(2, Duration.ofDays(7), touch -> true);
    caps.most(1, Duration.ofDays(2), touch -> true);
    Predicate<Touch> same = touch -> touch.channel().equals(channel);
    if (Set.of("phone", "sms").contains(channel)
        && places.jurisdictions().stream().anyMatch(CALLS_AND_TEXTS_TOGETHER::contains)) {
      caps.most(3, Duration.ofDays(1), touch -> Set.of("phone", "sms").contains(touch.channel()));
    }
    switch (channel) {
      case "sms" -> {
        caps.most(1, Duration.ofDays(1), same);
        caps.most(4, Duration.ofDays(30), same);
      }
      case "phone" -> {
        caps.most(1, Duration.ofDays(1), same);
        caps.most(3, Duration.ofDays(7), same);
        caps.most(4, Duration.ofDays(30), same);
        if (places.jurisdictions().stream().anyMatch(Places::french)) {
          caps.pauseAfterRefusal();
        }
      }
      case "email" -> {
        caps.most(3, Duration.ofDays(7), same);
        caps.most(8, Duration.ofDays(30), same);
        if (caps.dormant()) {
          caps.most(1, Duration.ofDays(7), same);
        }
      }
      default -> {}
    }
  }

  /** A rolling window that is open at its older end. */
  private void most(int count, Duration window, Predicate<Touch> which) {
    List<Instant> newestFirst =
        known.touches().stream()
            .filter(which)
            .map(Touch::at)
            .sorted(Comparator.reverseOrder())
            .toList();
    if (newestFirst.size() >= count) {
      Instant free = newestFirst.get(count - 1).plus(window);
      if (free.isAfter(known.asOf())) {
        denials.add("Caps", free);
      }
    }
  }

  /** Whoever was silent for more than 180 days, or for nobody knows how long. */
  private boolean dormant() {
    Instant last = known.lastHeard();
    return last == null || Duration.between(last, known.asOf()).compareTo(Duration.ofDays(180)) > 0;
  }

  private void pauseAfterRefusal() {
    known.refusals().stream()
        .map(at -> at.plus(Duration.ofDays(REFUSAL_DAYS)))
        .filter(end -> end.isAfter(known.asOf()))
        .forEach(end -> denials.add("Caps", end));
  }
}
