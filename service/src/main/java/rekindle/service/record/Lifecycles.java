package rekindle.service.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.Lifecycle;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.ContactFacts.Subscription;

/**
 * Which subscription, deal, meeting and purchase of several show in the facts of one contact
 * (DECIDING.md, section 1): a running subscription, an open deal, a meeting still ahead or the
 * latest purchase of any contact of the person; else the contact's own latest at {@code asOf}.
 * Among several that run, the contact's own go first; ties fall to the smallest id.
 */
final class Lifecycles {
  private static final List<String> RUNNING = List.of("trial", "active", "past_due", "paused");

  private final Records data;
  private final Instant asOf;

  Lifecycles(Records data, Instant asOf) {
    this.data = data;
    this.asOf = asOf;
  }

  /**
   * @param same ids of all contacts of the person
   */
  Lifecycle of(ContactRecord contact, SortedSet<String> same) {
    return new Lifecycle(
        show(data.subscriptions, contact.id(), same, this::runs, Subscription::endedAt),
        orders(contact, same),
        contact.lastLoginAt(),
        show(data.deals, contact.id(), same, this::isOpen, Deal::closedAt),
        show(data.meetings, contact.id(), same, this::isAhead, Meeting::scheduledFor),
        contact.funnel());
  }

  private boolean runs(Subscription subscription) {
    Instant endedAt = subscription.endedAt();
    return RUNNING.contains(String.valueOf(subscription.status()))
        || (endedAt != null && endedAt.isAfter(asOf));
  }

  private boolean isOpen(Deal deal) {
    Instant closedAt = deal.closedAt();
    return "open".equals(deal.outcome()) || (closedAt != null && closedAt.isAfter(asOf));
  }

  private boolean isAhead(Meeting meeting) {
    Instant scheduledFor = meeting.scheduledFor();
    return "booked".equals(meeting.status())
        && (scheduledFor == null || scheduledFor.isAfter(asOf));
  }

  /** Own orders counted, else as the contact's summary tells; the latest purchase is anyone's. */
  private @Nullable Orders orders(ContactRecord contact, SortedSet<String> same) {
    Orders told = told(contact);
    var dates = new ArrayList<>(known(data.purchases.valuesOf(same)));
    for (String id : same) {
      Orders others = told(data.contacts.get(id));
      Instant at = others == null ? null : others.lastPurchaseAt();
      if (at != null && (id.equals(contact.id()) || !at.isAfter(asOf))) {
        dates.add(at);
      }
    }
    if (dates.isEmpty()) {
      return told;
    }
    long own = known(data.purchases.valuesOf(List.of(contact.id()))).size();
    return new Orders(
        told == null ? Long.valueOf(own) : sum(told.count(), own), Collections.max(dates));
  }

  private static @Nullable Long sum(@Nullable Long told, long single) {
    return told == null ? null : (Long) (told + single);
  }

  private static @Nullable Orders told(@Nullable ContactRecord contact) {
    FactsSummary summary = contact == null ? null : contact.summary();
    return summary == null ? null : summary.orders();
  }

  private List<Instant> known(Collection<Purchase> purchases) {
    return purchases.stream()
        .filter(purchase -> !purchase.cancelled())
        .map(Purchase::orderedAt)
        .filter(at -> !at.isAfter(asOf))
        .toList();
  }

  private static <T> @Nullable T show(
      Rows<T> rows,
      String contactId,
      SortedSet<String> same,
      Predicate<T> current,
      Function<T, @Nullable Instant> clock) {
    Optional<T> shown =
        rows.of(same)
            .filter(row -> current.test(row.value()))
            .min(
                Comparator.<Rows.Row<T>>comparingInt(
                        row -> row.contactId().equals(contactId) ? 0 : 1)
                    .thenComparing(Rows.Row::id))
            .map(Rows.Row::value);
    if (shown.isPresent()) {
      return shown.get();
    }
    return rows.of(contactId).stream()
        .max(
            Comparator.<Rows.Row<T>, Instant>comparing(row -> orEarliest(clock, row.value()))
                .thenComparing(Comparator.comparing((Rows.Row<T> row) -> row.id()).reversed()))
        .map(Rows.Row::value)
        .orElse(null);
  }

  /** What has no date is older than all that has one. */
  private static <T> Instant orEarliest(Function<T, @Nullable Instant> clock, T value) {
    Instant at = clock.apply(value);
    return at == null ? Instant.MIN : at;
  }
}
