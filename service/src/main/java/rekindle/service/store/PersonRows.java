package rekindle.service.store;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Subscription;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.ContactFacts.Value;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.FactsSummary;
import rekindle.service.record.Purchase;
import rekindle.service.record.Records;
import rekindle.service.record.RegistryAnswer;
import rekindle.service.record.Rows;

/** Turns one {@link FactsRow} into records, addresses as their numbers. Confined to one thread. */
final class PersonRows {
  private static final Set<String> NOTHING_GRANTED = Set.of("failed", "not_sent", "withheld");

  private final Records data = new Records();
  private final Map<String, Map<Channel, String>> reach = new HashMap<>();
  private final Map<String, Map<Channel, String>> addresses = new HashMap<>();
  private final Instant asOf;

  private final @Nullable String exceptTouch;

  private PersonRows(Instant asOf, @Nullable String exceptTouch) {
    this.asOf = asOf;
    this.exceptTouch = exceptTouch;
  }

  /**
   * The records of all contacts of one person; {@link Records#heldBack} among them.
   *
   * @param exceptTouch a touch that is left out; null for none
   */
  static Records of(FactsRow row, Instant asOf, @Nullable String exceptTouch) {
    var rows = new PersonRows(asOf, exceptTouch);
    ListCells.each(row.list("addresses"), rows::address);
    ListCells.each(row.list("contacts"), rows::contact);
    rows.ledgers(row);
    rows.records(row);
    ListCells.each(row.list("touches"), rows::touch);
    ListCells.each(row.list("journeys"), rows::journey);
    ListCells.each(row.list("escalations"), rows::escalation);
    ListCells.each(row.list("holds"), rows::hold);
    ListCells.each(
        row.list("channel_health"),
        cells -> rows.data.channelHealth.put(cells.requiredChannel(), cells.requiredText()));
    return rows.data;
  }

  private void ledgers(FactsRow row) {
    VersionedRows.consents(row.list("consents"), data.consents);
    VersionedRows.suppressions(row.list("suppressions"), data.suppressions);
    VersionedRows.suppressions(row.list("address_suppressions"), data.addressSuppressions);
    VersionedRows.incentives(row.list("incentives"), data.incentives);
    VersionedRows.triggers(row.list("triggers"), data.triggers);
    ListCells.each(row.list("responses"), this::response);
    ListCells.each(row.list("registry"), this::registryAnswer);
    ListCells.each(row.list("win_backs"), this::winBack);
  }

  private void records(FactsRow row) {
    ListCells.each(row.list("subscriptions"), this::subscription);
    ListCells.each(row.list("purchases"), this::purchase);
    ListCells.each(row.list("deals"), this::deal);
    ListCells.each(row.list("meetings"), this::meeting);
  }

  private void address(ListCells cells) {
    String contactId = cells.requiredText();
    Channel channel = cells.requiredChannel();
    String state = cells.text();
    String address = cells.text();
    if (state != null) {
      reach.computeIfAbsent(contactId, id -> new EnumMap<>(Channel.class)).put(channel, state);
    }
    if (address != null) {
      addresses
          .computeIfAbsent(contactId, id -> new EnumMap<>(Channel.class))
          .put(channel, address);
    }
  }

  private void contact(ListCells cells) {
    var contact =
        new Contact(
            cells.requiredText(),
            null,
            cells.text(),
            cells.text(),
            cells.text(),
            cells.text(),
            cells.text(),
            cells.text(),
            cells.texts(),
            cells.texts(),
            cells.text(),
            cells.text(),
            cells.text(),
            cells.instant(),
            cells.instant(),
            cells.instantsByChannel(),
            cells.texts(),
            Boolean.TRUE.equals(cells.bool()),
            cells.texts());
    var value = new Value(cells.text(), cells.decimal(), cells.decimal(), cells.decimal());
    data.contacts.put(
        contact.id(),
        new ContactRecord(
            0,
            contact,
            reach.getOrDefault(contact.id(), Map.of()),
            value,
            cells.instant(),
            cells.text(),
            addresses.getOrDefault(contact.id(), Map.of()),
            null,
            null,
            cells.text(),
            summary(cells)));
  }

