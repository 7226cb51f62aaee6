package rekindle.compliance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Facts of made-up people whom much permits, close to where the law changes its mind. */
final class FactsGenerator {
  /** Nights in which clocks change, holidays, and the days on which rules begin. */
  private static final List<LocalDate> DAYS =
      List.of(
          LocalDate.of(2026, 9, 7),
          LocalDate.of(2026, 10, 17),
          LocalDate.of(2026, 10, 18),
          LocalDate.of(2026, 11, 1),
          LocalDate.of(2026, 11, 22),
          LocalDate.of(2026, 11, 26),
          LocalDate.of(2026, 12, 25),
          LocalDate.of(2027, 1, 1),
          LocalDate.of(2027, 1, 31),
          LocalDate.of(2027, 3, 14),
          LocalDate.of(2027, 3, 28),
          LocalDate.of(2027, 5, 1),
          LocalDate.of(2027, 6, 18),
          LocalDate.of(2027, 7, 4),
          LocalDate.of(2027, 7, 14),
          LocalDate.of(2027, 10, 31),
          LocalDate.of(2027, 11, 7));

  private static final List<String> PLACES = Places.ZONES.keySet().stream().sorted().toList();

  private final SplittableRandom random;
  private final Instant asOf;
  private final ObjectNode facts = JsonNodeFactory.instance.objectNode();

  private FactsGenerator(long seed) {
    random = new SplittableRandom(seed);
    asOf = moment();
  }

  static Question question(long seed) {
    var generator = new FactsGenerator(seed);
    generator.contact(seed);
    generator.lifecycle();
    generator.reach();
    generator.consents();
    generator.registry();
    generator.touches();
    generator.noes();
    return new Question(generator.facts, generator.asOf);
  }

  private Instant moment() {
    LocalDate day =
        chance(40) ? of(DAYS) : LocalDate.of(2026, 11, 22).plusDays(random.nextInt(420));
    int minute =
        chance(50) ? 60 * random.nextInt(24) + (chance(30) ? 30 : 0) : random.nextInt(1440);
    Instant at =
        day.atTime(LocalTime.of(minute / 60, minute % 60))
            .atOffset(Places.offset("America/New_York", Instant.parse(day + "T12:00:00Z")))
            .toInstant();
    return chance(20) ? at.plusSeconds(random.nextInt(3) - 1) : at;
  }

  private void contact(long seed) {
    ObjectNode contact = facts.putObject("contact").put("id", "c-" + seed);
    var places = new ArrayList<String>();
    var zones = new ArrayList<String>();
    for (int i = chance(15) ? 2 : 1; i > 0; i--) {
      String place = of(PLACES);
      if (!places.contains(place)) {
        places.add(place);
        zones.add(of(Places.ZONES.getOrDefault(chance(6) ? of(PLACES) : place, List.of("UTC"))));
      }
    }
    if (chance(4)) {
      places.clear();
      places.add("US");
      zones.clear();
    }
    if (!chance(4)) {
      places.forEach(contact.putArray("jurisdictions")::add);
    }
    if (!chance(25)) {
      zones.stream().distinct().forEach(contact.putArray("timeZones")::add);
    }
    maybe(contact, "program", chance(5) ? "energy_renovation" : "b2b_saas");
    maybe(contact, "business", of("b2b", "b2c"));
    maybe(contact, "subscriberType", of("individual", "corporate", "unknown"));
    maybe(contact, "relationship", of("lead", "customer", "former_customer"));
    maybe(contact, "source", of("webinar", "web_form", "harvested", "purchased_list", "checkout"));
    past(contact, "lastEngagementAt", 70, 24, 36, 6);
    past(contact, "lastInquiryAt", 50, 3, 6, 24);
    if (chance(10)) {
      past(contact.putObject("lastInboundAt"), "email", 100, 6, 24, 36);
    } else if (chance(25)) {
      contact
          .putObject("lastInboundAt")
          .put(
              "whatsapp",
              asOf.minus(Duration.ofHours(24)).plusSeconds(random.nextInt(3) - 1).toString());
    }
    if (chance(4)) {
      contact.putArray("doNotContactScope").add(of("email", "sms", "phone", "paid_media", "all"));
    }
    if (chance(10)) {
      contact.put("globalPrivacyControl", chance(70));
    }
  }

