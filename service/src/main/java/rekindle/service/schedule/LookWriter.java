package rekindle.service.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.decision.Decision.Reason;
import rekindle.decision.Decision.Verdict;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Response;
import rekindle.json.CanonicalJson;
import rekindle.json.Rfc3339;
import rekindle.service.decide.Recording;
import rekindle.service.decide.TouchLinks;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.schedule.Taker.Reserve;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.JourneyStore;
import rekindle.service.store.NextLooks;
import rekindle.service.store.Notification;
import rekindle.service.store.NotificationStore;
import rekindle.service.store.OpenTouches;
import rekindle.service.store.RecordedDecision;
import rekindle.service.store.ScheduledTouches.State;
import rekindle.service.store.TaskStore;
import rekindle.service.store.TaskStore.NewTask;
import rekindle.service.store.TaskStore.Yes;

/**
 * Writes what looks came to, in the transaction that looked: decisions that are new, with their
 * events for the audit log, touches that end because their people left, journeys that begin and
 * end, tasks for people, and when to look again.
 */
final class LookWriter {
  /** Who asks, where nobody outside did. */
  static final String SCHEDULER = "scheduler";

  /** Reasons for which a person takes over who was not asked yet. */
  private static final Set<String> TAKEN_OVER = Set.of("positive_reply", "booking");

  private final TouchLinks links;
  private final TimeOrderedIds ids;

  LookWriter(TouchLinks links, TimeOrderedIds ids) {
    this.links = links;
    this.ids = ids;
  }

  /** What one group of looks writes. */
  private static final class Batch {
    final List<RecordedDecision> decisions = new ArrayList<>();
    final List<AuditEvent> events = new ArrayList<>();
    final List<OpenTouches.End> left = new ArrayList<>();
    final List<JourneyStore.End> ends = new ArrayList<>();
    final List<JourneyStore.Begin> begins = new ArrayList<>();
    final List<NewTask> tasks = new ArrayList<>();
    final List<String> saidNo = new ArrayList<>();
    final List<Notification> notifications = new ArrayList<>();
    final List<NextLooks.Ended> looks = new ArrayList<>();

    /** Contacts of people who said yes, and whom nobody is to call yet. */
    final Set<String> saidYes;

    Batch(Set<String> saidYes) {
      this.saidYes = saidYes;
    }
  }

  /**
   * @param leased whether the looks are leases; whoever holds their rows instead must not wait for
   *     touches, since others that hold touches wait for the rows
   */
  void write(Handle handle, List<Look> looks, boolean leased) throws SQLException {
    var batch = new Batch(TaskStore.unanswered(handle, yeses(looks)));
    for (Look look : looks) {
      Decided decided = look.decided();
      if (decided != null) {
        add(look, decided, batch);
        if (leased) {
          batch.left.addAll(Leaving.of(decided));
        }
      }
      batch.looks.add(look.ended());
    }
    DecisionStore.insertDecisions(handle, batch.decisions);
    DecisionStore.insertEvents(handle, batch.events);
    OpenTouches.end(handle, batch.left, ids::next);
    JourneyStore.end(handle, batch.ends);
    JourneyStore.begin(handle, batch.begins);
    TaskStore.withdrawFollowUps(handle, batch.saidNo);
    TaskStore.add(handle, batch.tasks);
    NotificationStore.add(handle, batch.notifications);
    NextLooks.end(handle, batch.looks);
  }

  private void add(Look look, Decided decided, Batch batch) {
    boolean saidYes = batch.saidYes.contains(look.contactId());
    if (look.isNews() || saidYes) {
      Reserve reserve = look.outcome().reserved();
      String client = reserve == null || reserve.client() == null ? SCHEDULER : reserve.client();
      Recording recording =
          Recording.of(look.id(), decided.known(), decided.decision(), client, links);
      look.record(recording);
      batch.decisions.add(recording.decision());
      batch.events.add(recording.event());
      if (reserve != null) {
        reserved(look, decided, reserve, batch);
      }
    }
    journey(look, decided, batch);
    if (saidYes) {
      followUp(look, decided, batch);
    }
    if (look.hasChanged() && Leaving.isNoToAll(decided.decision())) {
      batch.saidNo.add(look.contactId());
    }
  }

