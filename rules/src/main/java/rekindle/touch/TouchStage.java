package rekindle.touch;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Journey;
import rekindle.facts.ContactFacts.Response;
import rekindle.facts.ContactFacts.Touch;
import rekindle.facts.ContactFacts.Trigger;
import rekindle.facts.Touches;
import rekindle.policy.Release;
import rekindle.rule.Hit;
import rekindle.rule.Rows;
import rekindle.rule.Rule;
import rekindle.rule.RulePlan;
import rekindle.segment.Standing;
import rekindle.table.Cell;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * Decides sequence, journey and steps: what would come next, leaving aside whether a channel may
 * serve it. Thread-safe.
 */
public final class TouchStage {

  private static final Set<String> EVENTS = TouchVocabularies.EVENT.codes();

  private final Release release;
  private final Limits limits;
  private final Map<Hit, Step> steps = new HashMap<>();
  private final boolean stepsForAny;
  private final Map<String, List<Hit>> rowsBySequence = new HashMap<>();

  public TouchStage(Release release) {
    this.release = release;
    this.limits = Limits.of(release.table(CadenceTables.LIMITS));
    TypedTable stepTable = release.table(CadenceTables.STEPS);
    for (TypedRow row : stepTable.rows()) {
      var hit = new Hit(stepTable, row);
      steps.put(hit, Step.of(hit));
    }
    this.stepsForAny =
        stepTable.rows().stream().anyMatch(row -> row.cell("sequence") instanceof Cell.Any);
    for (TypedRow row : table().rows()) {
      row.code("sequence")
          .ifPresent(
              sequence ->
                  rowsBySequence
                      .computeIfAbsent(sequence, s -> new ArrayList<>())
                      .add(new Hit(table(), row)));
    }
  }

  public Limits limits() {
    return limits;
  }

  /** What the choice of a sequence depends on. */
  public record Situation(
      ContactFacts facts,
      Instant asOf,
      List<LocalDate> dates,
      Standing standing,
      @Nullable String emailGround) {}

  /** The plan; empty where Sequences has none for the person. */
  public Optional<SequencePlan> plan(Situation situation, Rows rows) {
    Optional<Instant> trigger = latestTrigger(situation, rows);
    Journey journey = openJourney(situation.facts());
    Hit chosen = sequence(situation, trigger.isPresent() ? "yes" : "no", rows);
    if (journey == null) {
      return plan(situation, chosen, null, trigger.isPresent(), rows);
    }
    if (isEndedBy(trigger, journey, chosen, situation, rows)) {
      return plan(situation, chosen, null, true, rows);
    }
    return plan(situation, rowOf(journey.sequence(), chosen), journey, trigger.isPresent(), rows);
  }

  /** The open journey; null where none is. */
  public static @Nullable Journey openJourney(ContactFacts facts) {
    Journey journey = facts.journey();
    return journey == null || journey.endedAt() != null ? null : journey;
  }

