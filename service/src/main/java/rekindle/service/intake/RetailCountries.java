package rekindle.service.intake;

import java.util.List;
import java.util.Map;

/** The countries of UCI's Online Retail, which names them in its own way, as ISO 3166-1 codes. */
final class RetailCountries {
  private static final Map<String, List<String>> CODES =
      Map.ofEntries(
          one("Australia", "AU"),
          one("Austria", "AT"),
          one("Bahrain", "BH"),
          one("Belgium", "BE"),
          one("Brazil", "BR"),
          one("Canada", "CA"),
          Map.entry("Channel Islands", List.of("GG", "JE")),
          one("Cyprus", "CY"),
          one("Czech Republic", "CZ"),
          one("Denmark", "DK"),
          one("EIRE", "IE"),
          Map.entry("European Community", List.of()),
          one("Finland", "FI"),
          one("France", "FR"),
          one("Germany", "DE"),
          one("Greece", "GR"),
          one("Hong Kong", "HK"),
          one("Iceland", "IS"),
          one("Israel", "IL"),
          one("Italy", "IT"),
          one("Japan", "JP"),
          one("Lebanon", "LB"),
          one("Lithuania", "LT"),
          one("Malta", "MT"),
          one("Netherlands", "NL"),
          one("Norway", "NO"),
          one("Poland", "PL"),
          one("Portugal", "PT"),
          one("RSA", "ZA"),
          one("Saudi Arabia", "SA"),
          one("Singapore", "SG"),
          one("Spain", "ES"),
          one("Sweden", "SE"),
          one("Switzerland", "CH"),
          one("USA", "US"),
          one("United Arab Emirates", "AE"),
          one("United Kingdom", "GB"),
          Map.entry("Unspecified", List.of()));

  private RetailCountries() {}

  /** The candidates that the row's country stands for; none where the file does not know it. */
  static List<String> codes(TypedRow row) {
    String name = row.cell("Country");
    if (name == null) {
      return List.of();
    }
    List<String> codes = CODES.get(name);
    if (codes == null) {
      row.warn("Country", "The file's own list has no such country; it stays unknown.");
      return List.of();
    }
    return codes;
  }

  private static Map.Entry<String, List<String>> one(String name, String code) {
    return Map.entry(name, List.of(code));
  }
}
