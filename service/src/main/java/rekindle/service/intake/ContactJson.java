package rekindle.service.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Contact;
import rekindle.json.CanonicalJson;
import rekindle.json.Rfc3339;
import rekindle.service.record.AddressedConsent;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.Records;
import rekindle.service.record.Rows;
import rekindle.service.store.StoredContact;

/**
 * A contact as the store holds it, as JSON: the fields of a {@link ContactDocument} as far as they
 * are kept, and what was made of them: jurisdictions, states of reach, the joined person.
 */
public final class ContactJson {
  private ContactJson() {}

  /** Canonical JSON; it holds addresses. */
  public static byte[] write(StoredContact stored) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    contact(json, stored);
    addresses(json, stored);
    Records records = stored.records();
    String id = stored.contact().id();
    consents(json, records.consents.of(id), stored.addresses());
    ledgers(json, records, id);
    records(json, records, id);
    return CanonicalJson.of(json);
  }

  private static void contact(ObjectNode json, StoredContact stored) {
    ContactRecord record = stored.contact();
    Contact contact = record.contact();
    json.put("id", contact.id());
    text(json, "personId", stored.declaredPerson());
    json.put("joinedPersonId", stored.personId());
    text(json, "heldBack", stored.heldBack());
    text(json, "accountId", contact.accountId());
    text(json, "program", contact.program());
    text(json, "business", contact.business());
    text(json, "language", contact.language());
    text(json, "subscriberType", contact.subscriberType());
    text(json, "relationship", contact.relationship());
    text(json, "country", record.country());
    texts(json, "jurisdictions", contact.jurisdictions());
    texts(json, "timeZones", contact.timeZones());
    text(json, "source", contact.source());
    text(json, "statusAtLastTouch", contact.statusAtLastTouch());
    text(json, "lastTouchChannel", contact.lastTouchChannel());
    instant(json, "lastEngagementAt", contact.lastEngagementAt());
    instant(json, "lastInquiryAt", contact.lastInquiryAt());
    texts(json, "doNotContactScope", contact.doNotContactScope());
    json.put("globalPrivacyControl", contact.globalPrivacyControl());
    texts(json, "tags", contact.tags());
    text(json, "funnel", record.funnel());
    instant(json, "lastLoginAt", record.lastLoginAt());
    text(json, "currency", record.value().currency());
    decimal(json, "lifetimeValue", record.value().lifetimeValue());
    decimal(json, "acquisitionCost", record.value().acquisitionCost());
    decimal(json, "grossMarginRate", record.value().grossMarginRate());
  }

  private static void addresses(ObjectNode json, StoredContact stored) {
    ObjectNode reach = json.putObject("reach");
    stored.contact().reach().forEach((channel, state) -> reach.put(channel.code(), state));
    Map<Channel, String> numbers = stored.contact().addresses();
    address(json, "email", numbers.get(Channel.EMAIL), stored.addresses());
    address(json, "phone", numbers.get(Channel.PHONE), stored.addresses());
    address(json, "linkedin", numbers.get(Channel.LINKEDIN), stored.addresses());
    address(json, "whatsapp", numbers.get(Channel.WHATSAPP), stored.addresses());
  }

  private static void address(
      ObjectNode json, String field, @Nullable String number, Map<String, String> texts) {
    text(json, field, number == null ? null : texts.get(number));
  }

  private static void consents(
      ObjectNode json, List<Rows.Row<AddressedConsent>> rows, Map<String, String> texts) {
    objects(
        json,
        "consents",
        rows,
        (row, object) -> {
          var consent = row.value().consent();
          object.put("channel", consent.channel().code());
          object.put("basis", consent.basis());
          address(object, "address", row.value().address(), texts);
          instant(object, "capturedAt", consent.capturedAt());
          text(object, "method", consent.method());
          flag(object, "textShown", consent.textShown());
          text(object, "source", consent.source());
          text(object, "proofHash", consent.proofHash());
          flag(object, "noticeAtCollection", consent.noticeAtCollection());
          instant(object, "withdrawnAt", consent.withdrawnAt());
        });
  }

  private static void ledgers(ObjectNode json, Records records, String id) {
    objects(
        json,
        "suppressions",
        records.suppressions.of(id),
        (row, object) -> {
          object.put("scope", row.value().scope());
          object.put("reason", row.value().reason());
          instant(object, "since", row.value().since());
          instant(object, "until", row.value().until());
        });
    objects(
        json,
        "activities",
        records.responses.of(id),
        (row, object) -> {
          Channel channel = row.value().channel();
          object.put("id", row.id());
          instant(object, "at", row.value().at());
          text(object, "channel", channel == null ? null : channel.code());
          object.put("kind", row.value().kind());
          text(object, "disposition", row.value().disposition());
        });
    objects(
        json,
        "registry",
        records.registry.of(id),
        (row, object) -> {
          object.put("registry", row.value().registry());
          object.put("answer", row.value().answer());
          instant(object, "checkedAt", row.value().checkedAt());
        });
    objects(
        json,
        "incentives",
        records.incentives.of(id),
        (row, object) -> {
          object.put("code", row.value().code());
          instant(object, "grantedAt", row.value().grantedAt());
          flag(object, "redeemed", row.value().redeemed());
        });
    objects(
        json,
        "winBacks",
        records.winBacks.of(id),
        (row, object) -> instant(object, "at", row.value()));
  }

  private static void records(ObjectNode json, Records records, String id) {
    objects(
        json,
        "subscriptions",
        records.subscriptions.of(id),
        (row, object) -> {
          object.put("id", row.id());
          text(object, "status", row.value().status());
          instant(object, "endedAt", row.value().endedAt());
          text(object, "reason", row.value().reason());
          Long usage = row.value().usageLast30Days();
          if (usage != null) {
            object.put("usageLast30Days", usage);
          }
        });
    objects(
        json,
        "orders",
        records.purchases.of(id),
        (row, object) -> {
          object.put("id", row.id());
          instant(object, "orderedAt", row.value().orderedAt());
          decimal(object, "amount", row.value().amount());
          text(object, "currency", row.value().currency());
          object.put("cancelled", row.value().cancelled());
        });
    objects(
        json,
        "deals",
        records.deals.of(id),
        (row, object) -> {
          object.put("id", row.id());
          text(object, "stage", row.value().stage());
          text(object, "outcome", row.value().outcome());
          instant(object, "closedAt", row.value().closedAt());
          text(object, "lossReason", row.value().lossReason());
          decimal(object, "quotedPrice", row.value().quotedPrice());
        });
    objects(
        json,
        "meetings",
        records.meetings.of(id),
        (row, object) -> {
          object.put("id", row.id());
          instant(object, "scheduledFor", row.value().scheduledFor());
          text(object, "status", row.value().status());
        });
  }

  private static <T> void objects(
      ObjectNode json,
      String field,
      List<Rows.Row<T>> rows,
      BiConsumer<Rows.Row<T>, ObjectNode> write) {
    ArrayNode array = json.putArray(field);
    rows.forEach(row -> write.accept(row, array.addObject()));
  }

  private static void text(ObjectNode json, String field, @Nullable String value) {
    if (value != null) {
      json.put(field, value);
    }
  }

  private static void flag(ObjectNode json, String field, @Nullable Boolean value) {
    if (value != null) {
      json.put(field, value);
    }
  }

  private static void instant(ObjectNode json, String field, @Nullable Instant value) {
    text(json, field, value == null ? null : Rfc3339.format(value));
  }

  private static void decimal(ObjectNode json, String field, @Nullable BigDecimal value) {
    text(json, field, value == null ? null : value.toPlainString());
  }

  private static void texts(ObjectNode json, String field, List<String> values) {
    ArrayNode array = json.putArray(field);
    values.forEach(array::add);
  }
}
