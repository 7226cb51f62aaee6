package rekindle.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Do-not-call lists and the database of numbers that changed hands. */
final class Registers {
  private final Known known;
  private final Places places;
  private final String channel;

  private Registers(Known known, Places places, String channel) {
    this.known = known;
    this.places = places;
    this.channel = channel;
  }

  static void find(Known known, Places places, String channel, Denials denials) {
    if (Set.of("phone", "sms").contains(channel)) {
      var registers = new Registers(known, places, channel);
      if (places.jurisdictions().stream().anyMatch(registers::forbids)) {
        denials.add("Registries", null);
      }
    }
  }

  private boolean forbids(String place) {
    boolean phone = channel.equals("phone");
    return switch (Places.country(place)) {
      case "US" -> unitedStates(place);
      case "CA" ->
          phone && !known.business() && !express() && listed("ca_dncl", 31, relationship(18, 6));
      case "GB" -> phone && !express() && listed("gb_tps", 28, false);
      case "AU" -> phone && !australianConsent() && listed("au_dncr", 31, false);
      default -> false;
    };
  }

  private boolean unitedStates(String place) {
    boolean written = known.consented(channel, "express_written");
    boolean related = relationship(place.equals("US-PA") ? 12 : 18, 3);
    if (!written && listed("us_dnc", 31, related)) {
      return true;
    }
    if (!written && place.equals("US-TX") && listed("us_tx", 31, relationship(12, 3))) {
      return true;
    }
    boolean asked = channel.equals("sms") || place.equals("US-ME") && !written && !related;
    String answer = known.facts().path("registry").path("reassigned").path("answer").asText("");
    return "yes".equals(reassigned() ? answer : "") || asked && !certain(answer);
  }

  private boolean reassigned() {
    return known.past(known.facts().path("registry").path("reassigned").path("checkedAt")) != null;
  }

  private boolean certain(String answer) {
    JsonNode reassigned = known.facts().path("registry").path("reassigned");
    return answer.equals("no") && fresh(known.past(reassigned.path("checkedAt")), 31);
  }

  /**
   * Whether the list is unknown or too old, or names the number though no relationship lifts it.
   */
  private boolean listed(String name, int days, boolean lifted) {
    boolean known = false;
    for (JsonNode list : this.known.facts().path("registry").path("lists")) {
      if (list.path("name").asText().equals(name)
          && fresh(this.known.past(list.path("checkedAt")), days)) {
        known = true;
        if (list.path("listed").asBoolean() && !lifted) {
          return true;
        }
      }
    }
    return !known;
  }

  private boolean fresh(@org.jspecify.annotations.Nullable Instant checkedAt, int days) {
    return checkedAt != null
        && Duration.between(checkedAt, known.asOf()).compareTo(Duration.ofDays(days)) <= 0;
  }

  /** Whether the person bought or asked lately enough. */
  private boolean relationship(int purchaseMonths, int inquiryMonths) {
    return places.within(known.lastPurchase(), purchaseMonths, known.asOf())
        || places.within(known.lastInquiry(), inquiryMonths, known.asOf());
  }

  private boolean express() {
    return known.consented(channel, "express", "express_written", "double_opt_in");
  }

  private boolean australianConsent() {
    return places.within(
        known.consentedAt("phone", "express", "express_written", "double_opt_in"), 3, known.asOf());
  }
}