  /** Somebody of the first value tier more often than not, so that calls are possible. */
  private void lifecycle() {
    ObjectNode lifecycle = facts.putObject("lifecycle");
    if (chance(60)) {
      past(lifecycle.putObject("orders").put("count", 3), "lastPurchaseAt", 95, 12, 18, 24, 36);
    }
    if (chance(50)) {
      lifecycle
          .putObject("deal")
          .put("stage", "proposal")
          .put("outcome", "lost")
          .put("closedAt", asOf.minus(Duration.ofDays(1 + random.nextInt(300))).toString())
          .put("quotedPrice", "9000.00");
    }
    if (chance(35)) {
      ObjectNode subscription =
          lifecycle
              .putObject("subscription")
              .put("status", of("cancelled", "lapsed", "cancelled", "active", "trial", "past_due"));
      if (!subscription.path("status").asText().equals("active")) {
        past(subscription, "endedAt", 80, 12, 18, 24, 36);
      }
      subscription.put("usageLast30Days", 0);
    }
    if (chance(10)) {
      past(lifecycle, "lastLoginAt", 100, 6, 24, 36);
    }
    facts.putObject("value").put("currency", "USD").put("lifetimeValue", "4200.00");
  }

  private void reach() {
    Map<String, List<String>> states =
        Map.of(
            "email", List.of("valid", "risky", "role", "disposable", "invalid", "bounced"),
            "sms", List.of("mobile", "landline", "voip", "unknown", "disconnected"),
            "phone", List.of("valid", "unknown", "disconnected"),
            "linkedin", List.of("connected", "not_connected"),
            "whatsapp", List.of("registered", "not_registered"),
            "paid_media", List.of("matchable", "not_matchable"));
    ObjectNode reach = facts.putObject("reach");
    for (String channel : ComplianceOracle.CHANNELS.stream().sorted().toList()) {
      if (!chance(4)) {
        List<String> choices = states.getOrDefault(channel, List.of());
        reach.put(channel, chance(90) ? choices.get(0) : of(choices));
      }
    }
    if (chance(5)) {
      facts
          .putObject("channelHealth")
          .put(
              of(ComplianceOracle.CHANNELS.stream().sorted().toList()),
              of("ok", "warned", "paused"));
    }
    if (chance(2)) {
      facts.putObject("history").put("openEscalation", true);
    }
  }

  private void consents() {
    ArrayNode consents = facts.putArray("consents");
    for (String channel : List.of("email", "sms", "phone", "whatsapp", "linkedin")) {
      while (chance(45)) {
        consent(
            consents,
            channel,
            of("express_written", "express_written", "express", "double_opt_in", "soft_opt_in"));
      }
    }
    if (chance(50)) {
      consent(consents, "paid_media", "ad_user_data");
      consent(consents, "paid_media", of("ad_personalization", "ad_personalization", "express"));
    }
  }

  private void consent(ArrayNode consents, String channel, String basis) {
    ObjectNode consent = consents.addObject().put("channel", channel).put("basis", basis);
    past(consent, "capturedAt", 97, 3, 18, 24, 36);
    if (!chance(3)) {
      consent.put("method", "web_form");
    }
    if (!chance(3)) {
      consent.put("textShown", !chance(5));
    }
    if (!chance(15)) {
      consent.put("noticeAtCollection", !chance(10));
    }
    if (chance(6)) {
      past(consent, "withdrawnAt", 100, 1, 12);
    }
  }

