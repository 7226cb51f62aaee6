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

  private static final String SILENT = "Silent, months: at least";

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
    return latest(channel, bases, false);
  }

  private @Nullable Instant latest(Channel channel, Set<String> bases, boolean notice) {
    return standing(channel).stream()
        .filter(consent -> bases.contains(consent.basis()))
        .filter(consent -> !notice || Boolean.TRUE.equals(consent.noticeAtCollection()))
        .map(Consent::capturedAt)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  boolean expressSince(Channel channel, Instant no) {
    Instant latest = latest(channel, EXPRESS);
    return latest != null && latest.isAfter(no);
  }

  boolean expressWithin(Channel channel, Instant at, int months) {
    return places.withinMonths(latest(channel, EXPRESS), at, months);
  }

  /** Whether the row asks for no silence, or the person has been silent for longer than it says. */
  boolean quiet(OracleRow row, Instant at) {
    String label = "Silent, days: more than, or unknown";
    Instant heard = heard();
    return row.open(label)
        || heard == null
        || Duration.between(heard, at).compareTo(row.days(label)) > 0;
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
  private @Nullable Instant given(OracleRow row, Channel channel, Instant at) {
    if (row.open("Ground")) {
      return NONE;
    }
    boolean notice = row.cell("Proof").equals("with_notice");
    return switch (row.cell("Ground")) {
      case "express_written", "double_opt_in", "soft_opt_in" ->
          latest(channel, Set.of(row.cell("Ground")), notice);
      case "express" -> latest(channel, EXPRESS, notice);
      case "subscription" -> subscription(at);
      case "purchase" ->
          facts.lifecycle().orders() == null ? null : facts.lifecycle().orders().lastPurchaseAt();
      case "inquiry" -> facts.contact().lastInquiryAt();
      case "ad_consents" -> adConsents(channel);
      default -> throw new AssertionError("the oracle knows no ground " + row.cell("Ground"));
    };
  }

  private @Nullable Instant subscription(Instant at) {
    var subscription = facts.lifecycle().subscription();
    if (subscription == null || subscription.status() == null) {
      return null;
    }
    return switch (subscription.status()) {
      case "active", "past_due", "paused" -> at;
      case "cancelled", "lapsed" -> subscription.endedAt();
      default -> null;
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
    Instant given = given(row, channel, at);
    if (given == null) {
      return false;
    }
    String bought = "Bought, months ago: within";
    String inquired = "Inquired, months ago: within";
    String heard = "Given or heard from, months: within";
    if (!(row.open(bought) || places.withinMonths(purchase(), at, row.whole(bought)))
        || !(row.open(inquired)
            || places.withinMonths(facts.contact().lastInquiryAt(), at, row.whole(inquired)))
        || !(row.open(heard) || places.withinMonths(orHeard(given), at, row.whole(heard)))) {
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
        && (row.open(SILENT) || (isUnknown(row) ? heard() == null : silent(at, row.whole(SILENT))));
  }

  private @Nullable Instant purchase() {
    var orders = facts.lifecycle().orders();
    return orders == null ? null : orders.lastPurchaseAt();
  }

  /** Given, or heard from the person. */
  private Instant orHeard(Instant given) {
    Instant heard = heard();
    return heard == null || heard.isBefore(given) ? given : heard;
  }

  private static Duration hours(OracleRow row) {
    return Duration.ofHours(row.whole("Wrote to us, hours: within"));
  }

  /** When the ground of a row that holds ends by itself, or null. */
  @Nullable Instant end(OracleRow row, Channel channel, Instant at) {
    Instant given = given(row, channel, at);
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
    end = earlier(end, monthsEnd(row, "Given or heard from, months: within", orHeard(given)));
    end = earlier(end, monthsEnd(row, "Bought, months ago: within", purchase()));
    end =
        earlier(
            end, monthsEnd(row, "Inquired, months ago: within", facts.contact().lastInquiryAt()));
    Instant inbound = facts.contact().lastInboundAt().get(channel);
    if (inbound != null && !row.open("Wrote to us, hours: within")) {
      end = earlier(end, inbound.plus(hours(row)));
    }
    return end;
  }

  private @Nullable Instant monthsEnd(OracleRow row, String label, @Nullable Instant event) {
    return row.open(label) || event == null ? null : places.monthsEnd(event, row.whole(label));
  }

  static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  /** Silence is counted from the last that was heard of the person; of nobody heard of, unknown. */
  private boolean silent(Instant at, int months) {
    Instant last = heard();
    return last != null && !places.withinMonths(last, at, months);
  }

  /**
   * When the silence that a row asks for is reached; null where it asks for none, or is unknown.
   */
  @Nullable Instant silentFrom(OracleRow row) {
    Instant heard = heard();
    return row.open(SILENT) || isUnknown(row) || heard == null
        ? null
        : places.monthsEnd(heard, row.whole(SILENT));
  }

  private static boolean isUnknown(OracleRow row) {
    return row.cell(SILENT).equals("unknown");
  }

  private @Nullable Instant heard() {
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
    return heard.stream().filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null);
  }
}