  private static @Nullable FactsSummary summary(ListCells cells) {
    Map<String, Long> numbers = new HashMap<>();
    var health = new EnumMap<Channel, String>(Channel.class);
    boolean[] orders = {false};
    boolean there =
        cells.object(
            name -> {
              switch (name) {
                case "orders" -> orders[0] = Boolean.TRUE.equals(cells.bool());
                case "channelHealth" -> health.putAll(cells.textsByChannel());
                default -> numbers.put(name, cells.requiredInteger());
              }
            });
    if (!there) {
      return null;
    }
    Long lastPurchaseAt = numbers.get("lastPurchaseAt");
    return new FactsSummary(
        Instant.ofEpochMilli(numbers.getOrDefault("until", 0L)),
        orders[0]
            ? new Orders(
                numbers.get("ordersCount"),
                lastPurchaseAt == null ? null : Instant.ofEpochMilli(lastPurchaseAt))
            : null,
        health);
  }

  private void response(ListCells cells) {
    String contactId = cells.requiredText();
    data.responses.add(
        new Rows.Row<>(
            cells.requiredText(),
            contactId,
            0,
            new Response(
                cells.requiredInstant(), cells.channel(), cells.requiredText(), cells.text())));
  }

  private void registryAnswer(ListCells cells) {
    data.registry.add(
        new Rows.Row<>(
            "",
            cells.requiredText(),
            cells.requiredInteger(),
            new RegistryAnswer(
                cells.requiredText(), cells.requiredText(), cells.requiredInstant())));
  }

  private void winBack(ListCells cells) {
    data.winBacks.add(
        new Rows.Row<>("", cells.requiredText(), cells.requiredInteger(), cells.requiredInstant()));
  }

  private void subscription(ListCells cells) {
    String contactId = cells.requiredText();
    data.subscriptions.add(
        new Rows.Row<>(
            cells.requiredText(),
            contactId,
            0,
            new Subscription(cells.text(), cells.instant(), cells.text(), cells.integer())));
  }

  private void purchase(ListCells cells) {
    String contactId = cells.requiredText();
    data.purchases.add(
        new Rows.Row<>(
            cells.requiredText(),
            contactId,
            0,
            new Purchase(
                cells.requiredInstant(),
                cells.decimal(),
                cells.text(),
                Boolean.TRUE.equals(cells.bool()))));
  }

  private void deal(ListCells cells) {
    String contactId = cells.requiredText();
    data.deals.add(
        new Rows.Row<>(
            cells.requiredText(),
            contactId,
            0,
            new Deal(cells.text(), cells.text(), cells.instant(), cells.text(), cells.decimal())));
  }

  private void meeting(ListCells cells) {
    String contactId = cells.requiredText();
    data.meetings.add(
        new Rows.Row<>(
            cells.requiredText(), contactId, 0, new Meeting(cells.instant(), cells.text())));
  }

  /** What came with a touch was granted with it, as long as the touch counts. */
  private void touch(ListCells cells) {
    String contactId = cells.requiredText();
    String id = cells.requiredText();
    var touch =
        new Touch(
            id,
            cells.requiredText(),
            (int) cells.requiredInteger(),
            cells.requiredChannel(),
            cells.requiredInstant(),
            cells.requiredText());
    String incentive = cells.text();
    if (id.equals(exceptTouch)) {
      return;
    }
    data.touches.add(new Rows.Row<>(id, contactId, 0, touch));
    if (incentive != null && !NOTHING_GRANTED.contains(touch.outcome())) {
      data.incentives.add(
          new Rows.Row<>(id, contactId, 0, new GrantedIncentive(incentive, touch.at(), null)));
    }
  }

  private void journey(ListCells cells) {
    data.journeys.add(
        new Rows.Row<>(
            "",
            cells.requiredText(),
            cells.requiredInteger(),
            new Journey(
                cells.requiredText(),
                cells.requiredInstant(),
                cells.instant(),
                cells.instant(),
                cells.text())));
  }

  private void escalation(ListCells cells) {
    String contactId = cells.requiredText();
    Instant openedAt = cells.requiredInstant();
    Instant closedAt = cells.instant();
    if (!openedAt.isAfter(asOf) && (closedAt == null || closedAt.isAfter(asOf))) {
      data.escalated.add(contactId);
    }
  }

  private final Map<String, String> holds = new TreeMap<>();

  /** Of several reasons the first by type. */
  private void hold(ListCells cells) {
    String contactId = cells.requiredText();
    String type = cells.requiredText();
    String reason = cells.requiredText();
    if (holds.merge(contactId, type, (a, b) -> a.compareTo(b) <= 0 ? a : b).equals(type)) {
      data.heldBack.put(contactId, reason);
    }
  }
}
