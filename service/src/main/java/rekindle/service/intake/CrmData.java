package rekindle.service.intake;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Subscription;
import rekindle.facts.ContactFacts.Suppression;

/** All that a folder of standard CSV files holds, row by row, before contacts are joined. */
final class CrmData {
  /** A consent and the address that it is for; null = the one that its contact has now. */
  record AddressedConsent(Consent consent, @Nullable String address) {}

  /**
   * @param answer {@code yes}, {@code no} or {@code no_data}; of a list: whether it holds the
   *     number
   */
  record RegistryAnswer(String registry, String answer, Instant checkedAt) {}

  /** Contacts by id, in the order of the file; rows that could not be read are not among them. */
  final Map<String, CrmContact> contacts = new LinkedHashMap<>();

  /** Why a contact is left out, by its id. */
  final Map<String, String> heldBack = new HashMap<>();

  final CrmRows<AddressedConsent> consents = new CrmRows<>();
  final CrmRows<Suppression> suppressions = new CrmRows<>();
  final CrmRows<Subscription> subscriptions = new CrmRows<>();
  final CrmRows<Instant> purchases = new CrmRows<>();
  final CrmRows<Deal> deals = new CrmRows<>();
  final CrmRows<Meeting> meetings = new CrmRows<>();
  final CrmRows<Response> responses = new CrmRows<>();
  final CrmRows<RegistryAnswer> registry = new CrmRows<>();
  final CrmRows<GrantedIncentive> incentives = new CrmRows<>();
  final CrmRows<Instant> winBacks = new CrmRows<>();
}
