package rekindle.service.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.code.Vocabulary;
import rekindle.json.CanonicalJson;
import rekindle.json.Rfc3339;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.ScheduledTouches;
import rekindle.service.store.ScheduledTouches.Heard;
import rekindle.service.store.ScheduledTouches.State;
import rekindle.service.store.ScheduledTouches.Told;
import rekindle.service.store.ScheduledTouches.ToldOf;
import rekindle.service.store.Wakes;

/**
 * Takes in what became of touches, in any order, twice or late: the outcome that says most counts,
 * and every telling stays in the ledger. Thread-safe.
 */
public final class Outcomes {
  /** What may be told. */
  public static final Vocabulary OUTCOME =
      Vocabulary.of(
          "outcome",
          "handed_over",
          "the platform has it and sends it",
          "delivered",
          "it arrived",
          "bounced",
          "it came back",
          "failed",
          "it could not be sent",
          "not_sent",
          "it was not sent, and will not be");

  /** Outcomes after which a touch does not count. */
  private static final Set<String> NOTHING_SENT = Set.of("failed", "not_sent");

  private final HandOverConfiguration ways;
  private final TimeOrderedIds ids;
  private final InstantSource clock;

  public Outcomes(HandOverConfiguration ways, TimeOrderedIds ids, InstantSource clock) {
    this.ways = ways;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Something told of a touch.
   *
   * @param at when it happened; null, or to come, for now
   * @param detail without personal data; null for none
   * @param last whether nothing more will be told, whatever the outcome says
   */
  public record Telling(
      String touchId, String outcome, @Nullable Instant at, @Nullable String detail, boolean last) {
    public Telling(String touchId, String outcome, @Nullable Instant at, @Nullable String detail) {
      this(touchId, outcome, at, detail, false);
    }

    /** Clocks differ, and what is told has happened. */
    Instant happened(Instant now) {
      return at == null || at.isAfter(now) ? now : at;
    }
  }

  /**
   * Takes in what is told, in the caller's transaction.
   *
   * @return of each {@code counted}, {@code known} if it changed nothing, {@code unknown_touch}, or
   *     {@code leased_by_another} for a client that says that a touch which another one has, or had
   *     in hand before, was not sent: it would be made again
   */
  public List<String> take(Handle handle, List<Telling> tellings, String client) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<String> touches = tellings.stream().map(Telling::touchId).distinct().toList();
    Map<String, ToldOf> known = ScheduledTouches.toldOf(handle, touches);
    String[] results = new String[tellings.size()];
    Arrays.fill(results, "unknown_touch");
    var woken = new ArrayList<String>();
    // Several about one touch are told one after another.
    var left = new ArrayList<Integer>();
    for (int i = 0; i < tellings.size(); i++) {
      if (isOfAnother(tellings.get(i), known, client)) {
        results[i] = "leased_by_another";
      } else {
        left.add(i);
      }
    }
    while (!left.isEmpty()) {
      var round = new ArrayList<Integer>();
      var seen = new java.util.HashSet<String>();
      left.stream().filter(i -> seen.add(tellings.get(i).touchId())).forEach(round::add);
      left.removeAll(round);
      List<Told> told = round.stream().map(i -> told(tellings.get(i), known, now)).toList();
      for (Heard heard : ScheduledTouches.tell(handle, told)) {
        int index = round.get(heard.index());
        results[index] = heard.counted() ? "counted" : "known";
        if (heard.counted()) {
          woken.add(heard.contactId());
        }
      }
    }
    Wakes.wake(handle, woken);
    DecisionStore.append(handle, events(tellings, results, now, client));
    return List.of(results);
  }

  /** Of several who had a touch in hand none can say for the others that nothing was sent. */
  private static boolean isOfAnother(Telling telling, Map<String, ToldOf> known, String client) {
    ToldOf touch = known.get(telling.touchId());
    if (touch == null || !NOTHING_SENT.contains(telling.outcome())) {
      return false;
    }
    String holder = touch.holder();
    return touch.passedOn() || (holder != null && !holder.equals(client));
  }

  private Told told(Telling telling, Map<String, ToldOf> known, Instant now) {
    State state =
        switch (telling.outcome()) {
          case "handed_over" -> telling.last() ? State.DONE : State.HANDED_OVER;
          case "failed" -> State.REJECTED;
          default -> State.DONE;
        };
    ToldOf touch = known.get(telling.touchId());
    Instant watchUntil =
        state == State.HANDED_OVER && touch != null
            ? now.plus(ways.outcomeWithin(touch.channel()))
            : null;
    return new Told(
        telling.touchId(),
        null,
        telling.outcome(),
        state,
        telling.happened(now),
        telling.detail(),
        watchUntil);
  }

  /** Also of touches that nobody knows: whoever reconciles finds them in the audit log. */
  private List<AuditEvent> events(
      List<Telling> tellings, String[] results, Instant now, String client) {
    var events = new ArrayList<AuditEvent>();
    for (int i = 0; i < results.length; i++) {
      Telling telling = tellings.get(i);
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("actor", client)
          .put("at", Rfc3339.format(telling.happened(now)))
          .put("kind", "outcome")
          .put("outcome", telling.outcome())
          .put("result", results[i])
          .put("touch", telling.touchId())
          .put("v", 1);
      events.add(new AuditEvent(ids.next(), "outcome", null, CanonicalJson.of(body)));
    }
    return events;
  }
}
