package rekindle.facts;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts.Consent;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.Deal;
import rekindle.facts.ContactFacts.GrantedIncentive;
import rekindle.facts.ContactFacts.History;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Lifecycle;
import rekindle.facts.ContactFacts.ListAnswer;
import rekindle.facts.ContactFacts.Meeting;
import rekindle.facts.ContactFacts.Orders;
import rekindle.facts.ContactFacts.Reassigned;
import rekindle.facts.ContactFacts.Registry;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Subscription;
import rekindle.facts.ContactFacts.Suppression;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.ContactFacts.Trigger;
import rekindle.facts.ContactFacts.Value;
import rekindle.json.CanonicalJson;

/**
 * Writes facts as canonical JSON. What is unknown, empty or false by default is left out, so that
 * reading the bytes gives equal facts and equal facts give equal bytes.
 */
public final class FactsWriter {
  private final CanonicalJson json;

  private FactsWriter(CanonicalJson json) {
    this.json = json;
  }

  /** The facts in canonical JSON, UTF-8. */
  public static byte[] write(ContactFacts facts) {
    var json = new CanonicalJson();
    write(facts, json);
    return json.toBytes();
  }

  /** Writes the facts as one value of a larger document. */
  public static void write(ContactFacts facts, CanonicalJson json) {
    new FactsWriter(json).facts(facts);
  }

  private void facts(ContactFacts facts) {
    json.startObject();
    byChannel("channelHealth", facts.channelHealth(), (code, out) -> out.text(code));
    objects("consents", facts.consents(), this::consent);
    json.key("contact");
    contact(facts.contact());
    history(facts.history());
    object("journey", facts.journey(), this::journey);
    lifecycle(facts.lifecycle());
    byChannel("reach", facts.reach(), (code, out) -> out.text(code));
    registry(facts.registry());
    objects("responses", facts.responses(), this::response);
    objects("suppressions", facts.suppressions(), this::suppression);
    objects("touches", facts.touches(), this::touch);
    objects("triggers", facts.triggers(), this::trigger);
    value(facts.value());
    json.endObject();
  }

  private void contact(Contact contact) {
    json.startObject();
    text("accountId", contact.accountId());
    text("business", contact.business());
    texts("doNotContactScope", contact.doNotContactScope());
    isTrue("globalPrivacyControl", contact.globalPrivacyControl());
    text("id", contact.id());
    texts("jurisdictions", contact.jurisdictions());
    text("language", contact.language());
    instant("lastEngagementAt", contact.lastEngagementAt());
    byChannel("lastInboundAt", contact.lastInboundAt(), (at, out) -> out.instant(at));
    instant("lastInquiryAt", contact.lastInquiryAt());
    text("lastTouchChannel", contact.lastTouchChannel());
    text("personId", contact.personId());
    text("program", contact.program());
    text("relationship", contact.relationship());
    text("source", contact.source());
    text("statusAtLastTouch", contact.statusAtLastTouch());
    text("subscriberType", contact.subscriberType());
    texts("tags", contact.tags());
    texts("timeZones", contact.timeZones());
    json.endObject();
  }

  private void consent(Consent consent) {
    text("basis", consent.basis());
    instant("capturedAt", consent.capturedAt());
    text("channel", consent.channel().code());
    text("method", consent.method());
    bool("noticeAtCollection", consent.noticeAtCollection());
    text("proofHash", consent.proofHash());
    text("source", consent.source());
    bool("textShown", consent.textShown());
    instant("withdrawnAt", consent.withdrawnAt());
  }

  private void history(History history) {
    if (history.equals(ContactFacts.NO_HISTORY)) {
      return;
    }
    json.key("history").startObject();
    objects("incentives", history.incentives(), this::grantedIncentive);
    isTrue("openEscalation", history.openEscalation());
    if (!history.winBackAt().isEmpty()) {
      json.key("winBackAt").startArray();
      history.winBackAt().forEach(json::instant);
      json.endArray();
    }
    json.endObject();
  }

  private void grantedIncentive(GrantedIncentive incentive) {
    text("code", incentive.code());
    instant("grantedAt", incentive.grantedAt());
    bool("redeemed", incentive.redeemed());
  }

  private void journey(Journey journey) {
    text("endReason", journey.endReason());
    instant("endedAt", journey.endedAt());
    instant("enteredAt", journey.enteredAt());
    instant("pausedUntil", journey.pausedUntil());
    text("sequence", journey.sequence());
  }