  private void registry() {
    ObjectNode registry = facts.putObject("registry");
    ArrayNode lists = registry.putArray("lists");
    for (String name :
        List.of(
            "us_dnc",
            "us_tx",
            "us_fl",
            "us_pa",
            "us_ny_emergency",
            "ca_dncl",
            "gb_tps",
            "gb_ctps",
            "au_dncr")) {
      if (!chance(5)) {
        lists
            .addObject()
            .put("name", name)
            .put("listed", chance(25))
            .put("checkedAt", checked().toString());
      }
    }
    if (!chance(8)) {
      registry
          .putObject("reassigned")
          .put("answer", chance(85) ? "no" : of("yes", "no_data"))
          .put("checkedAt", checked().toString());
    }
  }

  private Instant checked() {
    if (chance(75)) {
      return asOf.minus(Duration.ofMinutes(random.nextInt(chance(60) ? 1440 : 36_000)));
    }
    return asOf.minus(Duration.ofDays(of(List.of(1L, 28L, 31L, 31L))))
        .plusSeconds(random.nextInt(3) - 1);
  }

  private void touches() {
    ArrayNode touches = facts.putArray("touches");
    if (chance(60)) {
      return;
    }
    boolean many = chance(8);
    for (int i = many ? 10 : 1 + random.nextInt(5); i > 0; i--) {
      Duration ago =
          chance(40)
              ? Duration.ofHours(of(List.of(24L, 48L, 168L, 720L)))
                  .plusSeconds(random.nextInt(3) - 1)
              : Duration.ofMinutes((many ? 60 * 24 * 6 : 0) + random.nextInt(60 * 24 * 34));
      touches
          .addObject()
          .put("sequence", chance(5) ? "re_permission" : "stalled")
          .put("step", 1)
          .put("channel", many ? "email" : of("email", "sms", "phone", "linkedin"))
          .put("at", asOf.minus(ago).toString())
          .put(
              "outcome",
              of(
                  "reserved",
                  "handed_over",
                  "in_doubt",
                  "delivered",
                  "delivered",
                  "bounced",
                  "failed",
                  "not_sent",
                  "withheld"));
    }
  }

  private void noes() {
    ArrayNode suppressions = facts.putArray("suppressions");
    while (chance(12)) {
      suppression(suppressions.addObject());
    }
    ArrayNode responses = facts.putArray("responses");
    while (chance(25)) {
      ObjectNode response = responses.addObject();
      past(response, "at", 100, 2, 12);
      if (!chance(10)) {
        response.put("channel", channel());
      }
      response.put(
          "kind",
          of("open", "click", "reply", "opt_out", "complaint", "hard_bounce", "soft_bounce"));
      maybe(
          response, "disposition", of("negative", "negative", "neutral", "automatic", "positive"));
    }
  }

  private void suppression(ObjectNode no) {
    no.put("scope", chance(20) ? "all" : channel());
    no.put(
        "reason",
        of(
            "opt_out",
            "complaint",
            "hard_bounce",
            "not_interested",
            "wrong_person",
            "legal",
            "deceased",
            "minor",
            "do_not_contact",
            "re_permission_expired"));
    past(no, "since", 100, 1, 6);
    if (chance(50)) {
      no.put("until", asOf.plusSeconds(random.nextInt(200_000) - 50_000).toString());
    }
    if (chance(5)) {
      no.put("until", asOf.toString());
    }
  }

  private String channel() {
    return of("email", "sms", "phone", "whatsapp", "linkedin", "paid_media");
  }

  /** A date in the past, often an anniversary to the day or second, now and then in the future. */
  private void past(ObjectNode object, String name, int percent, int... months) {
    if (!chance(percent)) {
      return;
    }
    int back = months[random.nextInt(months.length)];
    Instant at;
    if (chance(45)) {
      at =
          asOf.atOffset(ZoneOffset.UTC)
              .minusMonths(back)
              .plusDays(random.nextInt(3) - 1)
              .plusHours(random.nextInt(13) - 6)
              .toInstant();
    } else {
      at = asOf.minus(Duration.ofMinutes(random.nextInt(60 * 24 * 30 * back + 1)));
    }
    object.put(name, (chance(2) ? asOf.plusSeconds(1 + random.nextInt(1_000_000)) : at).toString());
  }

  private void maybe(ObjectNode object, String name, String value) {
    if (!chance(8)) {
      object.put(name, value);
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String of(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
