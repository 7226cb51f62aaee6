package rekindle.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rekindle.decision.Decision;
import rekindle.decision.Decision.Denial;
import rekindle.decision.Decision.TraceEntry;
import rekindle.decision.Decision.Verdict;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Trigger;

/** One thing in a calendar: a decision, or something of the person that became known. Immutable. */
public sealed interface CalendarEntry {
  /** When. */
  Instant at();

  /** When the journey began in which it falls; null where none is open. */
  @Nullable Instant enteredAt();

  <T> T match(
      Function<Decided, T> decided,
      Function<Responded, T> responded,
      Function<Triggered, T> triggered);

  /**
   * A decision that was carried out.
   *
   * @param enteredAt the begin of the journey that it begins, goes on with or ends
   * @param begins the sequence of the journey that begins with it, or null
   * @param ends the sequence of the journey that ends with it, or null
   * @param until for how long it stands; null where only something new ends it
   * @param delays why a step that is due waits, in the order in which one gives way to the next
   */
  record Decided(
      Decision decision,
      @Nullable Instant enteredAt,
      @Nullable String begins,
      @Nullable String ends,
      @Nullable Instant until,
      List<Denial> delays)
      implements CalendarEntry {
    public Decided {
      delays = List.copyOf(delays);
    }

    @Override
    public Instant at() {
      return decision.asOf();
    }

    @Override
    public <T> T match(
        Function<Decided, T> decided,
        Function<Responded, T> responded,
        Function<Triggered, T> triggered) {
      return decided.apply(this);
    }

    /** Whether a step that is due waits for its channel. */
    public boolean isDelayed() {
      return decision.verdict() == Verdict.WAIT && !delays.isEmpty();
    }

    /** Whether the journey is paused. */
    public boolean isPaused() {
      return decision.reasons().stream().anyMatch(why -> why.code().equals("journey_paused"));
    }

    /** Steps that no channel may serve, and which the decision leaves out. */
    public List<TraceEntry> skippedSteps() {
      return decision.trace().stream()
          .filter(entry -> entry.stage().equals("step") && entry.set().containsKey("skipped"))
          .toList();
    }

    /** Channels that the step prefers to its own, and which may not be used. */
    public List<Channel> passedOver() {
      var touch = decision.touch();
      List<Channel> listed = listed();
      int own = touch == null ? 0 : listed.indexOf(touch.channel());
      // The channel of a fallback stands in no list: then all of them were passed over.
      return touch == null ? List.of() : own < 0 ? listed : listed.subList(0, own);
    }

    /** Whether the step is one that may carry an incentive. */
    public boolean mayCarryIncentive() {
      return step().map(step -> Boolean.TRUE.equals(step.set().get("offer"))).orElse(false);
    }

    private List<Channel> listed() {
      var listed = new ArrayList<Channel>();
      if (step().map(step -> step.set().get("channels")).orElse(null) instanceof List<?> codes) {
        codes.forEach(code -> Channel.of(String.valueOf(code)).ifPresent(listed::add));
      }
      return listed;
    }

    /** The row of the step that the decision is about. */
    private Optional<TraceEntry> step() {
      return decision.trace().stream()
          .filter(entry -> entry.stage().equals("step") && !entry.set().containsKey("skipped"))
          .findFirst();
    }

    /** The same for longer: what was decided again and came out the same. */
    Decided lastingUntil(@Nullable Instant later) {
      return new Decided(decision, enteredAt, begins, ends, later, delays);
    }

    /** Whether another decision says nothing that this one has not said. */
    boolean saysAsMuchAs(Decided other) {
      var touch = decision.touch();
      var otherTouch = other.decision.touch();
      return decision.verdict() == other.decision.verdict()
          && Objects.equals(decision.segment(), other.decision.segment())
          && codes(decision).equals(codes(other.decision))
          && rows(delays).equals(rows(other.delays))
          && (touch == null
              ? otherTouch == null
              : otherTouch != null && touch.template().equals(otherTouch.template()))
          && begins == null
          && ends == null
          && other.begins == null
          && other.ends == null;
    }

    private static List<String> codes(Decision decision) {
      return decision.reasons().stream().map(reason -> reason.code() + " " + reason.row()).toList();
    }

    private static List<String> rows(List<Denial> denials) {
      return denials.stream().map(denial -> denial.code() + " " + denial.row()).toList();
    }
  }

  /**
   * The person responded.
   *
   * @param assumed whether the walk was told to take it for given; else it stands in the facts
   */
  record Responded(Response response, boolean assumed, @Nullable Instant enteredAt)
      implements CalendarEntry {
    @Override
    public Instant at() {
      return response.at();
    }

    @Override
    public <T> T match(
        Function<Decided, T> decided,
        Function<Responded, T> responded,
        Function<Triggered, T> triggered) {
      return responded.apply(this);
    }
  }

  /** Something shipped, changed or happened, as the facts tell. */
  record Triggered(Trigger trigger, @Nullable Instant enteredAt) implements CalendarEntry {
    @Override
    public Instant at() {
      return trigger.at();
    }

    @Override
    public <T> T match(
        Function<Decided, T> decided,
        Function<Responded, T> responded,
        Function<Triggered, T> triggered) {
      return triggered.apply(this);
    }
  }
}
