package rekindle.service.store;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Lifecycle;
import rekindle.facts.ContactFacts.Orders;

/** When things happened that facts tell; what is only planned or runs out is none of them. */
final class FactTimes {
  private FactTimes() {}

  static Stream<Instant> of(ContactFacts facts) {
    return Stream.of(
            facts.suppressions().stream().map(ContactFacts.Suppression::since),
            facts.consents().stream().map(Consent::withdrawnAt),
            facts.consents().stream().map(Consent::capturedAt),
            facts.touches().stream().map(ContactFacts.Touch::at),
            facts.responses().stream().map(ContactFacts.Response::at),
            facts.triggers().stream().map(ContactFacts.Trigger::at),
            journey(facts),
            contact(facts.contact()),
            lifecycle(facts.lifecycle()))
        .flatMap(times -> times)
        .filter(Objects::nonNull);
  }

  private static Stream<Instant> journey(ContactFacts facts) {
    return Stream.ofNullable(facts.journey())
        .flatMap(journey -> Stream.of(journey.enteredAt(), journey.endedAt()));
  }

  private static Stream<Instant> contact(ContactFacts.Contact contact) {
    return Stream.concat(
        Stream.of(contact.lastEngagementAt(), contact.lastInquiryAt()),
        contact.lastInboundAt().values().stream());
  }

  private static Stream<Instant> lifecycle(Lifecycle lifecycle) {
    return Stream.concat(
        Stream.ofNullable(lifecycle.lastLoginAt()),
        Stream.ofNullable(lifecycle.orders()).map(Orders::lastPurchaseAt));
  }
}
