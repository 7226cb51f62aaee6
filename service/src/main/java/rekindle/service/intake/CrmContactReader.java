package rekindle.service.intake;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.code.Currencies;
import rekindle.code.Jurisdictions;
import rekindle.code.TimeZones;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.Value;
import rekindle.facts.Vocabularies;
import rekindle.service.address.Address;
import rekindle.service.address.EmailAddress;
import rekindle.service.address.PhoneNumber;
import rekindle.service.hash.Sha256;
import rekindle.service.record.ContactRecord;

/** Reads one row of {@code contacts.csv}. */
final class CrmContactReader {
  private static final BigDecimal MOST_MONEY = new BigDecimal("999999999999999");
  private static final int ACCOUNT_DIGITS = 12;

  private final @Nullable String program;

  /**
   * @param program the program of every contact, whatever its row says; null = as the row says
   */
  CrmContactReader(@Nullable String program) {
    this.program = program;
  }

  /**
   * @param id the row's id, already read
   */
  ContactRecord read(CsvRow row, String id) {
    String country = country(row);
    Map<Channel, String> addresses = addresses(row, country);
    String phone = row.cell("phone");
    return new ContactRecord(
        row.line(),
        contact(row, id, country),
        reach(row, country),
        value(row),
        row.instant("last_login_at"),
        row.code("funnel", Vocabularies.FUNNEL),
        addresses,
        row.cell("email") == null
            ? null
            : EmailAddress.normalised(String.valueOf(row.cell("email"))).orElse(null),
        phone == null ? null : PhoneNumber.e164(phone, country).orElse(null),
        country);
  }

  private Contact contact(CsvRow row, String id, @Nullable String country) {
    String own = row.code("program", Vocabularies.PROGRAM);
    return new Contact(
        id,
        row.id("person_id"),
        account(row),
        program == null ? own : program,
        row.code("business", Vocabularies.BUSINESS),
        null,
        row.code("subscriber_type", Vocabularies.SUBSCRIBER_TYPE),
        row.code("relationship", Vocabularies.RELATIONSHIP),
        jurisdictions(row, country),
        row.listOf(
            "time_zone",
            TimeZones::isKnown,
            "That is no IANA time zone; write it like America/New_York."),
        row.code("source", Vocabularies.SOURCE),
        row.text("status_at_last_touch"),
        row.code("last_touch_channel", Vocabularies.CHANNEL),
        row.instant("last_engagement_at"),
        row.instant("last_inquiry_at"),
        Map.of(),
        row.codes("do_not_contact_scope", Vocabularies.SCOPE),
        Boolean.TRUE.equals(row.yesNo("global_privacy_control")),
        row.codes("tags", Vocabularies.TAG));
  }

  private static Value value(CsvRow row) {
    String currency = row.cell("currency");
    if (currency != null && !Currencies.isKnown(currency)) {
      row.error("currency", currency, "That is no ISO 4217 currency; write it like USD or EUR.");
    }
    return new Value(
        currency,
        row.decimal("lifetime_value", MOST_MONEY.negate(), MOST_MONEY),
        row.decimal("acquisition_cost", BigDecimal.ZERO, MOST_MONEY),
        row.decimal("gross_margin_rate", BigDecimal.ZERO, BigDecimal.ONE));
  }

  /** The account: declared, else one for each company domain, named by its hash. */
  private static @Nullable String account(CsvRow row) {
    String declared = row.id("account_id");
    String domain = row.cell("company_domain");
    if (declared != null || domain == null) {
      return declared;
    }
    byte[] name = domain.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    return "a-" + Sha256.hex(name).substring(0, ACCOUNT_DIGITS);
  }

  private static @Nullable String country(CsvRow row) {
    String country = row.cell("country");
    if (country == null || Jurisdictions.countries().contains(country)) {
      return country;
    }
    row.error(
        "country",
        country,
        "That is no ISO 3166-1 code; write it like US or DE."
            + ("UK".equalsIgnoreCase(country)
                ? " Did you mean GB?"
                : Suggestion.sameInCapitals(country, Jurisdictions.countries())));
    return null;
  }

