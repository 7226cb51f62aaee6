package rekindle.compliance;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Table A: what permits a channel in one place. */
final class Grounds {
  private static final String[] EXPRESS = {"express", "express_written", "double_opt_in"};

  /** What a place says of a channel; re-permission is one message that asks again. */
  enum Ground {
    PERMITTED,
    RE_PERMISSION,
    NONE
  }

  private final Known known;
  private final Places places;

  Grounds(Known known, Places places) {
    this.known = known;
    this.places = places;
  }

  /** The least that any candidate place permits. */
  Ground of(String channel) {
    if (places.jurisdictions().isEmpty()) {
      return in("", channel);
    }
    return places.jurisdictions().stream()
        .map(place -> in(place, channel))
        .max(Ground::compareTo)
        .orElseThrow();
  }

  private Ground in(String place, String channel) {
    if (bannedSector(place) && !channel.equals("paid_media")) {
      return Ground.NONE;
    }
    return switch (channel) {
      case "email" -> email(place);
      case "sms" -> only(sms(place));
      case "phone" -> only(phone(place));
      case "whatsapp" -> only(whatsapp(place));
      case "linkedin" -> only(linkedIn(place));
      default -> only(audience(place));
    };
  }

  /** France: nobody is canvassed for these, on no channel. */
  private boolean bannedSector(String place) {
    String program = known.text("contact", "program");
    return Places.french(place)
        && ("energy_renovation".equals(program) || "home_adaptation".equals(program));
  }

  private static Ground only(boolean permitted) {
    return permitted ? Ground.PERMITTED : Ground.NONE;
  }

  private Ground email(String place) {
    if (place.isEmpty()) {
      return only(!badList() && fresh("email", 24, EXPRESS));
    }
    return switch (Places.country(place)) {
      case "US" -> unitedStatesEmail();
      case "CA" -> only(canadaMessage("email"));
      case "GB" ->
          known.company() || britishSoftOptIn("email")
              ? Ground.PERMITTED
              : askingAgainAfter(24, newestConsent("email", EXPRESS));
      case "DE" ->
          softOptIn("email")
              ? Ground.PERMITTED
              : askingAgainAfter(24, newestConsent("email", "double_opt_in"));
      case "FR", "RE" ->
          softOptIn("email")
              ? Ground.PERMITTED
              : askingAgainAfter(36, newestConsent("email", EXPRESS));
      case "AU" -> only(australianMessage("email"));
      default ->
          !Places.eu(place) && !place.startsWith("BR")
              ? Ground.NONE
              : softOptIn("email")
                  ? Ground.PERMITTED
                  : askingAgainAfter(24, newestConsent("email", EXPRESS));
    };
  }

  private Ground unitedStatesEmail() {
    if (badList()) {
      return Ground.NONE;
    }
    Instant heard = known.lastHeard();
    return !places.within(heard, 24, known.asOf()) ? Ground.RE_PERMISSION : Ground.PERMITTED;
  }

  private boolean badList() {
    String source = known.text("contact", "source");
    return "harvested".equals(source) || "purchased_list".equals(source);
  }

  private boolean sms(String place) {
    if (place.isEmpty()) {
      return usedWithin18Months() && fresh("sms", 24, "express_written");
    }
    return switch (Places.country(place)) {
      case "US" -> written("sms") && usedWithin18Months();
      case "CA" -> canadaMessage("sms");
      case "GB" -> britishMessage("sms");
      case "DE" -> fresh("sms", 24, "double_opt_in");
      case "FR", "RE" -> softOptIn("sms") || fresh("sms", 36, EXPRESS);
      case "AU" -> australianMessage("sms");
      case "BR" -> fresh("sms", 24, EXPRESS);
      default -> Places.eu(place) && fresh("sms", 24, EXPRESS);
    };
  }

