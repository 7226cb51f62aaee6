package rekindle.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.json.JsonProblem;
import rekindle.json.Rfc3339;
import rekindle.service.ids.TouchIds;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.schedule.Outcomes.Telling;
import rekindle.service.schedule.PlatformList.Accepted;
import rekindle.service.schedule.PlatformList.Named;
import rekindle.service.schedule.ReconcileReport.Line;
import rekindle.service.schedule.ReconcileReport.Result;
import rekindle.service.store.JourneyStore;
import rekindle.service.store.PersonLocks;
import rekindle.service.store.ReconciliationStore;
import rekindle.service.store.ReconciliationStore.Ours;
import rekindle.service.store.ReconciliationStore.Unlogged;
import rekindle.service.store.ScheduledTouches;
import rekindle.service.store.ScheduledTouches.State;

/**
 * A platform's list beside the ledger, touch by touch; writes those that the ledger lacks. Confined
 * to one thread.
 */
final class Comparison {
  /** Touches of ours in one span; the caller takes a shorter one where there are more. */
  static final int OURS_MAX = 20_000;

  private static final String ON_THE_LIST = "on the platform's list";
  private static final String NOT_ON_THE_LIST = "not on the platform's list";

  /** Clocks differ, and accepting takes a while: so near to an end it may be in the next list. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  /** Of these the list tells more than we knew. */
  private static final Set<State> OPEN =
      Set.of(State.SENDING, State.HANDING_OVER, State.IN_DOUBT, State.UNKNOWN);

  /** According to the ledger nobody was to send these. */
  private static final Set<State> NOT_SENT =
      Set.of(State.LEASED, State.TASK, State.RELEASED, State.WITHHELD);

  /** According to the ledger nothing was sent of these. */
  private static final Set<String> FAILED = Set.of("failed", "not_sent");

  private final Handle handle;
  private final PlatformList list;
  private final Map<String, Accepted> accepted = new LinkedHashMap<>();
  private final Set<String> repeated = new TreeSet<>();
  private final List<Telling> told = new ArrayList<>();
  private final List<Line> both = new ArrayList<>();
  private final List<Line> theirsOnly = new ArrayList<>();
  private final List<Line> oursOnly = new ArrayList<>();
  private final List<String> notTaken = new ArrayList<>();
  private final List<String> sentAfterAll = new ArrayList<>();
  private int unjudged;

  Comparison(Handle handle, PlatformList list) {
    this.handle = handle;
    this.list = list;
    for (Accepted one : list.accepted()) {
      if (accepted.putIfAbsent(one.touchId(), one) != null) {
        repeated.add(one.touchId());
      }
    }
  }

  void run() {
    Map<String, Ours> known =
        ReconciliationStore.known(handle, accepted.keySet()).stream()
            .collect(Collectors.toMap(Ours::id, Function.identity()));
    var unknown = new ArrayList<Accepted>();
    for (Accepted one : accepted.values()) {
      Ours ours = known.get(one.touchId());
      if (ours == null) {
        unknown.add(one);
      } else {
        listed(one, ours);
      }
    }
    ReconciliationStore.reopen(handle, sentAfterAll);
    unlogged(unknown);
    for (Ours ours : ours()) {
      if (!accepted.containsKey(ours.id())) {
        notListed(ours);
      }
    }
  }

  /** What the list tells of touches, as outcomes. */
  List<Telling> told() {
    return told;
  }

  private List<Ours> ours() {
    List<Ours> ours =
        ReconciliationStore.handedOver(
            handle, list.route(), list.client(), list.from(), list.to(), OURS_MAX + 1);
    if (ours.size() > OURS_MAX) {
      throw new ProblemException(
          Problem.invalidInput(
              List.of(
                  new JsonProblem(
                      "/to",
                      "more than "
                          + OURS_MAX
                          + " touches of the ledger lie in the span; reconcile in shorter spans, such as until "
                          + Rfc3339.format(ours.get(OURS_MAX / 2).at())))));
    }
    return ours;
  }

  private void listed(Accepted one, Ours ours) {
    State state = ours.state();
    if (state != null && NOT_SENT.contains(state)) {
      record(one, state.code() + ": nobody was to send it", "who sent it");
    } else if (wasRefused(ours)) {
      sentAfterAll.add(ours.id());
      record(one, ours.outcome() + ": nothing was sent", "who said so");
    } else if (state != null && !isOfTheList(ours)) {
      theirsOnly.add(
          line(
              one,
              Result.OTHER_ROUTE,
              "The ledger has it as handed over to \""
                  + ours.route()
                  + "\""
                  + (ours.client() == null ? "" : ", client \"" + ours.client() + "\"")
                  + ": the person may have got it twice. Find out why two have it."));
    } else if (state != null && OPEN.contains(state)) {
      tell(one);
      both.add(line(one, Result.HANDED_OVER, null));
    } else {
      both.add(line(one, Result.KNOWN, null));
    }
  }

  private void record(Accepted one, String known, String wanted) {
    tell(one);
    String found =
        "The ledger had it as "
            + known
            + ". It counts as handed over now; find out "
            + wanted
            + ".";
    theirsOnly.add(line(one, Result.RECORDED, found));
  }

