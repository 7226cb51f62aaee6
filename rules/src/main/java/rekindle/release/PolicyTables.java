package rekindle.release;

import java.util.List;
import java.util.stream.Stream;
import rekindle.calendar.CalendarTables;
import rekindle.channel.ChannelTables;
import rekindle.eligibility.EligibilityTables;
import rekindle.experiment.ExperimentTables;
import rekindle.incentive.IncentiveTables;
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
}
