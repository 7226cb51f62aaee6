package rekindle.service.intake;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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

/**
 * Reads one contact, whatever it was written in, and cleans it: addresses that nobody can be
 * reached by get the state that says so, and a warning. Thread-safe.
 */
final class CrmContactReader {
  private static final BigDecimal MOST_MONEY = new BigDecimal("999999999999999");
  private static final int ACCOUNT_DIGITS = 12;

  /** States that the system of record knows from sending, which no look at the text can better. */
  private static final Set<String> UNREACHABLE = Set.of("invalid", "bounced");

  /** Words that stand where an address is not told. */
  private static final Set<String> PRESENCE =
      Set.of("connected", "not_connected", "registered", "not_registered", "yes", "no");

  private static final Map<String, String> EMAIL_WARNINGS =
      Map.of(
          "invalid", "That is no e-mail address, so its state is invalid.",
          "disposable", "The domain gives addresses to be thrown away, so the state is disposable.",
          "role", "A desk reads that address and no single person, so its state is role.");

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
  ContactRecord read(TypedRow row, String id) {
    String country = country(row);
    String email = row.address("email");
    String phone = row.address("phone");
    String number = phone == null ? null : PhoneNumber.e164(phone, country).orElse(null);
    return new ContactRecord(
        row.line(),
        contact(row, id, country, number),
        reach(row, country),
        value(row),
        row.instant("last_login_at"),
        row.code("funnel", Vocabularies.FUNNEL),
        addresses(row, email, phone, country),
        email == null ? null : EmailAddress.normalised(email).orElse(null),
        number,
        country);
  }

  private Contact contact(
      TypedRow row, String id, @Nullable String country, @Nullable String number) {
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
        withCountryOf(number, jurisdictions(row, country)),
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

  private static Value value(TypedRow row) {
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
  private static @Nullable String account(TypedRow row) {
    String declared = row.id("account_id");
    String domain = row.cell("company_domain");
    if (declared != null || domain == null) {
      return declared;
    }
    byte[] name = domain.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    return "a-" + Sha256.hex(name).substring(0, ACCOUNT_DIGITS);
  }

  private static @Nullable String country(TypedRow row) {
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

  private static List<String> jurisdictions(TypedRow row, @Nullable String country) {
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

  /** A number given out elsewhere makes that country's law a candidate too. */
  private static List<String> withCountryOf(@Nullable String number, List<String> jurisdictions) {
    Optional<String> country = Optional.ofNullable(number).flatMap(PhoneNumber::country);
    if (country.isEmpty() || jurisdictions.stream().anyMatch(place -> isIn(place, country.get()))) {
      return jurisdictions;
    }
    return Stream.concat(jurisdictions.stream(), country.stream()).toList();
  }

  private static boolean isIn(String jurisdiction, String country) {
    return jurisdiction.equals(country) || jurisdiction.startsWith(country + "-");
  }

  private static Map<Channel, String> addresses(
      TypedRow row, @Nullable String email, @Nullable String phone, @Nullable String country) {
    var addresses = new EnumMap<Channel, String>(Channel.class);
    put(addresses, Channel.EMAIL, email, country);
    put(addresses, Channel.SMS, phone, country);
    put(addresses, Channel.PHONE, phone, country);
    put(addresses, Channel.LINKEDIN, row.address("linkedin"), country);
    put(addresses, Channel.WHATSAPP, row.address("whatsapp"), country);
    return addresses;
  }

  private static void put(
      Map<Channel, String> addresses,
      Channel channel,
      @Nullable String address,
      @Nullable String country) {
    if (address != null && !PRESENCE.contains(address)) {
      addresses.put(channel, Address.normalised(address, country));
    }
  }

  private static Map<Channel, String> reach(TypedRow row, @Nullable String country) {
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

  private static void email(TypedRow row, Map<Channel, String> reach) {
    String told = row.code("email_state", Vocabularies.EMAIL_REACH);
    String address = row.cell("email");
    if (address == null) {
      return;
    }
    Optional<String> email = EmailAddress.normalised(address);
    String found = email.isEmpty() ? "invalid" : stateOf(email.get());
    String state = told == null ? "valid" : told;
    if (found == null || found.equals(state) || UNREACHABLE.contains(state)) {
      reach.put(Channel.EMAIL, state);
    } else {
      row.warn("email", Objects.requireNonNull(EMAIL_WARNINGS.get(found)));
      reach.put(Channel.EMAIL, found);
    }
  }

  private static @Nullable String stateOf(String email) {
    if (EmailAddress.isDisposable(email)) {
      return "disposable";
    }
    return EmailAddress.isRole(email) ? "role" : null;
  }

  private static void phone(TypedRow row, @Nullable String country, Map<Channel, String> reach) {
    String type = row.code("line_type", Vocabularies.SMS_REACH);
    String text = row.cell("phone");
    if (text == null) {
      return;
    }
    Optional<String> number = PhoneNumber.e164(text, country);
    String state = "valid";
    if (number.isEmpty() && PhoneNumber.isImpossible(text)) {
      row.warn("phone", "No number looks like that, so its state is disconnected.");
      type = "disconnected";
    } else if (number.isEmpty()) {
      row.warn(
          "phone",
          "The number is none of the contact's country, or lacks its country: write it like"
              + " +15555550123.");
      state = "unknown";
    } else if (!PhoneNumber.isAssigned(number.get())) {
      row.warn("phone", "No numbering plan gives out that number, so its state is unknown.");
      state = "unknown";
    }
    reach.put(Channel.SMS, type == null ? "unknown" : type);
    reach.put(Channel.PHONE, "disconnected".equals(type) ? "disconnected" : state);
  }

  /** An address, or a word for it, says that the channel is there. */
  private static void presence(
      TypedRow row,
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
