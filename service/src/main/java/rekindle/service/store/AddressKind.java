package rekindle.service.store;

import java.util.Locale;
import java.util.Optional;
import rekindle.service.address.EmailAddress;
import rekindle.service.address.PhoneNumber;

/**
 * What a normalised address is. It follows from the text alone, so that two texts are the same
 * address exactly if they are equal; and only an e-mail address or a whole telephone number may
 * join contacts to one person.
 */
enum AddressKind {
  EMAIL,
  PHONE,
  /** Anything else: a profile, a number without its country, a text that is no address. */
  HANDLE;

  static AddressKind of(String normalised) {
    if (EmailAddress.normalised(normalised).equals(Optional.of(normalised))) {
      return EMAIL;
    }
    return PhoneNumber.e164(normalised, null).equals(Optional.of(normalised)) ? PHONE : HANDLE;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