  private void lifecycle(Lifecycle lifecycle) {
    if (lifecycle.equals(ContactFacts.NO_LIFECYCLE)) {
      return;
    }
    json.key("lifecycle").startObject();
    object("deal", lifecycle.deal(), this::deal);
    text("funnel", lifecycle.funnel());
    instant("lastLoginAt", lifecycle.lastLoginAt());
    object("meeting", lifecycle.meeting(), this::meeting);
    object("orders", lifecycle.orders(), this::orders);
    object("subscription", lifecycle.subscription(), this::subscription);
    json.endObject();
  }

  private void deal(Deal deal) {
    instant("closedAt", deal.closedAt());
    text("lossReason", deal.lossReason());
    text("outcome", deal.outcome());
    decimal("quotedPrice", deal.quotedPrice());
    text("stage", deal.stage());
  }

  private void meeting(Meeting meeting) {
    instant("scheduledFor", meeting.scheduledFor());
    text("status", meeting.status());
  }

  private void orders(Orders orders) {
    integer("count", orders.count());
    instant("lastPurchaseAt", orders.lastPurchaseAt());
  }

  private void subscription(Subscription subscription) {
    instant("endedAt", subscription.endedAt());
    text("reason", subscription.reason());
    text("status", subscription.status());
    integer("usageLast30Days", subscription.usageLast30Days());
  }

  private void registry(Registry registry) {
    if (registry.equals(ContactFacts.NO_REGISTRY)) {
      return;
    }
    json.key("registry").startObject();
    objects("lists", registry.lists(), this::listAnswer);
    object("reassigned", registry.reassigned(), this::reassigned);
    json.endObject();
  }

  private void listAnswer(ListAnswer answer) {
    instant("checkedAt", answer.checkedAt());
    bool("listed", answer.listed());
    text("name", answer.name());
  }

  private void reassigned(Reassigned reassigned) {
    text("answer", reassigned.answer());
    instant("checkedAt", reassigned.checkedAt());
  }

  private void response(Response response) {
    instant("at", response.at());
    text("channel", response.channel() == null ? null : response.channel().code());
    text("disposition", response.disposition());
    text("kind", response.kind());
  }

  private void suppression(Suppression suppression) {
    text("reason", suppression.reason());
    text("scope", suppression.scope());
    instant("since", suppression.since());
    instant("until", suppression.until());
  }

  private void touch(Touch touch) {
    instant("at", touch.at());
    text("channel", touch.channel().code());
    text("id", touch.id());
    text("outcome", touch.outcome());
    text("sequence", touch.sequence());
    integer("step", (long) touch.step());
  }

  private void trigger(Trigger trigger) {
    instant("at", trigger.at());
    text("kind", trigger.kind());
    bool("matchesGap", trigger.matchesGap());
    text("topic", trigger.topic());
  }

  private void value(Value value) {
    if (value.equals(ContactFacts.NO_VALUE)) {
      return;
    }
    json.key("value").startObject();
    decimal("acquisitionCost", value.acquisitionCost());
    text("currency", value.currency());
    decimal("grossMarginRate", value.grossMarginRate());
    decimal("lifetimeValue", value.lifetimeValue());
    json.endObject();
  }

  private void text(String key, @Nullable String value) {
    if (value != null) {
      json.key(key).text(value);
    }
  }

  private void instant(String key, @Nullable Instant value) {
    if (value != null) {
      json.key(key).instant(value);
    }
  }

  private void decimal(String key, @Nullable BigDecimal value) {
    if (value != null) {
      json.key(key).decimal(value);
    }
  }

  private void integer(String key, @Nullable Long value) {
    if (value != null) {
      json.key(key).integer(value);
    }
  }

  private void bool(String key, @Nullable Boolean value) {
    if (value != null) {
      json.key(key).bool(value);
    }
  }

  private void isTrue(String key, boolean value) {
    if (value) {
      json.key(key).bool(true);
    }
  }

  private void texts(String key, List<String> values) {
    if (!values.isEmpty()) {
      json.key(key).texts(values);
    }
  }

  private <T> void object(String key, @Nullable T value, Consumer<T> fields) {
    if (value != null) {
      json.key(key).startObject();
      fields.accept(value);
      json.endObject();
    }
  }

  private <T> void objects(String key, List<T> values, Consumer<T> fields) {
    if (values.isEmpty()) {
      return;
    }
    json.key(key).startArray();
    for (T value : values) {
      json.startObject();
      fields.accept(value);
      json.endObject();
    }
    json.endArray();
  }

  private <T> void byChannel(
      String key, Map<Channel, T> values, BiConsumer<T, CanonicalJson> write) {
    if (values.isEmpty()) {
      return;
    }
    json.key(key).startObject();
    values.forEach((channel, value) -> write.accept(value, json.key(channel.code())));
    json.endObject();
  }
}
