package rekindle.experiment;

import java.util.List;
import rekindle.facts.Vocabularies;
import rekindle.segment.SegmentVocabularies;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;

/** The tables of {@code experiments.xlsx}. */
public final class ExperimentTables {
  public static final TableDefinition HOLDOUTS =
      TableDefinition.rules(
          "experiments",
          "Holdouts",
          "Who is not touched, to measure what touches do",
          "Decides which share of people is held out; the Id names the experiment and, with the person, decides the draw.",
          HitPolicy.ALL,
          HoldoutInput.class,
          Column.condition(
              "segment",
              "Segment",
              new CellType.Codes(SegmentVocabularies.SEGMENT, true),
              Condition.in("segment")),
          Column.condition(
              "program",
              "Program",
              new CellType.Codes(Vocabularies.PROGRAM, true),
              Condition.in("program")),
          Column.result("share", "Share held out", new CellType.Share()));

  public static final List<TableDefinition> ALL = List.of(HOLDOUTS);

  private ExperimentTables() {}
}