  private static List<String> jurisdictions(CsvRow row, @Nullable String country) {
    String region = row.cell("region");
    if (region == null) {
      return country == null ? List.of() : List.of(country);
    }
    String code = country != null && !region.contains("-") ? country + "-" + region : region;
    if (code.contains("-")
        && Jurisdictions.isKnown(code)
        && (country == null || code.startsWith(country + "-"))) {
      return List.of(code);
    }
    if (!row.isBad()) {
      row.error(
          "region",
          region,
          "That is no ISO 3166-2 region of the row's country; write it like TX beside US, or US-TX.");
    }
    return List.of();
  }

  private static Map<Channel, String> addresses(CsvRow row, @Nullable String country) {
    var addresses = new EnumMap<Channel, String>(Channel.class);
    put(addresses, Channel.EMAIL, row.cell("email"), country);
    put(addresses, Channel.SMS, row.cell("phone"), country);
    put(addresses, Channel.PHONE, row.cell("phone"), country);
    put(addresses, Channel.LINKEDIN, row.cell("linkedin"), country);
    put(addresses, Channel.WHATSAPP, row.cell("whatsapp"), country);
    return addresses;
  }

  private static void put(
      Map<Channel, String> addresses,
      Channel channel,
      @Nullable String address,
      @Nullable String country) {
    if (address != null) {
      addresses.put(channel, Address.normalised(address, country));
    }
  }

  private static Map<Channel, String> reach(CsvRow row, @Nullable String country) {
    var reach = new EnumMap<Channel, String>(Channel.class);
    email(row, reach);
    phone(row, country, reach);
    presence(row, "linkedin", Channel.LINKEDIN, "connected", "not_connected", reach);
    presence(row, "whatsapp", Channel.WHATSAPP, "registered", "not_registered", reach);
    if (reach.containsKey(Channel.EMAIL) || reach.containsKey(Channel.PHONE)) {
      reach.put(Channel.PAID_MEDIA, "matchable");
    }
    return reach;
  }

  private static void email(CsvRow row, Map<Channel, String> reach) {
    String state = row.code("email_state", Vocabularies.EMAIL_REACH);
    String address = row.cell("email");
    if (address == null) {
      return;
    }
    if (EmailAddress.normalised(address).isEmpty()) {
      row.warn("email", "That is no e-mail address, so its state is invalid.");
      reach.put(Channel.EMAIL, "invalid");
    } else {
      reach.put(Channel.EMAIL, state == null ? "valid" : state);
    }
  }

  private static void phone(CsvRow row, @Nullable String country, Map<Channel, String> reach) {
    String type = row.code("line_type", Vocabularies.SMS_REACH);
    String number = row.cell("phone");
    if (number == null) {
      return;
    }
    boolean read = PhoneNumber.e164(number, country).isPresent();
    if (!read && PhoneNumber.isImpossible(number)) {
      row.warn("phone", "No number looks like that, so its state is disconnected.");
      type = "disconnected";
    } else if (!read) {
      row.warn("phone", "The number lacks its country: write it like +15555550123.");
    }
    reach.put(Channel.SMS, type == null ? "unknown" : type);
    boolean disconnected = "disconnected".equals(type);
    reach.put(Channel.PHONE, disconnected ? "disconnected" : read ? "valid" : "unknown");
  }

  /** An address, or a word for it, says that the channel is there. */
  private static void presence(
      CsvRow row,
      String column,
      Channel channel,
      String there,
      String notThere,
      Map<Channel, String> reach) {
    String cell = row.cell(column);
    if (cell != null) {
      reach.put(channel, cell.equals(notThere) || cell.equals("no") ? notThere : there);
    }
  }
}
