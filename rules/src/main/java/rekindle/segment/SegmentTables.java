package rekindle.segment;

import static rekindle.table.Condition.Comparison.AT_LEAST;
import static rekindle.table.Condition.Comparison.MORE_THAN;
import static rekindle.table.Condition.Comparison.UP_TO;
import static rekindle.table.Condition.Comparison.WITHIN;

import java.math.BigDecimal;
import java.util.List;
import rekindle.code.Vocabulary;
import rekindle.facts.Vocabularies;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;

/** The tables of {@code segments.xlsx}. */
public final class SegmentTables {
  /** Money is compared in ten-thousandths of its unit, so that no comparison rounds. */
  public static final long MONEY_FACTOR = 10_000;

  private static final CellType DAYS = new CellType.WholeNumber(-3650, 36500);
  private static final CellType MONEY =
      new CellType.Decimal(BigDecimal.ZERO, new BigDecimal("1000000000"), 4);

  public static final TableDefinition DORMANCY =
      TableDefinition.rules(
          "segments",
          "Dormancy",
          "When a person counts as dormant",
          "Decides after how many days without activity a person of a program is dormant.",
          HitPolicy.FIRST,
          DormancyInput.class,
          Column.condition(
              "program", "Program", codes(Vocabularies.PROGRAM), Condition.in("program")),
          Column.result("thresholdDays", "Threshold, days", new CellType.WholeNumber(1, 3650)));

  public static final TableDefinition SEGMENTS =
      TableDefinition.rules(
          "segments",
          "Segments",
          "Which segment a person is in",
          "Decides the one segment that the rest of the policy builds on; a row holds only where its clock is known.",
          HitPolicy.FIRST,
          SegmentInput.class,
          Column.condition(
              "subscription",
              "Subscription",
              codes(orNone(Vocabularies.SUBSCRIPTION_STATUS)),
              Condition.in("subscriptionStatus")),
          Column.condition(
              "endedDays",
              "Ended, days ago: more than",
              DAYS,
              Condition.days("subscriptionEndedAgeMs", MORE_THAN)),
          Column.condition(
              "uses",
              "Uses in 30 days: up to",
              new CellType.WholeNumber(0, 1_000_000),
              Condition.of("usageLast30Days", UP_TO)),
          Column.condition(
              "relationship",
              "Relationship",
              codes(Vocabularies.RELATIONSHIP),
              Condition.in("relationship")),
          Column.condition(
              "activityBeyond",
              "Last purchase or login, days beyond the threshold: more than",
              DAYS,
              Condition.days("activityBeyondThresholdMs", MORE_THAN)),
          Column.condition(
              "purchaseBeyond",
              "Last purchase, days beyond the threshold: up to",
              DAYS,
              Condition.days("purchaseBeyondThresholdMs", UP_TO)),
          Column.condition(
              "dealOutcome",
              "Deal outcome",
              codes(orNone(Vocabularies.DEAL_OUTCOME)),
              Condition.in("dealOutcome")),
          Column.condition(
              "dealStage",
              "Deal stage",
              codes(orNone(Vocabularies.DEAL_STAGE)),
              Condition.in("dealStage")),
          Column.condition(
              "meeting",
              "Meeting",
              codes(orNone(Vocabularies.MEETING_STATUS)),
              Condition.in("meetingStatus")),
          Column.condition(
              "meetingAtLeast",
              "Meeting, days ago: at least",
              DAYS,
              Condition.days("meetingAgeMs", AT_LEAST)),
          Column.condition(
              "meetingLess",
              "Meeting, days ago: less than",
              DAYS,
              Condition.days("meetingAgeMs", WITHIN)),
          Column.condition(
              "engagedAfterMeeting",
              "Engaged after the meeting",
              codes(Vocabulary.YES_NO),
              Condition.in("engagedAfterMeeting")),
          Column.condition(
              "engagedMore",
              "Engaged, days ago: more than",
              DAYS,
              Condition.days("engagementAgeMs", MORE_THAN)),
          Column.condition(
              "engagedUpTo",
              "Engaged, days ago: up to",
              DAYS,
              Condition.days("engagementAgeMs", UP_TO)),
          Column.condition(
              "engagedBeyond",
              "Engaged, days beyond the threshold: more than",
              DAYS,
              Condition.days("engagementBeyondThresholdMs", MORE_THAN)),
          Column.condition("funnel", "Funnel", codes(Vocabularies.FUNNEL), Condition.in("funnel")),
          Column.result("segment", "Segment", code(SegmentVocabularies.SEGMENT)),
          Column.result("clock", "Clock", code(SegmentVocabularies.CLOCK)),
          Column.result("offerAngle", "Offer angle", code(SegmentVocabularies.OFFER_ANGLE)));

