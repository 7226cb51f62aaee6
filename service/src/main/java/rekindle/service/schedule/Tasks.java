package rekindle.service.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.code.Vocabulary;
import rekindle.json.JsonProblems;
import rekindle.json.Rfc3339;
import rekindle.service.event.EventIntake;
import rekindle.service.intake.EventDocument;
import rekindle.service.message.PassedMessage;
import rekindle.service.message.RenderedMessage;
import rekindle.service.schedule.Outcomes.Telling;
import rekindle.service.store.ScheduledTouches;
import rekindle.service.store.ScheduledTouches.State;
import rekindle.service.store.TaskStore;
import rekindle.service.store.TaskStore.Task;

/**
 * What people do by hand. Whoever takes a call or a LinkedIn message gets it decided once more, and
 * what they hear is obeyed in the transaction that tells it. Thread-safe.
 */
public final class Tasks {
  /** How a task ends. */
  public static final Vocabulary DISPOSITION =
      Vocabulary.of(
          "disposition",
          "done",
          "done, with nothing to tell",
          "reached",
          "spoke with the person, who said neither yes nor no",
          "positive",
          "the person wants to hear more",
          "voicemail",
          "left a message",
          "no_answer",
          "nobody answered",
          "busy",
          "the line was busy",
          "wrong_number",
          "somebody else answered",
          "not_interested",
          "the person is not interested",
          "opt_out",
          "the person wants no more calls or messages on this channel",
          "opt_out_all",
          "the person wants to hear nothing any more",
          "complaint",
          "the person complained",
          "not_done",
          "it was not done and will not be");

  private static final Duration CLAIMED = Duration.ofMinutes(30);

  private final TaskStore store;
  private final Confirmations confirmations;
  private final Composer composer;
  private final Outcomes outcomes;
  private final EventIntake events;
  private final InstantSource clock;

  public Tasks(
      TaskStore store,
      Confirmations confirmations,
      Composer composer,
      Outcomes outcomes,
      EventIntake events,
      InstantSource clock) {
    this.store = store;
    this.confirmations = confirmations;
    this.composer = composer;
    this.outcomes = outcomes;
    this.events = events;
    this.clock = clock;
  }

  /** Does a transaction that claims, again for as long as a no comes in between. */
  public <T> T patiently(java.util.function.Supplier<T> transaction) {
    return confirmations.patiently(same -> transaction.get());
  }

  /**
   * Whether a task is the caller's now.
   *
   * @param reasons codes of why not
   * @param script what to say or write; null where nobody wrote one
   */
  public record Claimed(boolean claimed, List<String> reasons, Task task, @Nullable String script) {
    static Claimed not(String reason, Task task) {
      return new Claimed(false, List.of(reason), task, null);
    }
  }

  /**
   * Takes a task; one that is a touch is decided once more.
   *
   * @return empty if there is no such task
   */
  public Optional<Claimed> claim(Handle handle, UUID id, String client) {
    return TaskStore.lock(handle, id).map(task -> claim(handle, task, client));
  }

  private Claimed claim(Handle handle, Task task, String client) {
    String holder = task.claimedBy();
    if (task.doneAt() != null) {
      return Claimed.not("task_done", task);
    }
    if (holder != null && !holder.equals(client)) {
      return Claimed.not("claimed_by_another", task);
    }
    String touch = task.touchId();
    String script = null;
    if (holder == null && touch != null && isStillToConfirm(handle, touch)) {
      var verdict = confirmations.confirmByHand(handle, touch, client);
      if (!verdict.send()) {
        // Whatever it was for is over.
        ScheduledTouches.release(handle, List.of(touch), Set.of(State.TASK), "not confirmed");
        store.done(handle, task.id(), client, "withdrawn", null);
        return new Claimed(false, verdict.reasons(), now(handle, task), null);
      }
      script = script(handle, verdict.decided());
    }
    TaskStore.claim(handle, task.id(), client, CLAIMED);
    return new Claimed(true, List.of(), now(handle, task), script);
  }

  private static Task now(Handle handle, Task task) {
    return TaskStore.find(handle, task.id()).orElse(task);
  }

  private @Nullable String script(Handle handle, @Nullable Decided decided) {
    return decided == null
        ? null
        : composer
            .compose(handle, decided)
            .map(PassedMessage::message)
            .map(RenderedMessage::text)
            .orElse(null);
  }

  /** A touch that somebody took before, and gave up, is decided already. */
  private static boolean isStillToConfirm(Handle handle, String touch) {
    return ScheduledTouches.find(handle, touch)
        .filter(standing -> standing.state() == State.SENDING)
        .isEmpty();
  }

  /**
   * Ends a task that the caller took, and does what was heard.
   *
   * @return empty if there is no such task; {@code claimed} is false if it is not the caller's
   */
  public Optional<Claimed> done(
      Handle handle, UUID id, String client, String disposition, @Nullable String note) {
    return TaskStore.lock(handle, id)
        .map(
            task -> {
              if (task.doneAt() != null) {
                return Claimed.not("task_done", task);
              }
              if (!client.equals(task.claimedBy())) {
                return Claimed.not("not_claimed", task);
              }
              store.done(handle, id, client, disposition, note);
              String touch = task.touchId();
              if (touch != null) {
                var telling = new Telling(touch, outcome(disposition), null, disposition);
                outcomes.take(handle, List.of(telling), client);
              }
              heard(handle, task, client, disposition, note);
              return new Claimed(true, List.of(), now(handle, task), null);
            });
  }

  private static String outcome(String disposition) {
    return switch (disposition) {
      case "not_done" -> "not_sent";
      case "no_answer", "busy", "wrong_number" -> "failed";
      default -> "delivered";
    };
  }

  /** What the person said is an event like any other. */
  private void heard(
      Handle handle, Task task, String client, String disposition, @Nullable String note) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    event
        .put("id", task.id().toString())
        .put("source", "task")
        .put("contactId", task.contactId())
        .put("at", Rfc3339.format(now));
    if (task.channel() != null) {
      event.put("channel", task.channel());
    }
    switch (disposition) {
      case "positive" -> event.put("kind", "reply").put("disposition", "positive");
      case "reached" -> event.put("kind", "reply").put("disposition", "neutral");
      case "wrong_number" -> event.put("kind", "opt_out").put("reason", "wrong_person");
      case "not_interested" -> event.put("kind", "opt_out").put("reason", "not_interested");
      case "opt_out" -> event.put("kind", "opt_out");
      case "opt_out_all" -> event.put("kind", "opt_out").putArray("scope").add("all");
      case "complaint" -> event.put("kind", "complaint");
      default -> {
        return;
      }
    }
    if (note != null && event.path("kind").asText().equals("opt_out")) {
      event.put("text", note);
    }
    var problems = new JsonProblems();
    EventDocument document = EventDocument.read(event, "", client, now, problems);
    problems.throwIfAny();
    events.write(handle, List.of(document));
  }
}
