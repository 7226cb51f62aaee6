package rekindle.service.message;

import java.util.Set;
import rekindle.service.page.Brand;

/**
 * Who writes, as messages must tell it; texts are empty where there is nothing to tell.
 *
 * @param contact how the sender is reached: a phone number, an e-mail or a web address
 * @param attested elements that the route of messages fulfils, which no text can show
 */
public record Sender(
    String brand,
    String colour,
    String postalAddress,
    String contact,
    String privacyUrl,
    String imprintUrl,
    String phone,
    String freeStopNumber,
    Set<String> attested) {
  public Sender {
    attested = Set.copyOf(attested);
  }

  public static Sender of(Brand brand, MessageConfiguration messages) {
    return new Sender(
        brand.name(),
        brand.colour(),
        brand.postalAddress(),
        brand.contact(),
        brand.privacyUrl(),
        messages.imprintUrl(),
        messages.phone(),
        messages.freeStopNumber(),
        messages.attested());
  }
}
