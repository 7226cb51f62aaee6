package rekindle.decision;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.ExperimentArm;
import rekindle.decision.Decision.Incentive;
import rekindle.decision.Decision.Money;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.decision.Decision.Reason;
import rekindle.decision.Decision.TraceEntry;
import rekindle.facts.Channel;
import rekindle.json.CanonicalJson;

/**
 * Writes decisions as canonical JSON: every key of the contract's section 3 is there, null or empty
 * where there is nothing; only {@code touch} is left out.
 */
public final class DecisionWriter {
  private final CanonicalJson json;
  private final @Nullable String id;
  private final @Nullable String touchId;

  private final @Nullable String unsubscribeUrl;

  private DecisionWriter(
      CanonicalJson json,
      @Nullable String id,
      @Nullable String touchId,
      @Nullable String unsubscribeUrl) {
    this.json = json;
    this.id = id;
    this.touchId = touchId;
    this.unsubscribeUrl = unsubscribeUrl;
  }

  /** The decision in canonical JSON, UTF-8. */
  public static byte[] write(Decision decision) {
    var json = new CanonicalJson();
    write(decision, json);
    return json.toBytes();
  }

  /** Writes the decision as one value of a larger document. */
  public static void write(Decision decision, CanonicalJson json) {
    new DecisionWriter(json, decision.id(), null, null).decision(decision);
  }

  /**
   * The decision as it is recorded: with its own id and, where there is a touch, the touch's.
   *
   * @param touchId the same each time for one person, sequence and step while that touch is open
   * @param unsubscribeUrl what the touch's message must link to; null if it needs none
   */
  public static byte[] write(
      Decision decision, String id, @Nullable String touchId, @Nullable String unsubscribeUrl) {
    var json = new CanonicalJson();
    new DecisionWriter(json, id, touchId, unsubscribeUrl).decision(decision);
    return json.toBytes();
  }

  private void decision(Decision decision) {
    json.startObject();
    json.key("asOf").instant(decision.asOf());
    channels(decision.channels());
    json.key("cohort").text(decision.cohort());
    json.key("contactId").text(decision.contactId());
    list("experiments", decision.experiments(), DecisionWriter::experiment);
    json.key("group").text(decision.group());
    json.key("id").text(id);
    incentive(decision.incentive(), json);
    json.key("offerAngle").text(decision.offerAngle());
    json.key("personId").text(decision.personId());
    list("reasons", decision.reasons(), DecisionWriter::reason);
    json.key("recheckAt").instant(decision.recheckAt());
    json.key("release").text(decision.release());
    json.key("segment").text(decision.segment());
    json.key("tier");
    if (decision.tier() == null) {
      json.nothing();
    } else {
      json.integer(decision.tier());
    }
    if (decision.touch() != null) {
      touch(decision.touch());
    }
    list("trace", decision.trace(), DecisionWriter::traceEntry);
    json.key("verdict").text(decision.verdict().code());
    json.endObject();
  }

  private void channels(Map<Channel, ChannelAnswer> channels) {
    json.key("channels").startObject();
    channels.forEach(
        (channel, answer) -> {
          json.key(channel.code()).startObject();
          json.key("allowed").bool(answer.allowed());
          json.key("basis").text(answer.basis());
          list("denials", answer.denials(), DecisionWriter::denial);
          json.key("row").text(answer.row());
          json.key("rule").text(answer.rule());
          json.endObject();
        });
    json.endObject();
  }

  /** Writes the fields of a denial into an object that is open. */
  public static void denial(Denial denial, CanonicalJson json) {
    json.key("citation").text(denial.citation());
    json.key("code").text(denial.code());
    json.key("row").text(denial.row());
    json.key("rule").text(denial.rule());
    json.key("text").text(denial.text());
    json.key("until").instant(denial.until());
  }

  private static void experiment(ExperimentArm experiment, CanonicalJson json) {
    json.key("arm").text(experiment.arm());
    json.key("name").text(experiment.name());
  }

  /** Writes an incentive, or null for none, under its own key. */
  public static void incentive(@Nullable Incentive incentive, CanonicalJson json) {
    json.key("incentive");
    if (incentive == null) {
      json.nothing();
      return;
    }
    json.startObject();
    json.key("code").text(incentive.code());
    money("cost", incentive.cost(), json);
    json.key("row").text(incentive.row());
    json.key("rule").text(incentive.rule());
    json.key("validUntil").instant(incentive.validUntil());
    money("value", incentive.value(), json);
    json.endObject();
  }

  private static void money(String key, @Nullable Money money, CanonicalJson json) {
    json.key(key);
    if (money == null) {
      json.nothing();
      return;
    }
    json.startObject();
    json.key("amount").decimal(money.amount());
    json.key("currency").text(money.currency());
    json.endObject();
  }

  /** Writes the fields of a reason into an object that is open. */
  public static void reason(Reason reason, CanonicalJson json) {
    json.key("citation").text(reason.citation());
    json.key("code").text(reason.code());
    json.key("row").text(reason.row());
    json.key("rule").text(reason.rule());
    json.key("text").text(reason.text());
  }

  private void touch(PlannedTouch touch) {
    json.key("touch").startObject();
    json.key("by").text(touch.by());
    json.key("channel").text(touch.channel().code());
    if (touchId != null) {
      json.key("id").text(touchId);
    }
    json.key("language").text(touch.language());
    json.key("notAfter").instant(touch.notAfter());
    json.key("notBefore").instant(touch.notBefore());
    json.key("of").integer(touch.of());
    json.key("purpose").text(touch.purpose());
    json.key("requiredElements").texts(touch.requiredElements());
    json.key("sequence").text(touch.sequence());
    json.key("step").integer(touch.step());
    json.key("template").text(touch.template());
    if (unsubscribeUrl != null) {
      json.key("unsubscribeUrl").text(unsubscribeUrl);
    }
    json.endObject();
  }

  private static void traceEntry(TraceEntry entry, CanonicalJson json) {
    json.key("row").text(entry.row());
    json.key("rule").text(entry.rule());
    json.key("set").startObject();
    entry.set().forEach((name, value) -> cell(value, json.key(name)));
    json.endObject();
    json.key("stage").text(entry.stage());
  }

  private static void cell(@Nullable Object value, CanonicalJson json) {
    if (value == null) {
      json.nothing();
    } else if (value instanceof String text) {
      json.text(text);
    } else if (value instanceof Long || value instanceof Integer) {
      json.integer(((Number) value).longValue());
    } else if (value instanceof BigDecimal decimal) {
      json.decimal(decimal);
    } else if (value instanceof Boolean yes) {
      json.bool(yes);
    } else if (value instanceof List<?> list) {
      json.startArray();
      list.forEach(entry -> cell(entry, json));
      json.endArray();
    } else {
      throw new IllegalArgumentException("A trace holds no " + value.getClass().getName());
    }
  }

  private <T> void list(String key, List<T> entries, BiConsumer<T, CanonicalJson> write) {
    json.key(key).startArray();
    for (T entry : entries) {
      json.startObject();
      write.accept(entry, json);
      json.endObject();
    }
    json.endArray();
  }
}
