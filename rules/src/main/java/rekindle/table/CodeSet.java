package rekindle.table;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rekindle.code.Jurisdictions;
import rekindle.code.TimeZones;
import rekindle.code.Vocabulary;

/** What may stand in a column of codes, and how a person may have typed it. Thread-safe. */
abstract class CodeSet {
  /** Groups of countries that tables may name beside ISO 3166. */
  static final List<String> GROUPS = List.of("EU", "EEA");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int EXPECTED_SHOWN = 12;

  /** The codes of ISO 4217 that are money in use. */
  static final Set<String> CURRENCIES =
      Set.of(
          ("AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP"
                  + " BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB"
                  + " EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD"
                  + " IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL"
                  + " LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK"
                  + " NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG"
                  + " SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD"
                  + " TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW"
                  + " ZWG")
              .split(" "));

  static CodeSet of(CellType type) {
    if (type instanceof CellType.Codes codes) {
      return new OfVocabulary(codes.vocabulary(), codes.many());
    }
    if (type instanceof CellType.Jurisdictions places) {
      return new OfPlaces(places.many());
    }
    if (type instanceof CellType.Zones zones) {
      return new OfZones(zones.many());
    }
    if (type instanceof CellType.Currency) {
      return new OfCurrencies();
    }
    if (type instanceof CellType.YesNo) {
      return new OfYesNo();
    }
    return new OfNames();
  }

  /** What one is called: "channel". */
  abstract String name();

  /** Some that are allowed, for a message. */
  abstract String expected();

  /** The code that the text means for certain; null if there is none. */
  abstract @Nullable String resolve(String text);

  /** What may have been meant; null if nothing is near. */
  abstract @Nullable String suggestion(String text);

  /** Whether a cell may list several. */
  boolean many() {
    return false;
  }

  /** Whether a cell holds exactly one, so that commas and "not" mean nothing. */
  boolean single() {
    return false;
  }

  boolean negatable() {
    return true;
  }

  String faultCode() {
    return FindingCodes.CODE_UNKNOWN;
  }

  String what() {
    return ("aeiou".indexOf(name().charAt(0)) >= 0 ? "an " : "a ") + name();
  }

  private static final class OfVocabulary extends CodeSet {
    private final Vocabulary vocabulary;
    private final boolean many;

    OfVocabulary(Vocabulary vocabulary, boolean many) {
      this.vocabulary = vocabulary;
      this.many = many;
    }

    @Override
    String name() {
      return vocabulary.name();
    }

    @Override
    boolean many() {
      return many;
    }

    @Override
    String expected() {
      List<String> codes = List.copyOf(vocabulary.codes());
      String shown = String.join(", ", codes.subList(0, Math.min(EXPECTED_SHOWN, codes.size())));
      String more = codes.size() > EXPECTED_SHOWN ? ", … (see the sheet Lists)" : "";
      String own =
          vocabulary.open() ? " or a code of your own, in lower case with _ between words" : "";
      return (shown.isEmpty() ? "" : shown + more) + own;
    }