  private void reserved(Look look, Decided decided, Reserve reserve, Batch batch) {
    PlannedTouch touch = Objects.requireNonNull(decided.decision().touch());
    String touchId = Objects.requireNonNull(look.outcome().touchId());
    if (reserve.state() != State.WITHHELD && reserve.state() != State.LEASED) {
      batch.events.add(intent(look, decided, reserve, touch, touchId));
    }
    if (reserve.state() == State.TASK) {
      var task =
          new NewTask(
              ids.next(),
              "touch",
              look.contactId(),
              touchId,
              look.id(),
              touch.channel().code(),
              touch.purpose(),
              touch.notAfter(),
              null);
      batch.tasks.add(task);
      batch.notifications.add(created(task));
    }
  }

  /** The proof that a touch was decided on before anybody had it. */
  private AuditEvent intent(
      Look look, Decided decided, Reserve reserve, PlannedTouch touch, String touchId) {
    Instant notAfter = reserve.sendNotAfter();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("channel", touch.channel().code())
        .put("decision", look.id().toString())
        .put("kind", "hand_over_intent")
        .put("release", decided.decision().release())
        .put("route", reserve.route())
        .put("sendNotAfter", notAfter == null ? null : Rfc3339.format(notAfter))
        .put("subject", decided.subject().toString())
        .put("touch", touchId)
        .put("v", 1);
    return new AuditEvent(
        ids.next(), "hand_over_intent", decided.subject(), CanonicalJson.of(body));
  }

  private static void journey(Look look, Decided decided, Batch batch) {
    Decision decision = decided.decision();
    Journey open = look.openJourney();
    Reserve reserve = look.outcome().reserved();
    if (decision.verdict() == Verdict.EXIT || decision.verdict() == Verdict.FOLLOW_UP) {
      if (open != null) {
        String reason = decision.reasons().get(0).code();
        batch.ends.add(new JourneyStore.End(look.contactId(), decided.asOf(), reason));
      }
    } else if (reserve != null) {
      String sequence = Objects.requireNonNull(decision.touch()).sequence();
      boolean goesOn = open != null && open.sequence().equals(sequence);
      if (open != null && !goesOn) {
        batch.ends.add(new JourneyStore.End(look.contactId(), decided.asOf(), "trigger"));
      }
      if (!goesOn) {
        batch.begins.add(new JourneyStore.Begin(look.contactId(), sequence, decided.asOf()));
      }
    }
  }

  /** Of those people whom somebody takes over, because they said yes, the last time they did. */
  private static List<Yes> yeses(List<Look> looks) {
    var yeses = new ArrayList<Yes>();
    for (Look look : looks) {
      Decided decided = look.decided();
      if (decided != null && takenOver(decided.decision()).isPresent()) {
        yeses.add(new Yes(look.contactId(), saidAt(decided)));
      }
    }
    return yeses;
  }

  private static Optional<String> takenOver(Decision decision) {
    return decision.verdict() == Verdict.FOLLOW_UP
        ? decision.reasons().stream().map(Reason::code).filter(TAKEN_OVER::contains).findFirst()
        : Optional.empty();
  }

  /** The tables may take other responses for a yes than those that are one by themselves. */
  private static Instant saidAt(Decided decided) {
    List<Response> told =
        decided.facts().responses().stream()
            .filter(response -> !response.at().isAfter(decided.asOf()))
            .filter(response -> !"automatic".equals(response.disposition()))
            .toList();
    return last(told.stream().filter(LookWriter::isYes))
        .or(() -> last(told.stream()))
        .orElse(decided.asOf());
  }

  private static boolean isYes(Response response) {
    return response.kind().equals("booking") || "positive".equals(response.disposition());
  }

  private static Optional<Instant> last(Stream<Response> responses) {
    return responses.map(Response::at).max(Instant::compareTo);
  }

  /** Somebody who said yes gets a person, and the team is told; once for each yes. */
  private void followUp(Look look, Decided decided, Batch batch) {
    var task =
        new NewTask(
            ids.next(),
            "follow_up",
            look.contactId(),
            null,
            look.id(),
            null,
            takenOver(decided.decision()).orElseThrow(),
            decided.decision().recheckAt(),
            saidAt(decided));
    batch.tasks.add(task);
    batch.notifications.add(created(task));
  }

  private Notification created(NewTask task) {
    Instant dueBy = task.dueBy();
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("channel", task.channel())
        .put("contactId", task.contactId())
        .put("dueBy", text(dueBy))
        .put("kind", task.kind())
        .put("reason", task.reason())
        .put("taskId", task.id().toString())
        .put("touchId", task.touchId());
    return Notification.of(
        ids.next(), Notification.EVERYBODY, "task.created", task.contactId(), data);
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : Rfc3339.format(instant);
  }
}
