package rekindle.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Trigger;

/** Where a person's journey stands (DECIDING.md section 3, Journey). */
final class OracleJourney {
  private final OracleTables tables;
  private final ContactFacts facts;
  private final OracleSegments segments;
  private final OracleChannels channels;
  private final @Nullable Journey journey;
  final Instant asOf;
  final OracleRow segmentRow;
  final String segment;
  final @Nullable Instant clock;
  final boolean open;
  final boolean ended;

  /** Whether a trigger ends the open journey, so that another begins now. */
  final boolean restarted;

  final OracleRow cohort;
  final OracleRow sequence;

  OracleJourney(
      OracleTables tables,
      ContactFacts facts,
      Instant asOf,
      OracleSegments segments,
      OracleChannels channels) {
    this.tables = tables;
    this.facts = facts;
    this.asOf = asOf;
    this.segments = segments;
    this.channels = channels;
    segmentRow = segments.segment(asOf);
    segment = segmentRow.cell("→ Segment");
    clock = segments.clock(segmentRow);
    journey = facts.journey();
    open = journey != null && journey.endedAt() == null;
    ended = journey != null && !open;
    restarted =
        open
            && entered().sequence().equals("churned")
            && nextSequence(false).cell("→ Sequence").equals("churned")
            && triggers().anyMatch(at -> at.isAfter(entered().enteredAt()));
    cohort = segments.cohort(segment, clock, open ? entered().enteredAt() : asOf);
    sequence = open && !restarted ? sequenceNamed(entered().sequence()) : nextSequence(triggered());
  }

  Journey entered() {
    return Objects.requireNonNull(journey);
  }

  /** When the triggers were that count. */
  private Stream<Instant> triggers() {
    return facts.triggers().stream()
        .filter(this::counts)
        .map(Trigger::at)
        .filter(at -> clock != null && at.isAfter(clock))
        .filter(at -> !ended || at.isAfter(Objects.requireNonNull(entered().endedAt())));
  }

  private boolean counts(Trigger one) {
    var deal = facts.lifecycle().deal();
    String matches = one.matchesGap() == null ? null : one.matchesGap() ? "yes" : "no";
    return tables
        .first(
            "cadence/Triggers",
            row ->
                row.takes("Segment", segment)
                    && row.takes("Trigger", one.kind())
                    && row.takes("Loss reason", deal == null ? null : deal.lossReason())
                    && row.takes("Matches the gap", matches))
        .yes("→ Counts");
  }

  boolean triggered() {
    return triggers().findAny().isPresent();
  }

  /** The row for the person if it leads to the sequence, else the first that does, else none. */
  OracleRow sequenceNamed(String name) {
    return Stream.concat(
            Stream.of(nextSequence(triggered())), tables.rows("cadence/Sequences").stream())
        .filter(row -> row.cell("→ Sequence").equals(name))
        .findFirst()
        .orElseGet(() -> tables.first("cadence/Sequences", row -> row.id().equals("otherwise")));
  }

  private OracleRow nextSequence(boolean triggered) {
    var email = channels.at(Channel.EMAIL, asOf);
    return tables.first(
        "cadence/Sequences",
        row ->
            row.takes("Segment", segment)
                && row.takes("Program", facts.contact().program())
                && row.takes("Deal outcome", segments.dealOutcome())
                && row.takes("Meeting", segments.meeting())
                && row.takes("E-mail ground", email.forGood() ? null : email.basis())
                && row.takesYes("A trigger counts", triggered));
  }

  /** What a response does; null if it is automatic. */
  @Nullable OracleRow effect(Response response) {
    return "automatic".equals(response.disposition())
        ? null
        : effect(response.kind(), response.disposition());
  }

  OracleRow effect(String event, @Nullable String disposition) {
    return tables.first(
        "cadence/Exits", row -> row.takes("Event", event) && row.takes("Disposition", disposition));
  }

  List<Response> responses(String... effects) {
    return facts.responses().stream()
        .filter(
            one -> {
              var row = effect(one);
              return row != null && List.of(effects).contains(row.cell("→ Effect"));
            })
        .toList();
  }

  boolean serves(String name) {
    return tables.rows("cadence/Sequences").stream()
        .filter(row -> row.cell("→ Sequence").equals(name))
        .anyMatch(row -> row.takes("Segment", segment));
  }

  /** When a journey may begin after the last one, or null if only a new fact allows it. */
  @Nullable Instant beginsAgain(Instant endedAt, boolean triggered) {
    Instant from = asOf;
    Instant clockThen = clock;
    if (segment.equals("none")) {
      from = segments.nextSegmentAt(asOf);
      clockThen = from == null ? null : segments.clock(segments.segment(from));
    }
    if (from == null || clockThen == null) {
      return null;
    }
    var row = sequenceNamed(entered().sequence());
    boolean newer = clockThen.isAfter(entered().enteredAt());
    if (!triggered && !newer && rounds(clockThen) >= row.whole("→ Rounds")) {
      return null;
    }
    return Stream.of(from, endedAt.plus(row.days("→ Pause after it, days")))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private long rounds(Instant since) {
    return facts.touches().stream()
        .filter(OracleSteps::countsForSteps)
        .filter(one -> one.sequence().equals(entered().sequence()) && one.step() == 1)
        .filter(one -> !one.at().isBefore(since))
        .count();
  }

  OracleSteps steps() {
    boolean begun = open && !restarted;
    return OracleSteps.of(
        tables,
        facts,
        begun ? entered().sequence() : sequence.cell("→ Sequence"),
        cohort.whole("→ Last steps dropped"),
        begun ? entered().enteredAt() : asOf,
        begun);
  }

  @Nullable Instant pausedUntil() {
    return open && !restarted ? entered().pausedUntil() : null;
  }

  Duration limitDays(String name) {
    return Duration.ofDays(OracleSteps.limit(tables, name));
  }
}