  /**
   * Whether a journey's sequence serves the segment: some Sequences row for it gives that sequence.
   */
  public boolean serves(String sequence, @Nullable String segment) {
    if (segment != null) {
      for (Hit hit : rowsBySequence.getOrDefault(sequence, List.of())) {
        if (takesSegment(hit.row(), segment)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Whether and from when a journey may begin after the given end; empty for only on a trigger or a
   * new clock.
   */
  public Optional<Instant> mayBeginFrom(Situation situation, Instant endedAt, Rows rows) {
    Journey journey = situation.facts().journey();
    Instant clock = situation.standing().clock();
    if (journey == null || clock == null) {
      return Optional.empty();
    }
    TypedRow row = rowOf(journey.sequence(), sequence(situation, "no", rows)).row();
    Instant pauseEnds =
        endedAt.plusSeconds(86_400L * row.number("pauseDays").orElseThrow().longValueExact());
    boolean triggered =
        latestTrigger(situation, rows).filter(at -> at.isAfter(endedAt)).isPresent();
    boolean newClock = clock.isAfter(journey.enteredAt());
    boolean anotherRound =
        rounds(situation.facts(), journey.sequence(), clock)
            < row.number("rounds").orElseThrow().longValueExact();
    return triggered || newClock || anotherRound ? Optional.of(pauseEnds) : Optional.empty();
  }

  /** What each response does; one that is automatic counts as none. */
  public ResponseEffects responses(Situation situation, Rows rows) {
    var followUps = new LinkedHashMap<Response, Hit>();
    var engaging = new LinkedHashMap<Response, Hit>();
    for (Response response : situation.facts().responses()) {
      if (!"automatic".equals(response.disposition()) && EVENTS.contains(response.kind())) {
        Hit hit = exit(response.kind(), response.disposition(), situation, rows);
        String effect = hit.row().code("effect").orElse("none");
        if (effect.equals("follow_up")) {
          followUps.put(response, hit);
          engaging.put(response, hit);
        } else if (effect.equals("exit")) {
          engaging.put(response, hit);
        }
      }
    }
    return new ResponseEffects(followUps, engaging);
  }

  /** The row of Exits for a turn of the journey itself. */
  public Hit exitRow(String event, Situation situation, Rows rows) {
    return exit(event, null, situation, rows);
  }

  private Hit exit(String event, @Nullable String disposition, Situation situation, Rows rows) {
    var input = new ExitInput(new ExitInput.Values(event, disposition));
    rows.match(input);
    return rows.first(input, release.table(CadenceTables.EXITS), situation.dates());
  }

  /** The row of Sequences that a journey's sequence is read from. */
  public Hit rowOf(String sequence, Hit chosen) {
    if (chosen.row().code("sequence").orElse("").equals(sequence)) {
      return chosen;
    }
    List<Hit> own = rowsBySequence.getOrDefault(sequence, List.of());
    return own.isEmpty() ? chosen : own.get(0);
  }

  /** The Sequences row for the person, with a trigger or without. */
  public Hit sequence(Situation situation, String trigger, Rows rows) {
    var deal = situation.facts().lifecycle().deal();
    var meeting = situation.facts().lifecycle().meeting();
    String segment = situation.standing().segment();
    var input =
        new SequenceInput(
            new SequenceInput.Values(
                segment == null ? "none" : segment,
                situation.facts().contact().program(),
                deal == null ? "none" : deal.outcome(),
                meeting == null ? "none" : meeting.status(),
                situation.emailGround(),
                trigger));
    rows.match(input);
    return rows.first(input, table(), situation.dates());
  }

  private Optional<SequencePlan> plan(
      Situation situation, Hit hit, @Nullable Journey journey, boolean triggerCounts, Rows rows) {
    String sequence =
        journey != null ? journey.sequence() : hit.row().code("sequence").orElse(null);
    if (sequence == null) {
      return Optional.empty();
    }
    Instant enteredAt = journey == null ? situation.asOf() : journey.enteredAt();
    List<Step> all = steps(sequence, situation, rows);
    int kept = Math.min(all.size(), Math.max(1, all.size() - situation.standing().stepsDropped()));
    List<Touch> touches = journey == null ? List.of() : taken(situation.facts(), journey);
    Touch last = lastTouch(touches);
    int highest = last == null ? 0 : last.step();
    var remaining = new ArrayList<Step>(kept);
    Step lastStep = null;
    for (int i = 0; i < all.size(); i++) {
      Step step = all.get(i);
      if (i < kept && step.number() > highest && !isSkipped(step, touches)) {
        remaining.add(step);
      }
      lastStep = step.number() == highest ? step : lastStep;
    }
    return Optional.of(
        new SequencePlan(
            hit,
            sequence,
            journey != null,
            enteredAt,
            triggerCounts,
            remaining,
            kept,
            lastStep,
            last == null ? null : last.at()));
  }

  /** The rows for the sequence and those for any; of one step number the topmost counts. */
  private List<Step> steps(String sequence, Situation situation, Rows rows) {
    var found = new ArrayList<>(stepRules(sequence, situation, rows));
    if (stepsForAny) {
      found.addAll(stepRules(RulePlan.ANY_KEY, situation, rows));
      found.sort(Comparator.comparingInt(rule -> rule.row().number()));
    }
    var byNumber = new TreeMap<Integer, Step>();
    for (Rule rule : found) {
      Step step = Objects.requireNonNull(steps.get(rule.hit()), "a row of the table");
      byNumber.putIfAbsent(step.number(), step);
    }
    return List.copyOf(byNumber.values());
  }

  private static List<Rule> stepRules(String sequence, Situation situation, Rows rows) {
    var input =
        new StepInput(new StepInput.Values(sequence, situation.facts().contact().program()));
    rows.match(input);
    return rows.all(input, CadenceTables.STEPS, situation.dates());
  }

  private static List<Touch> taken(ContactFacts facts, Journey journey) {
    var taken = new ArrayList<Touch>();
    for (Touch touch : facts.touches()) {
      if (touch.sequence().equals(journey.sequence())
          && !touch.at().isBefore(journey.enteredAt())) {
        taken.add(touch);
      }
    }
    return taken;
  }

  /** The latest touch of the highest step that was taken. */
  private static @Nullable Touch lastTouch(List<Touch> touches) {
    Touch last = null;
    for (Touch touch : touches) {
      if (Touches.countsForSteps(touch) && (last == null || isLater(touch, last))) {
        last = touch;
      }
    }
    return last;
  }

  private static boolean isLater(Touch touch, Touch other) {
    return touch.step() == other.step()
        ? touch.at().isAfter(other.at())
        : touch.step() > other.step();
  }

  private boolean isSkipped(Step step, List<Touch> touches) {
    int failed = 0;
    for (Touch touch : touches) {
      failed += touch.step() == step.number() && Touches.isFailed(touch) ? 1 : 0;
    }
    return failed >= limits.failedAttempts();
  }

  /**
   * A trigger after its begin ends a journey where Sequences has another sequence for the
   * triggered.
   */
  private boolean isEndedBy(
      Optional<Instant> trigger, Journey journey, Hit chosen, Situation situation, Rows rows) {
    if (trigger.isEmpty() || !trigger.get().isAfter(journey.enteredAt())) {
      return false;
    }
    String withTrigger = chosen.row().code("sequence").orElse("");
    String without = sequence(situation, "no", rows).row().code("sequence").orElse("");
    return without.equals(journey.sequence()) && !withTrigger.equals(without);
  }

  /**
   * The latest trigger that counts: later than the segment's clock and than the end of the last
   * journey.
   */
  private Optional<Instant> latestTrigger(Situation situation, Rows rows) {
    Instant clock = situation.standing().clock();
    Journey journey = situation.facts().journey();
    Instant latest = null;
    for (Trigger trigger : situation.facts().triggers()) {
      boolean afterClock = clock != null && trigger.at().isAfter(clock);
      boolean afterEnd =
          journey == null || journey.endedAt() == null || trigger.at().isAfter(journey.endedAt());
      boolean later = latest == null || trigger.at().isAfter(latest);
      if (afterClock && afterEnd && later && counts(trigger, situation, rows)) {
        latest = trigger.at();
      }
    }
    return Optional.ofNullable(latest);
  }

  private boolean counts(Trigger trigger, Situation situation, Rows rows) {
    var deal = situation.facts().lifecycle().deal();
    Boolean matches = trigger.matchesGap();
    var input =
        new TriggerInput(
            new TriggerInput.Values(
                situation.standing().segment(),
                trigger.kind(),
                matches == null ? null : matches ? "yes" : "no",
                deal == null ? null : deal.lossReason()));
    rows.match(input);
    return rows.first(input, release.table(CadenceTables.TRIGGERS), situation.dates())
        .row()
        .isYes("counts");
  }

  private static long rounds(ContactFacts facts, String sequence, Instant clock) {
    return facts.touches().stream()
        .filter(
            touch ->
                touch.sequence().equals(sequence)
                    && touch.step() == 1
                    && Touches.countsForSteps(touch)
                    && !touch.at().isBefore(clock))
        .count();
  }

  private static boolean takesSegment(TypedRow row, String segment) {
    Cell cell = row.cell("segment");
    return cell instanceof Cell.Any || (cell instanceof Cell.Codes codes && codes.matches(segment));
  }

  private TypedTable table() {
    return release.table(CadenceTables.SEQUENCES);
  }
}
