package rekindle.service.address;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.code.Jurisdictions;

/** Telephone numbers as people write them, read by the numbering plans of all countries. */
public final class PhoneNumber {
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
  private static final String NO_COUNTRY = "ZZ";
  private static final int NORTH_AMERICA = 1;

  /** Kinds of number that are given out in one place; others serve all countries of a plan. */
  private static final Set<PhoneNumberType> LOCAL =
      EnumSet.of(
          PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

  private PhoneNumber() {}

  /**
   * The number in E.164, such as {@code +15555550123}; empty if the text does not say it for
   * certain: an extension, letters, or a national number that its country's plan does not hold.
   *
   * @param country ISO 3166-1 code of the contact, for numbers without their country; or null
   */
  public static Optional<String> e164(String text, @Nullable String country) {
    return text.matches("\\+?[0-9 ()./-]+")
        ? parse(text, country)
            .filter(number -> isCertain(number, text.startsWith("+")))
            .map(number -> PLANS.format(number, PhoneNumberFormat.E164))
        : Optional.empty();
  }

  private static boolean isCertain(Phonenumber.PhoneNumber number, boolean international) {
    if (number.getCountryCode() == NORTH_AMERICA) {
      return isNorthAmerican(number);
    }
    return international ? PLANS.isPossibleNumber(number) : PLANS.isValidNumber(number);
  }

  /** Whether the text cannot be a number of any country. */
  public static boolean isImpossible(String text) {
    int digits = text.replaceAll("[^0-9]", "").length();
    return !text.matches("\\+?[0-9 ()./-]+(( ?x| ?ext\\.?) ?[0-9]{1,6})?")
        || digits < 6
        || digits > 21
        || (text.startsWith("+")
            && parse(text, null).filter(number -> isCertain(number, true)).isEmpty());
  }

  /**
   * Whether a numbering plan gives out the number; one that it does not may be newer than the plan
   * that we know.
   */
  public static boolean isAssigned(String e164) {
    return parse(e164, null).filter(PLANS::isValidNumber).isPresent();
  }

  /**
   * The country in which the number is given out, as ISO 3166-1 code; empty if the number does not
   * tell it. Area codes of North America tell a country and no more, since numbers move with
   * people.
   */
  public static Optional<String> country(String e164) {
    return parse(e164, null)
        .flatMap(PhoneNumber::countryOf)
        .filter(Jurisdictions.countries()::contains);
  }

  private static Optional<String> countryOf(Phonenumber.PhoneNumber number) {
    List<String> countries = PLANS.getRegionCodesForCountryCode(number.getCountryCode());
    if (countries.size() == 1) {
      return Optional.of(countries.get(0));
    }
    return LOCAL.contains(PLANS.getNumberType(number))
        ? Optional.ofNullable(PLANS.getRegionCodeForNumber(number))
        : Optional.empty();
  }

  /** Whether a key is rather a number to call: with a plus sign and enough digits. */
  public static boolean looksLike(String text) {
    return text.matches("\\+[0-9 ()./-]{7,}");
  }

  /**
   * The latest numbers of this thread: one number is looked at from several sides in a row, and
   * reading it takes longer than all else that is done with it.
   */
  private static final ThreadLocal<Map<Written, Optional<Phonenumber.PhoneNumber>>> LATEST =
      ThreadLocal.withInitial(
          () ->
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                    Map.Entry<Written, Optional<Phonenumber.PhoneNumber>> eldest) {
                  return size() > LATEST_MAX;
                }
              });

  private static final int LATEST_MAX = 2_000;

  private record Written(String text, @Nullable String country) {}

  private static Optional<Phonenumber.PhoneNumber> parse(String text, @Nullable String country) {
    var written = new Written(text, country);
    Map<Written, Optional<Phonenumber.PhoneNumber>> latest = LATEST.get();
    Optional<Phonenumber.PhoneNumber> known = latest.get(written);
    if (known == null) {
      known = parsed(text, country);
      latest.put(written, known);
    }
    return known;
  }

  private static Optional<Phonenumber.PhoneNumber> parsed(String text, @Nullable String country) {
    try {
      return Optional.of(PLANS.parse(text, country == null ? NO_COUNTRY : country));
    } catch (NumberParseException none) {
      return Optional.empty();
    }
  }

  /** Area code and exchange begin with 2 to 9, also those that no plan has given out yet. */
  private static boolean isNorthAmerican(Phonenumber.PhoneNumber number) {
    return PLANS.getNationalSignificantNumber(number).matches("[2-9][0-9]{2}[2-9][0-9]{6}");
  }
}
