package rekindle.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import rekindle.code.Vocabulary;
import rekindle.table.Cell;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.Condition.Comparison;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * Random first-hit tables over numbers, both as tables of ours and as decisions of DMN 1.3. Numbers
 * are counted in halves, so that there is one between any two bounds, as DMN assumes.
 */
final class NumericTables {
  static final int BOUND_MAX = 4;
  static final long HALVES = 2;

  private static final List<Comparison> LOWER = List.of(Comparison.MORE_THAN, Comparison.AT_LEAST);
  private static final List<Comparison> UPPER = List.of(Comparison.UP_TO, Comparison.WITHIN);
  private static final Vocabulary ANSWER = Vocabulary.of("answer", "p", "one", "q", "two");

  /** What a row asks of one input; a bound that is null is none. */
  record Range(
      @Nullable Integer lower, boolean lowerInside, @Nullable Integer upper, boolean upperInside) {

    /** Whether a number of halves lies in it. */
    boolean holds(long halves) {
      return (lower == null || halves > HALVES * lower || (lowerInside && halves == HALVES * lower))
          && (upper == null
              || halves < HALVES * upper
              || (upperInside && halves == HALVES * upper));
    }

    /** As FEEL writes it. */
    String feel() {
      if (lower == null && upper == null) {
        return "-";
      }
      if (lower == null) {
        return (upperInside ? "<= " : "< ") + upper;
      }
      if (upper == null) {
        return (lowerInside ? ">= " : "> ") + lower;
      }
      return (lowerInside ? "[" : "(") + lower + ".." + upper + (upperInside ? "]" : ")");
    }
  }

  /** A table: for each row a range for each input, and its answer. */
  record Numeric(int inputs, List<List<Range>> rows, List<String> answers) {}

  private final SplittableRandom random;

  NumericTables(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * One to three inputs, one to seven rows.
   *
   * @param mixed whether rows differ in which ends of their ranges are inside
   */
  Numeric next(boolean mixed) {
    int inputs = 1 + random.nextInt(3);
    int count = 1 + random.nextInt(7);
    var lowerInside = new boolean[inputs];
    for (int input = 0; input < inputs; input++) {
      lowerInside[input] = random.nextBoolean();
    }
    var rows = new ArrayList<List<Range>>();
    var answers = new ArrayList<String>();
    for (int row = 0; row < count; row++) {
      var ranges = new ArrayList<Range>();
      for (int input = 0; input < inputs; input++) {
        boolean inside = mixed ? random.nextBoolean() : lowerInside[input];
        ranges.add(range(inside, mixed ? random.nextBoolean() : !inside));
      }
      rows.add(ranges);
      answers.add(random.nextBoolean() ? "p" : "q");
    }
    return new Numeric(inputs, rows, answers);
  }

  private Range range(boolean lowerInside, boolean upperInside) {
    int lower = random.nextInt(BOUND_MAX);
    int upper = lower + 1 + random.nextInt(BOUND_MAX - lower);
    return new Range(
        random.nextInt(3) == 0 ? null : lower,
        lowerInside,
        random.nextInt(3) == 0 ? null : upper,
        upperInside);
  }

  /** The table as one of ours, without an otherwise row. */
  static TypedTable ours(Numeric numeric) {
    var columns = new ArrayList<Column>();
    CellType type = new CellType.WholeNumber(0, BOUND_MAX);
    for (int input = 0; input < numeric.inputs(); input++) {
      for (Comparison comparison : Comparison.values()) {
        if (LOWER.contains(comparison) || UPPER.contains(comparison)) {
          var condition = new Condition("x" + input, comparison, HALVES, Condition.Scope.INPUT);
          columns.add(
              Column.condition(
                  key(input, comparison), "X" + input + ": " + comparison, type, condition));
        }
      }
    }
    columns.add(Column.result("answer", "Answer", new CellType.Codes(ANSWER, false)));
    var definition =
        TableDefinition.rules(
            "numeric",
            "Numeric",
            "Numeric",
            "Decides nothing.",
            HitPolicy.FIRST,
            SmallTables.Input.class,
            columns.toArray(new Column[0]));
    var rows = new ArrayList<TypedRow>();
    for (int row = 0; row < numeric.rows().size(); row++) {
      Map<String, Cell> cells = new HashMap<>();
      definition.conditions().forEach(column -> cells.put(column.key(), new Cell.Any()));
      for (int input = 0; input < numeric.inputs(); input++) {
        Range range = numeric.rows().get(row).get(input);
        put(cells, input, LOWER.get(range.lowerInside() ? 1 : 0), range.lower());
        put(cells, input, UPPER.get(range.upperInside() ? 0 : 1), range.upper());
      }
      cells.put("answer", new Cell.Codes(List.of(numeric.answers().get(row)), false, false));
      rows.add(new TypedRow(11 + row, "R-" + row, cells, null, null));
    }
    return new TypedTable(definition, rows);
  }

  private static void put(
      Map<String, Cell> cells, int input, Comparison comparison, @Nullable Integer bound) {
    if (bound != null) {
      cells.put(key(input, comparison), new Cell.Number(BigDecimal.valueOf(bound)));
    }
  }

  private static String key(int input, Comparison comparison) {
    return "x" + input + comparison;
  }

  /** All tables as the decisions of one DMN model. */
  static String dmn(List<Numeric> tables) {
    var xml =
        new StringBuilder(
            "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\""
                + " namespace=\"urn:numeric\" name=\"numeric\" id=\"numeric\">\n");
    for (int input = 0; input < 3; input++) {
      xml.append(
          "<inputData id=\"i%d\" name=\"x%d\"><variable name=\"x%d\" typeRef=\"number\"/></inputData>\n"
              .replace("%d", "" + input));
    }
    for (int n = 0; n < tables.size(); n++) {
      append(xml, n, tables.get(n));
    }
    return xml.append("</definitions>\n").toString();
  }

  private static void append(StringBuilder xml, int n, Numeric table) {
    xml.append(
        "<decision id=\"d"
            + n
            + "\" name=\"d"
            + n
            + "\"><variable name=\"d"
            + n
            + "\" typeRef=\"string\"/>\n");
    for (int input = 0; input < table.inputs(); input++) {
      xml.append(
          "<informationRequirement><requiredInput href=\"#i"
              + input
              + "\"/></informationRequirement>\n");
    }
    xml.append("<decisionTable id=\"t" + n + "\" hitPolicy=\"FIRST\">\n");
    for (int input = 0; input < table.inputs(); input++) {
      xml.append(
          "<input><inputExpression typeRef=\"number\"><text>x"
              + input
              + "</text></inputExpression></input>\n");
    }
    xml.append("<output typeRef=\"string\"/>\n");
    for (int row = 0; row < table.rows().size(); row++) {
      xml.append("<rule>");
      for (Range range : table.rows().get(row)) {
        String feel = range.feel().replace("<", "&lt;").replace(">", "&gt;");
        xml.append("<inputEntry><text>" + feel + "</text></inputEntry>");
      }
      xml.append(
          "<outputEntry><text>\"" + table.answers().get(row) + "\"</text></outputEntry></rule>\n");
    }
    xml.append("</decisionTable></decision>\n");
  }
}