    @Override
    @Nullable String resolve(String text) {
      if (vocabulary.allows(text)) {
        return text;
      }
      for (String code : vocabulary.codes()) {
        if (code.toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))) {
          return code;
        }
      }
      return null;
    }

    @Override
    @Nullable String suggestion(String text) {
      String nearest = Words.nearest(text, vocabulary.codes());
      if (nearest != null || !vocabulary.open()) {
        return nearest;
      }
      String code = text.toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
      return vocabulary.allows(code) ? code : null;
    }
  }

  private static final class OfPlaces extends CodeSet {
    private static final Pattern FORM = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,3})?");
    private final boolean many;

    OfPlaces(boolean many) {
      this.many = many;
    }

    @Override
    String name() {
      return "jurisdiction";
    }

    @Override
    boolean many() {
      return many;
    }

    @Override
    String expected() {
      return "ISO 3166, for example US-TX or DE, or a group: " + String.join(", ", GROUPS);
    }

    @Override
    @Nullable String resolve(String text) {
      if (!FORM.matcher(text).matches()) {
        return null;
      }
      String code = text.toUpperCase(Locale.ROOT);
      return GROUPS.contains(code) || Jurisdictions.isKnown(code) ? code : null;
    }

    @Override
    @Nullable String suggestion(String text) {
      String upper = text.toUpperCase(Locale.ROOT);
      if (upper.equals("UK") || upper.startsWith("UK-")) {
        return "GB" + upper.substring(2);
      }
      for (String code : Jurisdictions.all()) {
        if (upper.equalsIgnoreCase(Jurisdictions.name(code))) {
          return code;
        }
      }
      return upper.length() < 2 ? null : Words.nearest(upper, near(upper));
    }

    /** Codes of the same country only: of all others too many are near. */
    private static Collection<String> near(String upper) {
      return Jurisdictions.all().stream().filter(c -> c.startsWith(upper.substring(0, 2))).toList();
    }
  }

  private static final class OfZones extends CodeSet {
    private static final Map<String, String> BY_LOWER_CASE =
        TimeZones.all().stream()
            .collect(Collectors.toMap(z -> z.toLowerCase(Locale.ROOT), Function.identity()));

    private final boolean many;

    OfZones(boolean many) {
      this.many = many;
    }

    @Override
    String name() {
      return "time zone";
    }

    @Override
    boolean many() {
      return many;
    }

    @Override
    String expected() {
      return "a name of the IANA database, for example America/New_York";
    }

    @Override
    @Nullable String resolve(String text) {
      String name = text.replace(' ', '_');
      if (TimeZones.isKnown(name)) {
        return name;
      }
      return BY_LOWER_CASE.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    @Nullable String suggestion(String text) {
      return Words.nearest(text, TimeZones.all());
    }
  }

  private static final class OfCurrencies extends CodeSet {
    @Override
    String name() {
      return "currency";
    }

    @Override
    boolean negatable() {
      return false;
    }

    @Override
    String expected() {
      return "an ISO 4217 code, for example USD or EUR";
    }

    @Override
    @Nullable String resolve(String text) {
      String code = text.toUpperCase(Locale.ROOT);
      return CURRENCIES.contains(code) ? code : null;
    }

    @Override
    @Nullable String suggestion(String text) {
      return switch (text) {
        case "$", "US$" -> "USD";
        case "€" -> "EUR";
        case "£" -> "GBP";
        default ->
            text.length() < 3 ? null : Words.nearest(text, CURRENCIES.stream().sorted().toList());
      };
    }
  }

  private static final class OfYesNo extends CodeSet {
    @Override
    String name() {
      return "yes or no";
    }

    @Override
    boolean negatable() {
      return false;
    }

    @Override
    String what() {
      return name();
    }

    @Override
    String expected() {
      return "yes or no";
    }

    @Override
    @Nullable String resolve(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "yes", "true" -> "yes";
        case "no", "false" -> "no";
        default -> null;
      };
    }

    @Override
    @Nullable String suggestion(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "y", "1", "x", "ja", "si", "oui" -> "yes";
        case "n", "0", "nein", "non" -> "no";
        default -> null;
      };
    }
  }

  private static final class OfNames extends CodeSet {
    @Override
    String name() {
      return "name";
    }

    @Override
    boolean single() {
      return true;
    }

    @Override
    String faultCode() {
      return FindingCodes.BAD_NAME;
    }

    @Override
    String expected() {
      return "letters, digits, - _ . only, at most 64 of them";
    }

    @Override
    @Nullable String resolve(String text) {
      return NAME.matcher(text).matches() ? text : null;
    }

    @Override
    @Nullable String suggestion(String text) {
      String name = text.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[-_.]+|-+$", "");
      return name.isEmpty() || name.length() > 64 ? null : name;
    }
  }
}
