package rekindle.touch;

import java.util.List;
import rekindle.code.Vocabulary;
import rekindle.facts.Vocabularies;
import rekindle.segment.SegmentVocabularies;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;

/** The tables of {@code cadence.xlsx}. */
public final class CadenceTables {
  public static final TableDefinition SEQUENCES =
      TableDefinition.rules(
          "cadence",
          "Sequences",
          "Which sequence a person goes through",
          "Decides the sequence, whether it waits for a trigger, and when it may begin again.",
          HitPolicy.FIRST,
          SequenceInput.class,
          Column.condition(
              "segment",
              "Segment",
              codes(SegmentVocabularies.SEGMENT.orNone()),
              Condition.in("segment")),
          Column.condition(
              "program", "Program", codes(Vocabularies.PROGRAM), Condition.in("program")),
          Column.condition(
              "dealOutcome",
              "Deal outcome",
              codes(Vocabularies.DEAL_OUTCOME.orNone()),
              Condition.in("dealOutcome")),
          Column.condition(
              "meeting",
              "Meeting",
              codes(Vocabularies.MEETING_STATUS.orNone()),
              Condition.in("meetingStatus")),
          Column.condition(
              "emailGround",
              "E-mail ground",
              codes(TouchVocabularies.EMAIL_GROUND),
              Condition.in("emailGround")),
          Column.condition(
              "trigger", "A trigger counts", codes(Vocabulary.YES_NO), Condition.in("trigger")),
          Column.result("sequence", "Sequence", code(Vocabularies.SEQUENCE)),
          Column.result("waitsForTrigger", "Waits for a trigger", new CellType.YesNo()),
          Column.result("anyCohort", "Whatever the cohort", new CellType.YesNo()),
          Column.result("pauseDays", "Pause after it, days", new CellType.WholeNumber(0, 3650)),
          Column.result("rounds", "Rounds", new CellType.WholeNumber(1, 100)));

  public static final TableDefinition STEPS =
      TableDefinition.rules(
          "cadence",
          "Steps",
          "The steps of each sequence",
          "Decides when after its begin a sequence takes which step, and on which channels, the preferred one first.",
          HitPolicy.ALL,
          StepInput.class,
          Column.condition(
              "sequence", "Sequence", codes(Vocabularies.SEQUENCE), Condition.key("sequence")),
          Column.condition(
              "program", "Program", codes(Vocabularies.PROGRAM), Condition.in("program")),
          Column.result("step", "Step", new CellType.WholeNumber(1, 100)),
          Column.result("offsetDays", "Days from the begin", new CellType.WholeNumber(0, 3650)),
          Column.result("purpose", "Purpose", code(TouchVocabularies.PURPOSE)),
          Column.result("channels", "Channels", codes(Vocabularies.CHANNEL)),
          Column.result("atOnce", "At once", new CellType.YesNo()),
          Column.result("offer", "May carry an incentive", new CellType.YesNo()));

  public static final TableDefinition EXITS =
      TableDefinition.rules(
          "cadence",
          "Exits",
          "What ends a journey",
          "Decides which events end a journey and which hand the person over to a colleague.",
          HitPolicy.FIRST,
          ExitInput.class,
          Column.condition("event", "Event", codes(TouchVocabularies.EVENT), Condition.in("event")),
          Column.condition(
              "disposition",
              "Disposition",
              codes(Vocabularies.DISPOSITION),
              Condition.in("disposition")),
          Column.result("effect", "Effect", code(TouchVocabularies.EFFECT)),
          Column.result("reason", "Reason", code(TouchVocabularies.EXIT_REASON)));

  public static final TableDefinition TRIGGERS =
      TableDefinition.rules(
          "cadence",
          "Triggers",
          "What wakes a parked person",
          "Decides which triggers count for a person.",
          HitPolicy.FIRST,
          TriggerInput.class,
          Column.condition(
              "segment", "Segment", codes(SegmentVocabularies.SEGMENT), Condition.in("segment")),
          Column.condition(
              "kind", "Trigger", codes(Vocabularies.TRIGGER_KIND), Condition.in("kind")),
          Column.condition(
              "lossReason",
              "Loss reason",
              codes(Vocabularies.LOSS_REASON),
              Condition.in("lossReason")),
          Column.condition(
              "matchesGap",
              "Matches the gap",
              codes(Vocabulary.YES_NO),
              Condition.in("matchesGap")),
          Column.result("counts", "Counts", new CellType.YesNo()));

  public static final TableDefinition LIMITS =
      TableDefinition.lookup(
          "cadence",
          "Limits",
          "How long things last",
          "Decides the spans and counts that hold for every sequence.",
          Column.key("limit", "Limit", code(TouchVocabularies.LIMIT)),
          Column.result("value", "Value", new CellType.WholeNumber(1, 100_000)),
          Column.result("unit", "Unit", code(TouchVocabularies.UNIT)));

  public static final List<TableDefinition> ALL =
      List.of(SEQUENCES, STEPS, EXITS, TRIGGERS, LIMITS);

  private CadenceTables() {}

  private static CellType codes(Vocabulary vocabulary) {
    return new CellType.Codes(vocabulary, true);
  }

  private static CellType code(Vocabulary vocabulary) {
    return new CellType.Codes(vocabulary, false);
  }
}
