package rekindle.service.address;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Telephone numbers as people write them, as far as no numbering plan is needed to read them. */
public final class PhoneNumber {
  private PhoneNumber() {}

  /**
   * The number in E.164, such as {@code +15555550123}; empty if the text does not say it for
   * certain.
   *
   * @param country ISO 3166-1 code of the contact, for the ten digits of North America; or null
   */
  public static Optional<String> e164(String text, @Nullable String country) {
    if (!text.matches("\\+?[0-9 ()./-]+")) {
      return Optional.empty();
    }
    String digits = text.replaceAll("[^0-9]", "");
    if (text.startsWith("+")) {
      boolean plausible =
          digits.matches("[1-9][0-9]{6,14}")
              && (!digits.startsWith("1") || isNorthAmerican(digits));
      return plausible ? Optional.of("+" + digits) : Optional.empty();
    }
    if ("US".equals(country) || "CA".equals(country)) {
      String full = digits.length() == 10 ? "1" + digits : digits;
      return isNorthAmerican(full) ? Optional.of("+" + full) : Optional.empty();
    }
    return Optional.empty();
  }

  /** Whether the text cannot be a number of any country. */
  public static boolean isImpossible(String text) {
    int digits = text.replaceAll("[^0-9]", "").length();
    return !text.matches("\\+?[0-9 ()./-]+(( ?x| ?ext\\.?) ?[0-9]{1,6})?")
        || digits < 6
        || digits > 21
        || (text.startsWith("+") && e164(text, null).isEmpty());
  }

  /** Whether a key is rather a number to call: with a plus sign and enough digits. */
  public static boolean looksLike(String text) {
    return text.matches("\\+[0-9 ()./-]{7,}");
  }

  private static boolean isNorthAmerican(String digits) {
    return digits.matches("1[2-9][0-9]{2}[2-9][0-9]{6}");
  }
}
