package rekindle.service.address;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rekindle.code.Jurisdictions;
import rekindle.code.TimeZones;

/**
 * What the prefix of a telephone number says about where its holder may be.
 *
 * @param country ISO 3166-1 code; null where the prefix does not tell
 * @param timeZones of the prefix; empty where it does not tell
 */
public record PhonePlace(@Nullable String country, List<String> timeZones) {
  public PhonePlace {
    timeZones = List.copyOf(timeZones);
  }

  /**
   * Reads a number as people write it.
   *
   * @param country ISO 3166-1 code by which a number without a plus sign is read; or null
   * @return empty if the text cannot be a number
   */
  public static Optional<PhonePlace> of(String text, @Nullable String country) {
    var numbers = PhoneNumberUtil.getInstance();
    try {
      var number = numbers.parse(text, country);
      if (!numbers.isPossibleNumber(number)) {
        return Optional.empty();
      }
      String region = numbers.getRegionCodeForNumber(number);
      String known = region != null && Jurisdictions.isKnown(region) ? region : null;
      return Optional.of(
          new PhonePlace(
              known,
              PhoneNumberToTimeZonesMapper.getInstance().getTimeZonesForNumber(number).stream()
                  .filter(zone -> known != null && TimeZones.isKnown(zone))
                  .map(TimeZones::canonical)
                  .filter(zone -> !zone.startsWith("Etc/"))
                  .distinct()
                  .toList()));
    } catch (NumberParseException noNumber) {
      return Optional.empty();
    }
  }
}