  /**
   * Whether it never came so far as to be accepted. One that was, and failed afterwards, is on the
   * list by right.
   */
  private static boolean wasRefused(Ours ours) {
    return FAILED.contains(ours.outcome()) && !ours.acknowledged();
  }

  private boolean isOfTheList(Ours ours) {
    return list.route().equals(ours.route())
        && (list.client() == null || list.client().equals(ours.client()));
  }

  private void tell(Accepted one) {
    told.add(new Telling(one.touchId(), "handed_over", one.acceptedAt(), ON_THE_LIST));
  }

  private static Line line(Accepted one, Result result, @Nullable String message) {
    return new Line(one.touchId(), one.acceptedAt(), result, message);
  }

  private void unlogged(List<Accepted> unknown) {
    List<String> contacts =
        unknown.stream()
            .map(Accepted::named)
            .filter(Objects::nonNull)
            .map(Named::contactId)
            .toList();
    Map<String, String> persons = PersonLocks.lockToDecide(handle, contacts);
    var mine = new ArrayList<Accepted>();
    for (Accepted one : unknown) {
      Named named = one.named();
      if (named == null) {
        String message =
            "Nobody here knows whose it is. Send it again with contactId, sequence, step and channel, which the hand-over told, and it will count.";
        theirsOnly.add(line(one, Result.UNRESOLVED, message));
      } else {
        Line refusal = refusal(one, named, persons.get(named.contactId()));
        if (refusal == null) {
          mine.add(one);
          theirsOnly.add(line(one, Result.RECORDED, null));
        } else {
          theirsOnly.add(refusal);
        }
      }
    }
    write(mine, persons);
  }

  /** Null if it is what it says. */
  private static @Nullable Line refusal(Accepted one, Named named, @Nullable String personId) {
    if (personId == null) {
      String message =
          "There is no contact \""
              + named.contactId()
              + "\" here. Import it again, then reconcile again.";
      return line(one, Result.UNRESOLVED, message);
    }
    String told = named.personId();
    boolean isIt =
        (told != null && TouchIds.isOf(one.touchId(), told, named.sequence(), named.step()))
            || TouchIds.isOf(one.touchId(), personId, named.sequence(), named.step());
    if (isIt) {
      return null;
    }
    String message =
        "No touch of person \"%s\" in step %d of \"%s\" has this id. Send contactId, personId, sequence and step as the decision in its hand-over has them."
            .formatted(told == null ? personId : told, named.step(), named.sequence());
    return line(one, Result.REFUSED, message);
  }

  private void write(List<Accepted> mine, Map<String, String> persons) {
    var touches = new ArrayList<Unlogged>();
    var left = new ArrayList<Unlogged>();
    for (Accepted one : mine) {
      Named named = Objects.requireNonNull(one.named());
      touches.add(
          new Unlogged(
              one.touchId(),
              named.contactId(),
              named.sequence(),
              named.step(),
              named.channel(),
              one.acceptedAt(),
              list.route(),
              list.client(),
              named.incentive()));
      tell(one);
    }
    ReconciliationStore.add(handle, touches);
    touches.stream().sorted(Comparator.comparing(Unlogged::at)).forEach(left::add);
    while (!left.isEmpty()) {
      // Of several of one person the later may go on what the earlier began.
      var seen = new HashSet<String>();
      List<Unlogged> round =
          left.stream().filter(one -> seen.add(persons.get(one.contactId()))).toList();
      left.removeAll(round);
      JourneyStore.beginBelatedly(
          handle,
          round.stream()
              .map(one -> new JourneyStore.Begin(one.contactId(), one.sequence(), one.at()))
              .toList());
    }
  }

  private void notListed(Ours ours) {
    Instant notAfter = ours.sendNotAfter();
    Instant latest = ours.at().plus(MARGIN);
    if (ours.at().isBefore(list.from().plus(MARGIN))
        || latest.isAfter(list.to())
        || (notAfter != null && notAfter.isAfter(list.to()))) {
      unjudged++;
    } else if (ours.state() == State.IN_DOUBT && notAfter != null && !ours.acknowledged()) {
      notTaken.add(ours.id());
      oursOnly.add(new Line(ours.id(), ours.at(), Result.RELEASED, null));
    } else {
      String message =
          "It counts as sent, and is not made again. Ask the platform what became of it; POST /v1/touches/{id}/outcome tells.";
      oursOnly.add(new Line(ours.id(), ours.at(), Result.LOST, message));
    }
  }

  /** As when a platform that is asked says that it does not know them. */
  List<String> release() {
    return ScheduledTouches.release(handle, notTaken, Set.of(State.IN_DOUBT), NOT_ON_THE_LIST);
  }

  ReconcileReport report(UUID id) {
    both.sort(lastly(Result.KNOWN));
    oursOnly.sort(lastly(Result.RELEASED));
    theirsOnly.sort(lastly(Result.RECORDED));
    return new ReconcileReport(
        id, list, accepted.size(), List.copyOf(repeated), both, oursOnly, theirsOnly, unjudged);
  }

  /** Those first about which there is something to do. */
  private static Comparator<Line> lastly(Result settled) {
    return Comparator.comparing((Line line) -> line.result() == settled);
  }
}
