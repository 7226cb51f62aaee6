package rekindle.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
      if (places.jurisdictions().stream().anyMatch(registers::forbids)
          || (places.jurisdictions().isEmpty() && registers.changedHands(""))) {
        denials.add("Registries", null);
      }
    }
  }

  private boolean forbids(String place) {
    boolean phone = channel.equals("phone");
    return switch (Places.country(place)) {
      case "US" -> unitedStates(place);
      case "CA" ->
          phone && !known.company() && !express() && listed("ca_dncl", 31, relationship(18, 6));
      case "GB" ->
          phone
              && !express()
              && (listed("gb_tps", 28, false)
                  || (!"individual".equals(known.text("contact", "subscriberType"))
                      && listed("gb_ctps", 28, false)));
      case "AU" -> phone && !australianConsent() && listed("au_dncr", 31, false);
      default -> false;
    };
  }

  private boolean unitedStates(String place) {
    boolean written = known.consented(channel, "express_written");
    boolean onList = listed("us_dnc", 31, relationship(18, 3)) || stateForbids(place);
    return (!written && onList) || changedHands(place);
  }

  private boolean stateForbids(String place) {
    return switch (place) {
      case "US-FL" -> listed("us_fl", 31, relationship(18, 3));
      case "US-TX" -> listed("us_tx", 31, relationship(12, 0));
      case "US-PA" ->
          listed("us_dnc", 31, relationship(12, 12)) || listed("us_pa", 31, relationship(12, 12));
      case "US-NY" -> !relationship(18, 3) && listed("us_ny_emergency", 1, false);
      default -> false;
    };
  }

  private boolean changedHands(String place) {
    boolean asked = channel.equals("sms") || (place.equals("US-ME") && !relationship(18, 3));
    String answer = known.facts().path("registry").path("reassigned").path("answer").asText("");
    return (reassigned() && answer.equals("yes")) || (asked && !certain(answer));
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

  private boolean fresh(@Nullable Instant checkedAt, int days) {
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
