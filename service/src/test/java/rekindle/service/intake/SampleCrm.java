package rekindle.service.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes the fictional CRM of the sample: people who do not exist, at addresses that are reserved
 * for examples and fiction. The seed makes every byte; {@link #main} writes the files anew.
 */
final class SampleCrm extends SampleFiles {
  /** Region, zone and area code of places in North America. */
  private static final String[][] PLACES = {
    {"US", "CA", "America/Los_Angeles", "213"}, {"US", "CA", "America/Los_Angeles", "415"},
    {"US", "TX", "America/Chicago", "512"}, {"US", "TX", "America/Denver", "915"},
    {"US", "FL", "America/New_York", "305"}, {"US", "NY", "America/New_York", "212"},
    {"US", "NY", "America/New_York", "718"}, {"US", "PA", "America/New_York", "215"},
    {"US", "IL", "America/Chicago", "312"}, {"US", "OH", "America/New_York", "614"},
    {"US", "GA", "America/New_York", "404"}, {"US", "WA", "America/Los_Angeles", "206"},
    {"US", "AZ", "America/Phoenix", "602"}, {"US", "CO", "America/Denver", "303"},
    {"US", "CT", "America/New_York", "203"}, {"US", "HI", "Pacific/Honolulu", "808"},
    {"US", "MA", "America/New_York", "617"}, {"US", "MN", "America/Chicago", "612"},
    {"CA", "ON", "America/Toronto", "416"}, {"CA", "BC", "America/Vancouver", "604"},
  };

  /** Country, zone and fictional number, if the country keeps any, of places elsewhere. */
  private static final String[][] ABROAD = {
    {"GB", "Europe/London", "+44 20 7946 0"}, {"DE", "Europe/Berlin", ""},
    {"FR", "Europe/Paris", ""}, {"NL", "Europe/Amsterdam", ""},
    {"IE", "Europe/Dublin", ""}, {"AU", "Australia/Sydney", "+61 2 5550 0"},
    {"BR", "America/Sao_Paulo", ""}, {"IN", "Asia/Kolkata", ""},
  };

  private final Set<String> phones = new HashSet<>();
  private int contacts;

  private SampleCrm() {}

  /** Content of each file, by its name. */
  static Map<String, String> files() {
    var crm = new SampleCrm();
    crm.people();
    return crm.texts();
  }

  /** Writes the files into the folder that is the first argument. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : files().entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private void people() {
    repeat(40, this::closedLost);
    repeat(30, this::noShow);
    repeat(35, this::stalledDeal);
    repeat(15, this::stalledMeeting);
    repeat(28, this::stalledFunnel);
    repeat(34, this::earlyDropOff);
    repeat(34, this::lapsed);
    repeat(34, this::churned);
    repeat(18, this::highTicket);
    repeat(24, this::inTouch);
    repeat(8, this::secondRecord);
  }

  private static void repeat(int times, Runnable person) {
    for (int i = 0; i < times; i++) {
      person.run();
    }
  }

  private void closedLost() {
    Map<String, String> contact = contact("b2b_saas", "lead");
    int closed = daysFrom(5, 700);
    engaged(contact, closed + daysFrom(1, 20));
    add(
        "deals.csv",
        "id",
        number("deal"),
        "contact_id",
        id(contact),
        "stage",
        oneOf("opportunity", "proposal", "sql"),
        "outcome",
        "lost",
        "closed_at",
        date(closed),
        "loss_reason",
        oneOf("competitor", "price", "feature_gap", "timing", "no_decision", "other"),
        "quoted_price",
        price(2000, 20000));
    finish(contact);
  }

  private void noShow() {
    Map<String, String> contact = contact(oneOf("b2b_saas", "subscription"), "lead");
    int missed = daysFrom(2, 160);
    engaged(contact, missed + daysFrom(1, 14));
    add(
        "meetings.csv",
        "id",
        number("meeting"),
        "contact_id",
        id(contact),
        "scheduled_for",
        instant(missed),
        "status",
        "no_show");
    finish(contact);
  }

  private void stalledDeal() {
    Map<String, String> contact = contact("b2b_saas", "lead");
    engaged(contact, daysFrom(61, 420));
    String stage = oneOf("mql", "sal", "sql", "opportunity", "proposal");
    add(
        "deals.csv",
        "id",
        number("deal"),
        "contact_id",
        id(contact),
        "stage",
        stage,
        "outcome",
        "open",
        "quoted_price",
        stage.equals("proposal") ? price(1500, 18000) : "");
    finish(contact);
  }

  private void stalledMeeting() {
    Map<String, String> contact = contact("b2b_saas", "lead");
    int cancelled = daysFrom(61, 300);
    engaged(contact, cancelled + 3);
    add(
        "meetings.csv",
        "id",
        number("meeting"),
        "contact_id",
        id(contact),
        "scheduled_for",
        instant(cancelled),
        "status",
        oneOf("cancelled", "ignored"));
    finish(contact);
  }

  private void stalledFunnel() {
    Map<String, String> contact = contact(oneOf("b2b_saas", "subscription"), "lead");
    contact.put("funnel", oneOf("trial", "quote", "application", "consultation"));
    engaged(contact, daysFrom(62, 380));
    finish(contact);
  }

  private void earlyDropOff() {
    Map<String, String> contact = contact(oneOf("b2b_saas", "ecommerce"), "lead");
    contact.put("funnel", oneOf("content_download", "webinar", "form_fill"));
    engaged(contact, daysFrom(31, 900));
    finish(contact);
  }

  private void lapsed() {
    Map<String, String> contact =
        contact(oneOf("ecommerce", "retail"), oneOf("customer", "former_customer"));
    contact.put("lifetime_value", price(40, 3000));
    int last = daysFrom(63, 900);
    for (int i = 0; i <= below(4); i++) {
      order(contact, last + i * daysFrom(10, 90), "");
    }
    if (chance(20)) {
      order(contact, Math.max(1, last - 50), "true");
    }
    engaged(contact, last);
    finish(contact);
  }

  private void churned() {
    Map<String, String> contact =
        contact(oneOf("b2b_saas", "subscription", "telecom"), "former_customer");
    contact.put("lifetime_value", price(100, 6000));
    int ended = daysFrom(25, 500);
    add(
        "subscriptions.csv",
        "id",
        number("subscription"),
        "contact_id",
        id(contact),
        "status",
        oneOf("cancelled", "cancelled", "lapsed"),
        "ended_at",
        date(ended),
        "reason",
        oneOf("price", "competitor", "feature_gap", "complexity", ""),
        "usage_last_30_days",
        chance(90) ? "0" : oneOf("", "7"));
    engaged(contact, ended);
    finish(contact);
  }

  private void highTicket() {
    Map<String, String> contact = contact("high_ticket", "lead");
    contact.put("business", "b2c");
    contact.put("subscriber_type", "individual");
    contact.put("funnel", oneOf("consultation", "quote"));
    engaged(contact, daysFrom(80, 340));
    finish(contact);
  }

  /** People who are not away, for one reason or another. */
  private void inTouch() {
    Map<String, String> contact =
        contact(oneOf("b2b_saas", "ecommerce", "subscription"), "customer");
    switch (contacts % 4) {
      case 0 ->
          add(
              "subscriptions.csv",
              "id",
              number("subscription"),
              "contact_id",
              id(contact),
              "status",
              oneOf("active", "active", "trial", "past_due", "paused"),
              "usage_last_30_days",
              "42");
      case 1 -> order(contact, daysFrom(1, 25), "");
      case 2 ->
          add(
              "meetings.csv",
              "id",
              number("meeting"),
              "contact_id",
              id(contact),
              "scheduled_for",
              instant(-daysFrom(1, 20)),
              "status",
              "booked");
      default ->
          add(
              "deals.csv",
              "id",
              number("deal"),
              "contact_id",
              id(contact),
              "stage",
              "opportunity",
              "outcome",
              "open");
    }
    engaged(contact, daysFrom(1, 25));
    finish(contact);
  }

  /** A second record of somebody who lapsed: the same address, written in another way. */
  private void secondRecord() {
    Map<String, String> first = contact("ecommerce", "customer");
    first.put("lifetime_value", price(200, 2000));
    order(first, daysFrom(70, 200), "");
    finish(first);
    Map<String, String> second = contact("b2b_saas", "lead");
    second.put("email", String.valueOf(first.get("email")).toUpperCase(Locale.ROOT));
    second.put("funnel", "trial");
    engaged(second, daysFrom(70, 300));
    finish(second);
  }

  private Map<String, String> contact(String program, String relationship) {
    var contact = new LinkedHashMap<String, String>();
    contact.put("id", String.format(Locale.ROOT, "c-%04d", ++contacts));
    contact.put("program", program);
    boolean companies = program.equals("b2b_saas");
    contact.put("business", companies ? "b2b" : "b2c");
    contact.put(
        "subscriber_type",
        companies ? oneOf("corporate", "corporate", "individual", "unknown") : "individual");
    contact.put("relationship", relationship);
    contact.put(
        "email",
        noun()
            + "."
            + noun()
            + contacts
            + "@"
            + oneOf("example.com", "example.org", "example.net"));
    contact.put(
        "email_state", chance(88) ? "valid" : oneOf("risky", "role", "disposable", "bounced", ""));
    contact.put(
        "source",
        chance(95)
            ? oneOf("webinar", "web_form", "trade_show", "referral", "partner")
            : oneOf("harvested", "purchased_list"));
    contact.put("currency", "USD");
    contact.put("acquisition_cost", chance(80) ? price(80, 900) : "");
    contact.put("gross_margin_rate", chance(80) ? oneOf("0.80", "0.65", "0.55", "0.40") : "");
    contact.put("status_at_last_touch", oneOf("MQL", "SQL", "customer", ""));
    contact.put("last_touch_channel", oneOf("email", "email", "phone", ""));
    contact.put(
        "tags",
        chance(60)
            ? oneOf(
                "price",
                "timing",
                "complexity",
                "feature_gap",
                "competitor",
                "price;timing",
                "third_party_approval",
                "promotion")
            : "");
    if (companies) {
      contact.put("company_domain", noun() + ".example");
      contact.put("linkedin", chance(60) ? "connected" : "");
    }
    place(contact);
    return contact;
  }

  private void place(Map<String, String> contact) {
    if (chance(3)) {
      return;
    }
    if (chance(85)) {
      String[] place = PLACES[below(PLACES.length)];
      contact.put("country", place[0]);
      contact.put("region", place[1]);
      contact.put("time_zone", chance(92) ? place[2] : "");
      phone(contact, "+1-" + place[3] + "-555-01", 100);
    } else {
      String[] place = ABROAD[below(ABROAD.length)];
      contact.put("country", place[0]);
      contact.put("time_zone", place[1]);
      if (!place[2].isEmpty()) {
        phone(contact, place[2], 1000);
      }
      if (chance(50)) {
        contact.put("whatsapp", "registered");
      }
    }
  }

  /** A number that nobody else has; none if all are taken. */
  private void phone(Map<String, String> contact, String prefix, int count) {
    int digits = count == 100 ? 2 : 3;
    String phone = prefix + String.format(Locale.ROOT, "%0" + digits + "d", below(count));
    if (chance(88) && phones.add(phone)) {
      contact.put("phone", phone);
      contact.put(
          "line_type", chance(85) ? "mobile" : oneOf("landline", "voip", "disconnected", ""));
    }
  }

  private void engaged(Map<String, String> contact, int daysAgo) {
    contact.put("last_engagement_at", instant(daysAgo));
    if (chance(30)) {
      contact.put("last_inquiry_at", instant(daysAgo + daysFrom(0, 10)));
    }
  }

  /** Writes the contact and what every contact may have. */
  private void finish(Map<String, String> contact) {
    if (chance(3)) {
      contact.put("do_not_contact_scope", oneOf("all", "phone", "email;sms"));
    }
    if (chance(2)) {
      contact.put("global_privacy_control", "true");
    }
    add("contacts.csv", contact);
    new SampleCrmLedger(this, contact).add();
  }

  private void order(Map<String, String> contact, int daysAgo, String cancelled) {
    add(
        "orders.csv",
        "id",
        number("order"),
        "contact_id",
        id(contact),
        "ordered_at",
        instant(daysAgo),
        "amount",
        price(15, 400),
        "currency",
        "USD",
        "cancelled",
        cancelled);
  }
}
