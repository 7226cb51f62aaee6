package rekindle.release;

import java.util.List;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.TableDefinition;

/** The table of {@code scenarios.xlsx}: examples with the expected decision. */
public final class ScenarioTables {
  private static final CellType TEXT = new CellType.Text();

  public static final TableDefinition SCENARIOS =
      TableDefinition.lookup(
          "scenarios",
          "Scenarios",
          "Examples that must come out so",
          "Each row is a person and the decision that must come out; a blank expectation is not looked at. A fact that is not named is unknown.",
          Column.note("shows", "What it shows", TEXT),
          Column.key("asOf", "As of", new CellType.Timestamp()),
          Column.key("facts", "Facts", TEXT),
          Column.note("verdict", "→ Verdict", TEXT),
          Column.note("reasons", "→ Reasons", TEXT),
          Column.note("segment", "→ Segment", TEXT),
          Column.note("standing", "→ Group, tier, cohort, angle", TEXT),
          Column.note("touch", "→ Touch", TEXT),
          Column.note("notBefore", "→ Not before", new CellType.Timestamp()),
          Column.note("recheckAt", "→ Look again", TEXT),
          Column.note("channels", "→ Channels", TEXT),
          Column.note("incentive", "→ Incentive", TEXT));

  public static final List<TableDefinition> ALL = List.of(SCENARIOS);

  private ScenarioTables() {}
}