  public static final TableDefinition GROUPS =
      TableDefinition.rules(
          "segments",
          "Groups",
          "Which group a segment belongs to",
          "Decides the group that reports and offers build on.",
          HitPolicy.FIRST,
          StandingInput.class,
          Column.condition(
              "segment",
              "Segment",
              codes(orNone(SegmentVocabularies.SEGMENT)),
              Condition.in("segment")),
          Column.condition(
              "dealStage",
              "Deal stage",
              codes(orNone(Vocabularies.DEAL_STAGE)),
              Condition.in("dealStage")),
          Column.result("group", "Group", code(SegmentVocabularies.GROUP)));

  public static final TableDefinition TIERS =
      TableDefinition.rules(
          "segments",
          "Tiers",
          "How valuable a person is",
          "Decides the value tier, 1 the highest; a value that is not known, or is in another currency, lifts nobody.",
          HitPolicy.FIRST,
          StandingInput.class,
          Column.condition(
              "segment",
              "Segment",
              codes(orNone(SegmentVocabularies.SEGMENT)),
              Condition.in("segment")),
          Column.condition(
              "dealStage",
              "Deal stage",
              codes(orNone(Vocabularies.DEAL_STAGE)),
              Condition.in("dealStage")),
          Column.condition("funnel", "Funnel", codes(Vocabularies.FUNNEL), Condition.in("funnel")),
          Column.condition(
              "currency", "Currency", new CellType.Currency(), Condition.in("currency")),
          Column.condition(
              "quotedPrice",
              "Quoted price: at least",
              MONEY,
              new Condition("quotedPrice", AT_LEAST, MONEY_FACTOR, Condition.Scope.INPUT)),
          Column.condition(
              "lifetimeValue",
              "Lifetime value: at least",
              MONEY,
              new Condition("lifetimeValue", AT_LEAST, MONEY_FACTOR, Condition.Scope.INPUT)),
          Column.result("tier", "Tier", new CellType.WholeNumber(1, 9)));

  public static final TableDefinition COHORTS =
      TableDefinition.rules(
          "segments",
          "Cohorts",
          "How long a person has been quiet",
          "Decides the cohort by the age of the segment's clock, and what becomes of the sequence.",
          HitPolicy.FIRST,
          StandingInput.class,
          Column.condition(
              "segment",
              "Segment",
              codes(orNone(SegmentVocabularies.SEGMENT)),
              Condition.in("segment")),
          Column.condition(
              "ageDays", "Clock, days ago: up to", DAYS, Condition.days("clockAgeMs", UP_TO)),
          Column.result("cohort", "Cohort", code(SegmentVocabularies.COHORT)),
          Column.result("stepsDropped", "Last steps dropped", new CellType.WholeNumber(0, 20)),
          Column.result("waitsForTrigger", "Waits for a trigger", new CellType.YesNo()));

  public static final List<TableDefinition> ALL =
      List.of(DORMANCY, SEGMENTS, GROUPS, TIERS, COHORTS);

  private SegmentTables() {}

  private static CellType codes(Vocabulary vocabulary) {
    return new CellType.Codes(vocabulary, true);
  }

  private static CellType code(Vocabulary vocabulary) {
    return new CellType.Codes(vocabulary, false);
  }

  private static Vocabulary orNone(Vocabulary vocabulary) {
    return vocabulary.orNone();
  }
}
