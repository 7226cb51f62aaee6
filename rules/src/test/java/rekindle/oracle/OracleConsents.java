package rekindle.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Consent;

/** What consents of a person count, and the ground that a row of Consent asks for. */
final class OracleConsents {
  private static final Set<String> EXPRESS = Set.of("express_written", "express", "double_opt_in");

  private static final Set<String> SIGNS_OF_LIFE =
      Set.of("click", "reply", "booking", "purchase", "login");

  private final ContactFacts facts;
  private final OraclePlaces places;

  OracleConsents(ContactFacts facts, OraclePlaces places) {
    this.facts = facts;
    this.places = places;
  }

  /** Consents to a channel that are proven and stand. */
  private List<Consent> standing(Channel channel) {
    return facts.consents().stream()
        .filter(consent -> consent.channel() == channel)
        .filter(consent -> consent.capturedAt() != null)
        .filter(consent -> consent.method() != null && Boolean.TRUE.equals(consent.textShown()))
        .filter(consent -> consent.withdrawnAt() == null)
        .toList();
  }

  private @Nullable Instant latest(Channel channel, Set<String> bases) {
    return standing(channel).stream()
        .filter(consent -> bases.contains(consent.basis()))
        .map(Consent::capturedAt)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  boolean expressSince(Channel channel, Instant no) {
    Instant latest = latest(channel, EXPRESS);
    return latest != null && latest.isAfter(no);
  }

  String express(Channel channel) {
    if (latest(channel, Set.of("express_written")) != null) {
      return "express_written";
    }
    return latest(channel, EXPRESS) != null ? "express" : "none";
  }

  private static final Instant NONE = Instant.MAX;

  /**
   * When the ground that a row asks for was given; NONE where it asks for none, null if not there.
   */
  private @Nullable Instant given(OracleRow row, Channel channel) {
    if (row.open("Ground")) {
      return NONE;
    }
    return switch (row.cell("Ground")) {
      case "express_written" -> latest(channel, Set.of("express_written"));
      case "express" -> latest(channel, EXPRESS);
      case "purchase" ->
          facts.lifecycle().orders() == null ? null : facts.lifecycle().orders().lastPurchaseAt();
      case "inquiry" -> facts.contact().lastInquiryAt();
      case "ad_consents" -> adConsents(channel);
      default -> throw new AssertionError("the oracle knows no ground " + row.cell("Ground"));
    };
  }

  private @Nullable Instant adConsents(Channel channel) {
    Instant data = latest(channel, Set.of("ad_user_data"));
    Instant ads = latest(channel, Set.of("ad_personalization"));
    return data == null || ads == null ? null : data.isBefore(ads) ? data : ads;
  }

  /** Given, or used by a send. */
  private Instant used(Channel channel, Instant given) {
    return facts.touches().stream()
        .filter(touch -> touch.channel() == channel && OracleSteps.countsForCaps(touch))
        .map(ContactFacts.Touch::at)
        .filter(at -> at.isAfter(given))
        .max(Comparator.naturalOrder())
        .orElse(given);
  }

  boolean holds(OracleRow row, Channel channel, Instant at) {
    Instant given = given(row, channel);
    if (given == null) {
      return false;
    }
    Instant inbound = facts.contact().lastInboundAt().get(channel);
    return (row.open("Age, months: within")
            || places.withinMonths(given, at, row.whole("Age, months: within")))
        && (row.open("Given or used, months: within")
            || places.withinMonths(
                used(channel, given), at, row.whole("Given or used, months: within")))
        && (row.open("Wrote to us, hours: within")
            || (inbound != null && at.isBefore(inbound.plus(hours(row)))))
        && (row.open("Silent, months: at least")
            || silent(at, row.whole("Silent, months: at least")));
  }

  private static Duration hours(OracleRow row) {
    return Duration.ofHours(row.whole("Wrote to us, hours: within"));
  }

  /** When the ground of a row that holds ends by itself, or null. */
  @Nullable Instant end(OracleRow row, Channel channel) {
    Instant given = given(row, channel);
    Instant end = null;
    if (given == null) {
      return null;
    }
    if (!row.open("Age, months: within")) {
      end = earlier(end, places.monthsEnd(given, row.whole("Age, months: within")));
    }
    if (!row.open("Given or used, months: within")) {
      end =
          earlier(
              end,
              places.monthsEnd(used(channel, given), row.whole("Given or used, months: within")));
    }
    Instant inbound = facts.contact().lastInboundAt().get(channel);
    if (inbound != null && !row.open("Wrote to us, hours: within")) {
      end = earlier(end, inbound.plus(hours(row)));
    }
    return end;
  }

  static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  /** Silence is counted from the last that was heard of the person; of nobody heard of, unknown. */
  private boolean silent(Instant at, int months) {
    var heard = new ArrayList<@Nullable Instant>(facts.contact().lastInboundAt().values());
    var orders = facts.lifecycle().orders();
    heard.add(facts.contact().lastEngagementAt());
    heard.add(facts.contact().lastInquiryAt());
    heard.add(facts.lifecycle().lastLoginAt());
    heard.add(orders == null ? null : orders.lastPurchaseAt());
    facts.responses().stream()
        .filter(one -> SIGNS_OF_LIFE.contains(one.kind()))
        .filter(one -> !"automatic".equals(one.disposition()))
        .forEach(one -> heard.add(one.at()));
    Instant last =
        heard.stream().filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null);
    return last != null && !places.withinMonths(last, at, months);
  }
}
