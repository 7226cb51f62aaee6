package rekindle.service.intake;

import java.util.Map;
import java.util.Objects;

/** What one contact of the fictional CRM has agreed to, forbidden, done and been given. */
final class SampleCrmLedger {
  private final SampleFiles crm;
  private final Map<String, String> contact;
  private final String id;

  SampleCrmLedger(SampleFiles crm, Map<String, String> contact) {
    this.crm = crm;
    this.contact = contact;
    this.id = SampleFiles.id(contact);
  }

  void add() {
    if (crm.chance(72)) {
      consent("email", crm.oneOf("express", "double_opt_in", "soft_opt_in"), cell("email"));
    }
    if (has("phone") && crm.chance(50)) {
      consent("sms", crm.chance(80) ? "express_written" : "express", cell("phone"));
    }
    if (has("phone") && crm.chance(25)) {
      consent("phone", crm.oneOf("express", "express_written"), cell("phone"));
    }
    if (has("whatsapp") && crm.chance(60)) {
      consent("whatsapp", "express", "");
    }
    if (crm.chance(35)) {
      consent("paid_media", "ad_user_data", "");
      consent("paid_media", "ad_personalization", "");
    }
    registry();
    activities();
    suppressions();
    incentives();
  }

  private void consent(String channel, String basis, String address) {
    int age = crm.chance(80) ? crm.daysFrom(20, 700) : crm.daysFrom(700, 1500);
    boolean whole = crm.chance(93);
    crm.add(
        "consents.csv",
        "contact_id",
        id,
        "channel",
        channel,
        "basis",
        basis,
        "address",
        crm.chance(4) && channel.equals("email") ? "former." + address : address,
        "captured_at",
        whole ? crm.instant(age) : "",
        "method",
        crm.oneOf("web_form", "checkout", "paper", "email_confirmation"),
        "text_shown",
        whole ? "true" : crm.oneOf("true", "false", ""),
        "source",
        crm.oneOf("pricing page", "checkout", "event desk"),
        "proof_uri",
        "https://proofs.example.com/" + id + "/" + channel + "/" + basis,
        "notice_at_collection",
        crm.oneOf("true", "true", "true", "false"),
        "withdrawn_at",
        crm.chance(5) ? crm.instant(crm.daysFrom(1, Math.min(age, 19))) : "");
  }

  private void registry() {
    String country = cell("country");
    if (!has("phone") || !crm.chance(85)) {
      return;
    }
    int age = crm.chance(85) ? crm.daysFrom(0, 28) : crm.daysFrom(35, 200);
    String checked = crm.instant(age);
    String list =
        switch (country) {
          case "US" -> "us_dnc";
          case "CA" -> "ca_dncl";
          case "GB" -> "gb_tps";
          default -> "au_dncr";
        };
    answer(list, crm.chance(25) ? "listed" : "not_listed", checked);
    if (cell("region").equals("TX")) {
      answer("us_tx", crm.chance(15) ? "yes" : "no", checked);
    }
    if (crm.chance(92)) {
      answer(
          "reassigned",
          crm.oneOf("no", "no", "no", "no", "no", "no", "no", "no_data", "yes"),
          checked);
    }
  }

  private void answer(String registry, String answer, String checked) {
    crm.add(
        "registry.csv",
        "contact_id",
        id,
        "registry",
        registry,
        "answer",
        answer,
        "checked_at",
        checked);
  }

  private void activities() {
    if (crm.chance(30)) {
      activity("email", "open", "automatic", crm.daysFrom(1, 200));
    }
    if (crm.chance(1)) {
      activity("email", "reply", "positive", crm.daysFrom(1, 20));
    }
    if (crm.chance(2)) {
      activity("email", "reply", "negative", crm.daysFrom(5, 200));
    }
    if (crm.chance(2)) {
      activity("sms", "opt_out", "negative", crm.daysFrom(5, 300));
    }
    if (crm.chance(2)) {
      activity("email", crm.oneOf("complaint", "hard_bounce"), "", crm.daysFrom(5, 300));
    }
    if (crm.chance(1)) {
      activity("email", "booking", "positive", crm.daysFrom(1, 20));
    }
    if (has("whatsapp") && crm.chance(20)) {
      activity("whatsapp", "reply", "neutral", crm.daysFrom(70, 200));
    }
  }

  private void activity(String channel, String kind, String disposition, int daysAgo) {
    crm.add(
        "activities.csv",
        "id",
        crm.number("activity"),
        "contact_id",
        id,
        "at",
        crm.instant(daysAgo),
        "channel",
        channel,
        "kind",
        kind,
        "disposition",
        disposition);
  }

  private void suppressions() {
    if (!crm.chance(8)) {
      return;
    }
    boolean over = crm.chance(15);
    crm.add(
        "suppressions.csv",
        "contact_id",
        id,
        "scope",
        crm.oneOf("all", "email", "sms", "phone"),
        "reason",
        crm.oneOf(
            "opt_out", "complaint", "not_interested", "wrong_person", "do_not_contact", "legal"),
        "since",
        crm.instant(crm.daysFrom(30, 400)),
        "until",
        over ? crm.instant(crm.daysFrom(1, 20)) : crm.chance(10) ? crm.instant(-30) : "");
  }

  private void incentives() {
    if (crm.chance(6)) {
      crm.add(
          "incentives.csv",
          "contact_id",
          id,
          "code",
          crm.oneOf("usage_credits", "price_hold", "bundle_add", "fee_credit"),
          "granted_at",
          SampleFiles.date(crm.daysFrom(30, 400)),
          "redeemed",
          crm.oneOf("true", "false", ""));
    }
    if (crm.chance(5)) {
      crm.add("win_backs.csv", "contact_id", id, "at", SampleFiles.date(crm.daysFrom(200, 300)));
      if (crm.chance(50)) {
        crm.add("win_backs.csv", "contact_id", id, "at", SampleFiles.date(crm.daysFrom(400, 700)));
      }
    }
  }

  private boolean has(String column) {
    return !cell(column).isEmpty();
  }

  private String cell(String column) {
    return Objects.requireNonNullElse(contact.get(column), "");
  }
}
