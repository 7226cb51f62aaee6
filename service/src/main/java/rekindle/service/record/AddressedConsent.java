package rekindle.service.record;

import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts.Consent;

/**
 * A consent and the address that it is for.
 *
 * @param address normalised; null = the one that its contact has now
 * @param proofUri where the proof lies; the facts carry its hash alone
 */
public record AddressedConsent(
    Consent consent, @Nullable String address, @Nullable String proofUri) {}
