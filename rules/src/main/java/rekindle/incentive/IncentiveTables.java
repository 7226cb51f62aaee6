package rekindle.incentive;

import static rekindle.table.Condition.Comparison.HOLDS;
import static rekindle.table.Condition.Comparison.OLDER_THAN;
import static rekindle.table.Condition.Comparison.WITHIN;

import java.math.BigDecimal;
import java.util.List;
import rekindle.code.Vocabulary;
import rekindle.facts.Vocabularies;
import rekindle.segment.SegmentVocabularies;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.DrlLiteral;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;

/** The tables of {@code incentives.xlsx}. */
public final class IncentiveTables {
  private static final CellType MONEY =
      new CellType.Decimal(BigDecimal.ZERO, new BigDecimal("1000000000"), 2);
  private static final Vocabulary GUARD_REASON =
      Vocabulary.open(
          "guard reason",
          "serial_win_back",
          "won back too often",
          "recent_incentive",
          "had an incentive lately",
          "early_stage",
          "was never qualified",
          "cost_too_high",
          "costs too much for what the person is worth");

  public static final TableDefinition MENU =
      TableDefinition.lookup(
          "incentives",
          "Menu",
          "What can be offered",
          "Decides what each incentive is worth to the person, what it costs, and how long its term runs.",
          Column.key("incentive", "Incentive", code(Vocabularies.INCENTIVE)),
          Column.result("value", "Value", MONEY),
          Column.result("cost", "Cost", MONEY),
          Column.result("currency", "Currency", new CellType.Currency()),
          Column.result("validDays", "Valid, days", new CellType.WholeNumber(1, 3650)));

  public static final TableDefinition CHOICE =
      TableDefinition.rules(
          "incentives",
          "Choice",
          "Which incentive suits whom",
          "Decides the order in which incentives are tried on an offer step; the first that passes all guards is offered.",
          HitPolicy.ALL,
          ChoiceInput.class,
          Column.condition(
              "segment", "Segment", codes(SegmentVocabularies.SEGMENT), Condition.in("segment")),
          Column.condition(
              "barrier", "Barrier", codes(Vocabularies.TAG), Condition.of("barriers", HOLDS)),
          Column.condition(
              "cohort", "Cohort", codes(SegmentVocabularies.COHORT), Condition.in("cohort")),
          Column.condition(
              "tier",
              "Tier",
              new CellType.WholeNumber(1, 9),
              Condition.of("tier", Condition.Comparison.UP_TO)),
          Column.condition(
              "program", "Program", codes(Vocabularies.PROGRAM), Condition.in("program")),
          Column.condition(
              "dealStage",
              "Deal stage",
              codes(Vocabularies.DEAL_STAGE.orNone()),
              Condition.in("dealStage")),
          Column.result("incentive", "Incentive", code(Vocabularies.INCENTIVE)));

  public static final TableDefinition GUARDS =
      TableDefinition.rules(
              "incentives",
              "Guards",
              "When no incentive is given",
              "Decides what keeps an incentive back.",
              HitPolicy.ALL,
              GuardInput.class,
              Column.condition(
                  "incentive",
                  "Incentive",
                  codes(Vocabularies.INCENTIVE),
                  Condition.in("incentive")),
              Column.condition(
                  "segment",
                  "Segment",
                  codes(SegmentVocabularies.SEGMENT),
                  Condition.in("segment")),
              Column.condition(
                  "winBacks",
                  "Won back, times: at least",
                  new CellType.WholeNumber(1, 1000),
                  Condition.togetherOrAny("winBacks")),
              Column.condition(
                  "winBackMonths",
                  "Won back, months: within",
                  new CellType.WholeNumber(1, 1200),
                  Condition.togetherOrAny("winBackMonths")),
              Column.condition(
                  "lastIncentiveDays",
                  "Last incentive, days ago: less than",
                  new CellType.WholeNumber(1, 36500),
                  Condition.days("lastIncentiveAgeMs", WITHIN)),
              Column.condition(
                  "lifetimeShare",
                  "Cost, share of lifetime value: more than, or unknown",
                  new CellType.Share(),
                  new Condition(
                      "costShareOfLifetimeValue", OLDER_THAN, 10_000, Condition.Scope.INPUT)),
              Column.condition(
                  "acquisitionShare",
                  "Cost, share of acquisition cost: more than, or unknown",
                  new CellType.Share(),
                  new Condition(
                      "costShareOfAcquisitionCost", OLDER_THAN, 10_000, Condition.Scope.INPUT)),
              Column.result("reason", "Reason", code(GUARD_REASON)))
          .with((row, channel) -> winBacks(row));

  public static final List<TableDefinition> ALL = List.of(MENU, CHOICE, GUARDS);

  private IncentiveTables() {}

  private static List<String> winBacks(TypedRow row) {
    return row.number("winBacks").isEmpty()
        ? List.of()
        : List.of(
            "winBacksWithin("
                + DrlLiteral.number(
                    row.number("winBackMonths").orElse(BigDecimal.valueOf(1200)).longValueExact())
                + ") >= "
                + DrlLiteral.number(row.number("winBacks").get().longValueExact()));
  }

  private static CellType codes(Vocabulary vocabulary) {
    return new CellType.Codes(vocabulary, true);
  }

  private static CellType code(Vocabulary vocabulary) {
    return new CellType.Codes(vocabulary, false);
  }
}
