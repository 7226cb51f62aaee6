package rekindle.service.address;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Any address: the one form in which two texts are compared. */
public final class Address {
  /**
   * Version of these rules: stored beside each address, so that it can be brought to a later one.
   */
  public static final int NORMALISER = 2;

  private Address() {}

  /** What two normalised addresses have in common that lead to the same place. */
  public static String key(String normalised) {
    return normalised.indexOf('@') >= 0 ? EmailAddress.mailbox(normalised) : normalised;
  }

  /**
   * @param country ISO 3166-1 code of the contact, for telephone numbers without one; or null
   */
  public static String normalised(String address, @Nullable String country) {
    if (address.indexOf('@') >= 0) {
      return EmailAddress.normalised(address).orElse(address.toLowerCase(Locale.ROOT));
    }
    return PhoneNumber.e164(address, country)
        .orElse(
            address.matches("\\+?[0-9 ()./-]+")
                ? address.replaceAll("[^0-9]", "")
                : address.toLowerCase(Locale.ROOT));
  }
}
