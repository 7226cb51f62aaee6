package rekindle.release;

import static rekindle.table.Condition.Comparison.AT_LEAST;
import static rekindle.table.Condition.Comparison.IN;
import static rekindle.table.Condition.Comparison.OLDER_THAN;
import static rekindle.table.Condition.Comparison.WITHIN;

import java.util.Map;
import rekindle.check.TableMeaning;
import rekindle.check.TableMeaning.Rows;
import rekindle.eligibility.EligibilityTables;
import rekindle.experiment.ExperimentTables;
import rekindle.incentive.IncentiveTables;
import rekindle.segment.SegmentTables;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.touch.CadenceTables;

/** What the checks must know of the policy's tables beyond their definitions. */
final class TableMeanings {
  private static final Map<TableDefinition, TableMeaning> BY_TABLE =
      Map.ofEntries(
          // One event that gives the ground must have the proof and be young enough.
          Map.entry(
              EligibilityTables.CONSENT,
              TableMeaning.plain()
                  .together("ground", IN)
                  .together("ageMonths", WITHIN)
                  .together("proof", IN)
                  .together("givenOrUsedMonths", WITHIN)
                  .together("givenOrHeardMonths", WITHIN)
                  .together("inboundHours", WITHIN)),
          // One no must be all that the row asks.
          Map.entry(
              EligibilityTables.SUPPRESSION,
              TableMeaning.plain()
                  .together("saidIn", IN)
                  .together("no", IN)
                  .together("madeOn", IN)
                  .together("consentSince", IN)),
          // Fewer touches in a longer window are easier to reach. What is counted stands as it is:
          // two counts of some are not one of all.
          Map.entry(
              EligibilityTables.CAPS,
              TableMeaning.plain().together("windowHours", WITHIN).together("touches", AT_LEAST)),
          // One list has the answer, and its age.
          Map.entry(
              EligibilityTables.REGISTRIES,
              TableMeaning.plain()
                  .together("list", IN)
                  .together("answer", IN)
                  .together("checkedDays", OLDER_THAN)),
          Map.entry(
              IncentiveTables.GUARDS,
              TableMeaning.plain()
                  .together("winBacks", AT_LEAST)
                  .together("winBackMonths", WITHIN)),
          Map.entry(IncentiveTables.CHOICE, TableMeaning.plain().rows(Rows.ORDERED)),
          Map.entry(CadenceTables.STEPS, TableMeaning.plain().rows(Rows.ORDERED).numbered("step")),
          Map.entry(ExperimentTables.HOLDOUTS, TableMeaning.plain().rows(Rows.NAMED)),
          Map.entry(SegmentTables.SEGMENTS, TableMeaning.plain().needing(TableMeanings::clock)));

  private TableMeanings() {}

  static TableMeaning of(TableDefinition definition) {
    return BY_TABLE.getOrDefault(definition, TableMeaning.plain());
  }

  /** A row that gives a segment holds only where its clock is known. */
  private static Map<String, String> clock(TypedRow row) {
    if (row.code("segment").isEmpty()) {
      return Map.of();
    }
    return switch (row.code("clock").orElse("none")) {
      case "subscription" -> Map.of("subscriptionEndedAgeMs", "Ended, days ago");
      case "activity" -> Map.of("activityBeyondThresholdMs", "Last purchase or login");
      case "meeting" -> Map.of("meetingAgeMs", "Meeting, days ago");
      case "engagement" -> Map.of("engagementAgeMs", "Engaged, days ago");
      case "deal" -> Map.of("dealClosedAgeMs", "Deal closed, days ago");
      // Without a clock the segment never holds.
      default -> Map.of("noClock", "A clock");
    };
  }
}
