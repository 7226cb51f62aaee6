package rekindle.release;

import java.util.List;
import java.util.stream.Stream;
import rekindle.calendar.CalendarTables;
import rekindle.channel.ChannelTables;
import rekindle.eligibility.EligibilityTables;
import rekindle.experiment.ExperimentTables;
import rekindle.incentive.IncentiveTables;
import rekindle.reply.ReplyTables;
import rekindle.segment.SegmentTables;
import rekindle.table.TableDefinition;
import rekindle.touch.CadenceTables;

/** All tables of the policy, workbook by workbook. */
public final class PolicyTables {
  private static final List<TableDefinition> ALL =
      Stream.of(
              SegmentTables.ALL,
              EligibilityTables.ALL,
              CadenceTables.ALL,
              ChannelTables.ALL,
              IncentiveTables.ALL,
              CalendarTables.ALL,
              ExperimentTables.ALL,
              ReplyTables.ALL,
              ScenarioTables.ALL)
          .flatMap(List::stream)
          .toList();

  private PolicyTables() {}

  public static List<TableDefinition> all() {
    return ALL;
  }

  /** Workbook names in their order. */
  public static List<String> workbooks() {
    return ALL.stream().map(TableDefinition::workbook).distinct().toList();
  }

  /** The tables of one workbook. */
  public static List<TableDefinition> of(String workbook) {
    return ALL.stream().filter(t -> t.workbook().equals(workbook)).toList();
  }

  /** What a workbook decides, for its Read me sheet. */
  public static String about(String workbook) {
    return switch (workbook) {
      case "segments" ->
          "Decides who is dormant, which segment a person is in, and how valuable and how long quiet the person is.";
      case "eligibility" ->
          "Decides which channels may be used for whom, where and when, and every reason why another may not.";
      case "cadence" ->
          "Decides which sequence a person goes through, its steps, what ends it and what wakes a parked person.";
      case "channels" -> "Decides the channel for a step among those allowed.";
      case "incentives" -> "Decides the incentive of an offer, or why none is given.";
      case "calendars" ->
          "Holds public holidays, the time zones of each jurisdiction, and checks and corrections of zone data.";
      case "experiments" ->
          "Decides who is held out so that the effect of touches can be measured.";
      case "replies" ->
          "Decides what a text means that a person sent, and what follows: which channels it ends, for whom.";
      case "scenarios" ->
          "Holds examples with the decision that must come out; all must hold before a release may be active.";
      default -> throw new IllegalArgumentException("there is no workbook " + workbook);
    };
  }
}
