package rekindle.plan;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import rekindle.json.Found;
import rekindle.json.JsonProblems;
import rekindle.plan.AssumedResponse.After;
import rekindle.policy.Release;
import rekindle.table.Cell;
import rekindle.table.TypedRow;
import rekindle.touch.CadenceTables;

/**
 * Which steps the sequences of a release have, for whichever program.
 *
 * @param bySequence numbers of the steps
 */
record SequenceSteps(Map<String, TreeSet<Integer>> bySequence) {
  static SequenceSteps of(Release release) {
    var steps = new TreeMap<String, TreeSet<Integer>>();
    for (TypedRow row : release.table(CadenceTables.SEQUENCES).rows()) {
      row.code("sequence").ifPresent(name -> steps.put(name, new TreeSet<>()));
    }
    List<TypedRow> rows = release.table(CadenceTables.STEPS).rows();
    rows.forEach(row -> row.codes("sequence").forEach(name -> steps.put(name, new TreeSet<>())));
    for (TypedRow row : rows) {
      int number = row.number("step").orElseThrow().intValueExact();
      steps.forEach(
          (name, numbers) -> {
            Cell cell = row.cell("sequence");
            if (cell instanceof Cell.Any || (cell instanceof Cell.Codes c && c.matches(name))) {
              numbers.add(number);
            }
          });
    }
    return new SequenceSteps(steps);
  }

  /** Notes that there is no such step. */
  void check(After after, String pointer, JsonProblems problems) {
    TreeSet<Integer> steps = bySequence.get(after.sequence());
    if (steps == null) {
      problems.add(
          pointer + "/sequence",
          () -> Found.unknown("sequence", after.sequence(), bySequence.keySet()));
    } else if (!steps.contains(after.step())) {
      String all = String.join(", ", steps.stream().map(String::valueOf).toList());
      problems.add(
          pointer + "/step",
          "sequence \"" + after.sequence() + "\" has no step " + after.step() + "; it has " + all);
    }
  }
}