  private boolean phone(String place) {
    if (place.isEmpty()) {
      return false;
    }
    return switch (Places.country(place)) {
      case "US" -> !place.equals("US-CT") || written("phone");
      case "CA", "GB", "AU" -> true;
      case "BR" -> express("phone");
      default -> Places.eu(place) && express("phone");
    };
  }

  private boolean whatsapp(String place) {
    if (place.isEmpty() || place.equals("US-CT")) {
      return written("whatsapp") && wroteWithinADay();
    }
    if (place.startsWith("US")) {
      return express("whatsapp") && wroteWithinADay();
    }
    return express("whatsapp");
  }

  private boolean wroteWithinADay() {
    Instant wrote = known.lastInbound("whatsapp");
    return wrote != null && known.asOf().isBefore(wrote.plus(Duration.ofHours(24)));
  }

  /** A message on LinkedIn is a message, though a person writes it. */
  private boolean linkedIn(String place) {
    if (place.isEmpty()) {
      return express("linkedin");
    }
    return switch (Places.country(place)) {
      case "US" -> true;
      case "CA" -> canadaMessage("linkedin");
      case "GB" -> britishMessage("linkedin");
      case "AU" -> australianMessage("linkedin");
      case "BR" -> express("linkedin");
      default -> Places.eu(place) && express("linkedin");
    };
  }

  private boolean audience(String place) {
    if (place.startsWith("US")) {
      return true;
    }
    return known.consented("paid_media", "ad_user_data")
        && known.consented("paid_media", "ad_personalization");
  }

  private boolean canadaMessage(String channel) {
    return express(channel)
        || purchased(24)
        || (known.customer() && places.within(known.subscribedUntil(), 24, known.asOf()))
        || places.within(known.lastInquiry(), 6, known.asOf());
  }

  /** Got with a sale, with the chance to object proved, and not longer ago than three years. */
  private boolean softOptIn(String channel) {
    return noticed(channel) && known.customer() && purchased(36);
  }

  private boolean britishSoftOptIn(String channel) {
    return noticed(channel)
        && ((known.customer() && purchased(24))
            || places.within(known.lastInquiry(), 24, known.asOf()));
  }

  private boolean britishMessage(String channel) {
    return britishSoftOptIn(channel) || fresh(channel, 24, EXPRESS);
  }

  private boolean australianMessage(String channel) {
    return fresh(channel, 24, EXPRESS) || (known.customer() && purchased(24));
  }

  private boolean noticed(String channel) {
    return known.consents().stream()
        .anyMatch(
            consent ->
                consent.stands()
                    && consent.channel().equals(channel)
                    && consent.basis().equals("soft_opt_in")
                    && consent.notice());
  }

  private boolean usedWithin18Months() {
    Instant sent =
        known.touches().stream()
            .filter(touch -> touch.channel().equals("sms"))
            .map(Known.Touch::at)
            .max(Instant::compareTo)
            .orElse(null);
    Instant given = known.consentedAt("sms", "express_written");
    return places.within(Known.later(sent, given), 18, known.asOf());
  }

  private boolean purchased(int months) {
    return places.within(known.lastPurchase(), months, known.asOf());
  }

  private boolean written(String channel) {
    return known.consented(channel, "express_written");
  }

  private boolean express(String channel) {
    return known.consented(channel, EXPRESS);
  }

  private @Nullable Instant newestConsent(String channel, String... bases) {
    return known.consentedAt(channel, bases);
  }

  private boolean fresh(String channel, int months, String... bases) {
    Instant consent = newestConsent(channel, bases);
    return consent != null
        && places.within(Known.later(consent, known.lastHeard()), months, known.asOf());
  }

  private Ground askingAgainAfter(int months, @Nullable Instant consent) {
    if (consent == null) {
      return Ground.NONE;
    }
    return places.within(Known.later(consent, known.lastHeard()), months, known.asOf())
        ? Ground.PERMITTED
        : Ground.RE_PERMISSION;
  }
}
