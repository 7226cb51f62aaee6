package rekindle.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision.Incentive;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.History;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Lifecycle;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.KnownFacts;
import rekindle.touch.TouchStage;

/**
 * Facts as they would become: what is assumed to happen is added as the store would add it. Each
 * method gives new facts and leaves the old ones as they are.
 */
final class AssumedFacts {
  private static final Set<String> ENGAGING =
      Set.of("click", "reply", "booking", "purchase", "login");

  private AssumedFacts() {}

  /** The journey that is open at an instant; one whose end lies ahead still is. */
  static @Nullable Journey openJourney(ContactFacts facts, Instant at) {
    return TouchStage.openJourney(KnownFacts.at(facts, at));
  }

  static ContactFacts withTouch(ContactFacts facts, Touch touch) {
    return with(facts, plus(facts.touches(), touch), facts.journey(), facts.history());
  }

  static ContactFacts withJourney(ContactFacts facts, Journey journey) {
    return with(facts, facts.touches(), journey, facts.history());
  }

  static ContactFacts withIncentive(ContactFacts facts, Incentive incentive, Instant at) {
    History history = facts.history();
    var granted = plus(history.incentives(), new GrantedIncentive(incentive.code(), at, null));
    return with(
        facts,
        facts.touches(),
        facts.journey(),
        new History(history.winBackAt(), history.openEscalation(), granted));
  }

  private static ContactFacts with(
      ContactFacts facts, List<Touch> touches, @Nullable Journey journey, History history) {
    return new ContactFacts(
        facts.contact(),
        facts.reach(),
        facts.lifecycle(),
        facts.value(),
        history,
        facts.consents(),
        facts.suppressions(),
        facts.registry(),
        touches,
        facts.responses(),
        facts.triggers(),
        journey,
        facts.channelHealth());
  }

  /** A sign of life also moves the dates that tell of the latest one. */
  static ContactFacts withResponse(ContactFacts facts, Response response) {
    boolean counts = !"automatic".equals(response.disposition());
    return new ContactFacts(
        counts ? contact(facts.contact(), response) : facts.contact(),
        facts.reach(),
        counts ? lifecycle(facts.lifecycle(), response) : facts.lifecycle(),
        facts.value(),
        facts.history(),
        facts.consents(),
        facts.suppressions(),
        facts.registry(),
        facts.touches(),
        plus(facts.responses(), response),
        facts.triggers(),
        facts.journey(),
        facts.channelHealth());
  }

  private static Contact contact(Contact contact, Response response) {
    return contact.heardOf(
        ENGAGING.contains(response.kind()) ? response.at() : contact.lastEngagementAt(),
        contact.lastInquiryAt(),
        lastInboundAt(contact.lastInboundAt(), response));
  }

  private static Map<Channel, Instant> lastInboundAt(
      Map<Channel, Instant> known, Response response) {
    Channel channel = response.channel();
    if (!response.kind().equals("reply") || channel == null) {
      return known;
    }
    var latest = new TreeMap<>(known);
    latest.put(channel, response.at());
    return latest;
  }

  private static Lifecycle lifecycle(Lifecycle lifecycle, Response response) {
    Orders orders = lifecycle.orders();
    Long count = orders == null ? null : orders.count();
    return switch (response.kind()) {
      case "purchase" ->
          new Lifecycle(
              lifecycle.subscription(),
              new Orders(count == null ? 1 : count + 1, response.at()),
              lifecycle.lastLoginAt(),
              lifecycle.deal(),
              lifecycle.meeting(),
              lifecycle.funnel());
      case "login" ->
          new Lifecycle(
              lifecycle.subscription(),
              orders,
              response.at(),
              lifecycle.deal(),
              lifecycle.meeting(),
              lifecycle.funnel());
      default -> lifecycle;
    };
  }

  private static <T> List<T> plus(List<T> entries, T entry) {
    var all = new ArrayList<>(entries);
    all.add(entry);
    return all;
  }
}
