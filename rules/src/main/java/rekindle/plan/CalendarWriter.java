package rekindle.plan;

import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.ChannelAnswer;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.decision.Decision.TraceEntry;
import rekindle.decision.DecisionWriter;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Trigger;
import rekindle.json.CanonicalJson;
import rekindle.plan.CalendarEntry.Decided;
import rekindle.plan.CalendarEntry.Responded;
import rekindle.plan.CalendarEntry.Triggered;

/**
 * Writes calendars as canonical JSON. Every entry has every key, null or empty where there is
 * nothing; {@code kind} says which of {@code decision}, {@code response} and {@code trigger} it is.
 */
public final class CalendarWriter {
  private final CanonicalJson json = new CanonicalJson();
  private final ContactCalendar calendar;

  private CalendarWriter(ContactCalendar calendar) {
    this.calendar = calendar;
  }

  /** The calendar in canonical JSON, UTF-8. */
  public static byte[] write(ContactCalendar calendar) {
    var writer = new CalendarWriter(calendar);
    writer.document();
    return writer.json.toBytes();
  }

  private void document() {
    var assumptions = calendar.assumptions();
    json.startObject();
    json.key("asOf").instant(assumptions.from());
    json.key("contactId").text(calendar.contactId());
    json.key("days").integer(assumptions.days());
    json.key("endedAt").instant(calendar.endedAt());
    json.key("ending").text(calendar.ending().code());
    json.key("entries").startArray();
    calendar
        .entries()
        .forEach(entry -> entry.match(this::decided, this::responded, this::triggered));
    json.endArray();
    json.key("next");
    if (calendar.next() == null) {
      json.nothing();
    } else {
      decided(calendar.next());
    }
    json.key("personId").text(calendar.personId());
    json.key("release").text(calendar.release());
    json.key("timeZone").text(calendar.zoneName());
    json.key("until").instant(assumptions.until());
    json.endObject();
  }

  private boolean decided(Decided entry) {
    return entry(entry, "decision", entry, null, null);
  }

  private boolean responded(Responded entry) {
    return entry(entry, "response", null, entry, null);
  }

  private boolean triggered(Triggered entry) {
    return entry(entry, "trigger", null, null, entry.trigger());
  }

  private boolean entry(
      CalendarEntry entry,
      String kind,
      @Nullable Decided decided,
      @Nullable Responded responded,
      @Nullable Trigger trigger) {
    Decision decision = decided == null ? null : decided.decision();
    Instant enteredAt = entry.enteredAt();
    json.startObject();
    json.key("at").instant(entry.at());
    json.key("begins").text(decided == null ? null : decided.begins());
    json.key("cohort").text(decision == null ? null : decision.cohort());
    json.key("day");
    if (enteredAt == null) {
      json.nothing();
    } else {
      json.integer(calendar.dayOf(entry.at(), enteredAt));
    }
    list("delays", decided == null ? List.of() : decided.delays(), DecisionWriter::denial);
    json.key("ends").text(decided == null ? null : decided.ends());
    DecisionWriter.incentive(decision == null ? null : decision.incentive(), json);
    json.key("kind").text(kind);
    passedOver(decided);
    list("reasons", decision == null ? List.of() : decision.reasons(), DecisionWriter::reason);
    response(responded);
    json.key("segment").text(decision == null ? null : decision.segment());
    list("skipped", decided == null ? List.of() : decided.skippedSteps(), CalendarWriter::step);
    touch(decision == null ? null : decision.touch());
    trigger(trigger);
    json.key("until").instant(decided == null ? null : decided.until());
    json.key("verdict").text(decision == null ? null : decision.verdict().code());
    json.endObject();
    return true;
  }

  private static void step(TraceEntry step, CanonicalJson json) {
    json.key("row").text(step.row());
    json.key("rule").text(step.rule());
  }

  private void passedOver(@Nullable Decided decided) {
    json.key("passedOver").startArray();
    if (decided != null) {
      for (Channel channel : decided.passedOver()) {
        ChannelAnswer answer = decided.decision().channels().get(channel);
        json.startObject();
        json.key("channel").text(channel.code());
        list("denials", answer == null ? List.of() : answer.denials(), DecisionWriter::denial);
        json.endObject();
      }
    }
    json.endArray();
  }

  private void response(@Nullable Responded responded) {
    json.key("response");
    if (responded == null) {
      json.nothing();
      return;
    }
    Response response = responded.response();
    Channel channel = response.channel();
    json.startObject();
    json.key("assumed").bool(responded.assumed());
    json.key("channel").text(channel == null ? null : channel.code());
    json.key("disposition").text(response.disposition());
    json.key("kind").text(response.kind());
    json.endObject();
  }

  private void touch(@Nullable PlannedTouch touch) {
    json.key("touch");
    if (touch == null) {
      json.nothing();
      return;
    }
    json.startObject();
    json.key("by").text(touch.by());
    json.key("channel").text(touch.channel().code());
    json.key("language").text(touch.language());
    json.key("notAfter").instant(touch.notAfter());
    json.key("notBefore").instant(touch.notBefore());
    json.key("of").integer(touch.of());
    json.key("purpose").text(touch.purpose());
    json.key("requiredElements").texts(touch.requiredElements());
    json.key("sequence").text(touch.sequence());
    json.key("step").integer(touch.step());
    json.key("template").text(touch.template());
    json.endObject();
  }

  private void trigger(@Nullable Trigger trigger) {
    json.key("trigger");
    if (trigger == null) {
      json.nothing();
      return;
    }
    json.startObject();
    json.key("kind").text(trigger.kind());
    json.key("matchesGap").bool(trigger.matchesGap());
    json.key("topic").text(trigger.topic());
    json.endObject();
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
