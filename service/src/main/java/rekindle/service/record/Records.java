package rekindle.service.record;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Subscription;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.ContactFacts.Trigger;

/**
 * All that a system of record and our own ledgers tell of some contacts, kind by kind, before it is
 * told person by person: a folder of files, or the contacts of one person out of the store.
 */
public final class Records {
  /**
   * Contacts by id, in the order in which they were told; rows that could not be read are not among
   * them.
   */
  public final Map<String, ContactRecord> contacts = new LinkedHashMap<>();

  /** Why a contact is left out, by its id. */
  public final Map<String, String> heldBack = new HashMap<>();

  public final Rows<AddressedConsent> consents = new Rows<>();
  public final Rows<Suppression> suppressions = new Rows<>();

  /** What holds for addresses, told of each contact that has one of them. */
  public final Rows<Suppression> addressSuppressions = new Rows<>();

  public final Rows<Subscription> subscriptions = new Rows<>();
  public final Rows<Purchase> purchases = new Rows<>();
  public final Rows<Deal> deals = new Rows<>();
  public final Rows<Meeting> meetings = new Rows<>();
  public final Rows<Response> responses = new Rows<>();
  public final Rows<RegistryAnswer> registry = new Rows<>();
  public final Rows<GrantedIncentive> incentives = new Rows<>();
  public final Rows<Instant> winBacks = new Rows<>();
  public final Rows<Touch> touches = new Rows<>();
  public final Rows<Trigger> triggers = new Rows<>();
  public final Rows<Journey> journeys = new Rows<>();

  /** Ids of contacts with an open escalation. */
  public final Set<String> escalated = new HashSet<>();

  /** State of channels that are not ok. */
  public final Map<Channel, String> channelHealth = new TreeMap<>();
}
