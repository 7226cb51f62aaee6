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
import rekindle.facts.Channel;
import rekindle.json.JsonProblems;
import rekindle.json.Rfc3339;
import rekindle.service.event.EventIntake;
import rekindle.service.intake.EventDocument;
import rekindle.service.message.Finding;
import rekindle.service.message.PassedMessage;
import rekindle.service.message.Preflight;
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

  /** What ends contact, whoever tells it. */
  private static final Set<String> NOES =
      Set.of("wrong_number", "not_interested", "opt_out", "opt_out_all", "complaint");

  /** Somebody was called who could not be spoken with. */
  private static final Set<String> MISSED = Set.of("voicemail", "no_answer", "busy");

  /** Whoever ends a task tells something else. */
  private static final Set<String> ENDED_BY_OTHERS = Set.of("withdrawn", "missed");

  private static final String DONE = "task_done";
  private static final Duration CLAIMED = Duration.ofMinutes(30);

  private final TaskStore store;
  private final Confirmations confirmations;
  private final FollowUps followUps;
  private final Composer composer;
  private final Outcomes outcomes;
  private final EventIntake events;
  private final InstantSource clock;

  public Tasks(
      TaskStore store,
      Confirmations confirmations,
      FollowUps followUps,
      Composer composer,
      Outcomes outcomes,
      EventIntake events,
      InstantSource clock) {
    this.store = store;
    this.confirmations = confirmations;
    this.followUps = followUps;
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
   * What became of a task that somebody wants to take or to end.
   *
   * @param accepted whether it is the caller's now, or was until it ended
   * @param reasons codes of why not
   * @param script what to say or write; null where there is none
   * @param findings of the check of the script: why there is none, and warnings
   * @param obeyed whether a no was told, which holds from now on
   */
  public record Answer(
      boolean accepted,
      List<String> reasons,
      Task task,
      @Nullable String script,
      List<Finding> findings,
      boolean obeyed) {
    private static Answer not(List<String> reasons, Task task) {
      return new Answer(false, reasons, task, null, List.of(), false);
    }
  }

  /**
   * Takes a task; one that is a touch is decided once more.
   *
   * @return empty if there is no such task
   */
  public Optional<Answer> claim(Handle handle, UUID id, String client) {
    return TaskStore.lock(handle, id).map(task -> claim(handle, task, client));
  }

  private Answer claim(Handle handle, Task task, String client) {
    String holder = task.claimedBy();
    if (task.doneAt() != null) {
      return Answer.not(List.of(DONE), task);
    }
    if (holder != null && !holder.equals(client)) {
      return Answer.not(List.of("claimed_by_another"), task);
    }
    String touch = task.touchId();
    return touch == null
        ? claimFollowUp(handle, task, client)
        : claimTouch(handle, task, touch, client);
  }

  /** Somebody who said yes waits for a call, however late. */
  private Answer claimFollowUp(Handle handle, Task task, String client) {
    var objections = followUps.objections(handle, task.contactId());
    if (!objections.reasons().isEmpty()) {
      return objections.forGood()
          ? refused(handle, task, client, objections.reasons())
          : Answer.not(objections.reasons(), task);
    }
    TaskStore.claim(handle, task.id(), client, CLAIMED, null);
    return taken(now(handle, task), null);
  }

  /** Decided by what is known now, also where others had it in hand before. */
  private Answer claimTouch(Handle handle, Task task, String touch, String client) {
    Instant dueBy = task.dueBy();
    if (dueBy != null && !clock.instant().isBefore(dueBy)) {
      return Answer.not(List.of("past_due"), task);
    }
    var verdict = confirmations.confirmByHand(handle, touch, client);
    Decided decided = verdict.decided();
    if (!verdict.send() || decided == null) {
      // What somebody had in hand counts: they may have done it.
      ScheduledTouches.release(handle, List.of(touch), Set.of(State.TASK), "not confirmed");
      return refused(handle, task, client, verdict.reasons());
    }
    TaskStore.claim(handle, task.id(), client, CLAIMED, earlier(dueBy, verdict.sendNotAfter()));
    return taken(now(handle, task), composer.compose(handle, decided));
  }

  /** Whatever it was for is over; whoever has it in hand may still end it. */
  private Answer refused(Handle handle, Task task, String client, List<String> reasons) {
    if (task.claimedBy() == null) {
      store.done(handle, task.id(), client, "withdrawn", null);
    }
    return Answer.not(reasons, now(handle, task));
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }

  private static Answer taken(Task task, Preflight.@Nullable Checked checked) {
    if (checked == null) {
      return new Answer(true, List.of(), task, null, List.of(), false);
    }
    String script =
        checked.passed().map(PassedMessage::message).map(RenderedMessage::text).orElse(null);
    return new Answer(true, List.of(), task, script, checked.report().findings(), false);
  }

  private static Task now(Handle handle, Task task) {
    return TaskStore.find(handle, task.id()).orElse(task);
  }

  /**
   * Ends a task that the caller took, and does what was heard. A no is obeyed whoever tells it, and
   * also of a task that is over.
   *
   * @return empty if there is no such task; it is not accepted if it is not the caller's
   */
  public Optional<Answer> done(
      Handle handle, UUID id, String client, String disposition, @Nullable String note) {
    return TaskStore.lock(handle, id)
        .map(
            task -> {
              String refusal = refusal(task, client);
              boolean isNo = NOES.contains(disposition);
              if (refusal == null) {
                end(handle, task, client, disposition, note);
              }
              if (refusal == null || isNo) {
                heard(handle, task, client, disposition, note);
              }
              List<String> reasons = refusal == null ? List.of() : List.of(refusal);
              return new Answer(refusal == null, reasons, now(handle, task), null, List.of(), isNo);
            });
  }

  /**
   * Null if the task is the caller's to end: also after the claim ran out, or it was ended because
   * nobody told anything, as long as nobody else took it.
   */
  private static @Nullable String refusal(Task task, String client) {
    boolean isLastHolder = client.equals(task.lastHolder());
    if (task.doneAt() != null) {
      // What was ended over somebody's call, they know more of.
      return isLastHolder && ENDED_BY_OTHERS.contains(task.disposition()) ? null : DONE;
    }
    return isLastHolder ? null : "not_claimed";
  }

  private void end(
      Handle handle, Task task, String client, String disposition, @Nullable String note) {
    String touch = task.touchId();
    if (touch == null && MISSED.contains(disposition)) {
      // Whoever said yes is called again.
      store.giveBack(handle, task.id(), note);
      return;
    }
    store.done(handle, task.id(), client, disposition, note);
    if (touch != null) {
      var telling = new Telling(touch, outcome(disposition), null, disposition, true);
      outcomes.take(handle, List.of(telling), client);
    }
  }

  /**
   * A call that nobody took was made all the same, and counts. What was not done is made again, if
   * nobody else had it in hand who may have called; else it stays in doubt, and counts.
   */
  private static String outcome(String disposition) {
    return switch (disposition) {
      case "not_done" -> "not_sent";
      case "no_answer", "busy", "wrong_number" -> "handed_over";
      default -> "delivered";
    };
  }

  /** What the person said is an event like any other. */
  private void heard(
      Handle handle, Task task, String client, String disposition, @Nullable String note) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String at = Rfc3339.format(now);
    // Another one each time: a no that is told again, after a consent, is one again.
    event
        .put("id", task.id() + "/" + disposition + "/" + at)
        .put("source", "task")
        .put("contactId", task.contactId())
        .put("at", at);
    String channel = channel(task, disposition);
    if (channel != null) {
      event.put("channel", channel);
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
    if (task.touchId() == null && disposition.equals("positive")) {
      TaskStore.answer(handle, task.id(), now);
    }
    events.write(handle, List.of(document));
  }

  /** A follow-up has none, but a wrong number was called. */
  private static @Nullable String channel(Task task, String disposition) {
    return task.channel() == null && disposition.equals("wrong_number")
        ? Channel.PHONE.code()
        : task.channel();
  }
}
