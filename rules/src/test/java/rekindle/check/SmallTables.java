package rekindle.check;

import static rekindle.table.Column.condition;
import static rekindle.table.Column.result;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import rekindle.code.Vocabulary;
import rekindle.rule.StageInput;
import rekindle.table.Cell;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.Condition.Comparison;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/** Random tables over domains so small that every case can be tried. */
final class SmallTables {
  static final Vocabulary KIND = Vocabulary.of("kind", "a", "first", "b", "second", "c", "third");
  static final LocalDate DAY = LocalDate.of(2026, 1, 1);
  private static final Vocabulary TAG = Vocabulary.open("tag", "x", "one", "y", "two");
  private static final Vocabulary ANSWER = Vocabulary.of("answer", "p", "one", "q", "two");
  private static final CellType NUMBER = new CellType.WholeNumber(0, 4);
  private static final Cell ANY = new Cell.Any();

  private final SplittableRandom random;

  SmallTables(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Stands for a stage's input; no rule is ever compiled here. */
  static final class Input extends StageInput {}

  static TableDefinition definition(HitPolicy hitPolicy) {
    return TableDefinition.rules(
        "small",
        "Small",
        "Small",
        "Decides nothing.",
        hitPolicy,
        Input.class,
        condition("kind", "Kind", new CellType.Codes(KIND, true), Condition.in("kind")),
        condition("more", "Age: more than", NUMBER, Condition.of("age", Comparison.MORE_THAN)),
        condition("upTo", "Age: up to", NUMBER, Condition.of("age", Comparison.UP_TO)),
        condition(
            "quiet", "No purchase: within", NUMBER, Condition.of("quiet", Comparison.NOT_WITHIN)),
        condition(
            "tags", "Tags", new CellType.Codes(TAG, true), Condition.of("tags", Comparison.HOLDS)),
        result("answer", "Answer", new CellType.Codes(ANSWER, false)));
  }

  /** Up to six rows; a first-hit table mostly with an otherwise row. */
  TypedTable table(HitPolicy hitPolicy) {
    TableDefinition definition = definition(hitPolicy);
    // The more of a table says any, the more its rows meet.
    int anyOf10 = 2 + random.nextInt(7);
    var rows = new ArrayList<TypedRow>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      Map<String, Cell> cells = new HashMap<>();
      for (Column column : definition.conditions()) {
        boolean any = random.nextInt(10) < anyOf10;
        cells.put(column.key(), any ? ANY : cell(column));
      }
      cells.put("answer", codes(random.nextInt(3) == 0 ? "q" : "p"));
      LocalDate from = random.nextInt(4) == 0 ? DAY.plusDays(random.nextInt(3)) : null;
      LocalDate to =
          random.nextInt(4) == 0 ? (from == null ? DAY : from).plusDays(random.nextInt(2)) : null;
      rows.add(new TypedRow(11 + i, "R-" + i, cells, from, to));
    }
    if (hitPolicy == HitPolicy.FIRST && random.nextInt(4) > 0) {
      Map<String, Cell> cells = new HashMap<>();
      definition.conditions().forEach(c -> cells.put(c.key(), new Cell.Otherwise()));
      cells.put("answer", codes(random.nextBoolean() ? "p" : "q"));
      rows.add(new TypedRow(11 + count, TypedRow.OTHERWISE, cells, null, null));
    }
    return new TypedTable(definition, rows);
  }

  private Cell cell(Column column) {
    if (column.type() instanceof CellType.WholeNumber) {
      return random.nextInt(6) == 0
          ? new Cell.Unknown()
          : new Cell.Number(java.math.BigDecimal.valueOf(random.nextInt(5)));
    }
    if (random.nextInt(6) == 0) {
      return new Cell.Unknown();
    }
    var codes = new ArrayList<String>();
    for (String code :
        column.key().equals("kind") ? List.of("a", "b", "c") : List.of("x", "y", "z")) {
      if (random.nextInt(5) < 2) {
        codes.add(code);
      }
    }
    if (codes.isEmpty()) {
      codes.add(column.key().equals("kind") ? "a" : "x");
    }
    boolean negated = random.nextInt(4) == 0;
    return new Cell.Codes(codes, negated, !negated && random.nextInt(4) == 0);
  }

  private static Cell codes(String code) {
    return new Cell.Codes(List.of(code), false, false);
  }

  /** One case: what is known of somebody on a day. */
  record Case(
      @Nullable String kind,
      @Nullable Integer age,
      @Nullable Integer quiet,
      List<String> tags,
      LocalDate day) {}

  /** Every case that rows of these tables can tell apart. */
  static List<Case> cases() {
    var numbers = new ArrayList<@Nullable Integer>(List.of(-1, 0, 1, 2, 3, 4, 5));
    numbers.add(null);
    var kinds = new ArrayList<@Nullable String>(List.of("a", "b", "c"));
    kinds.add(null);
    var cases = new ArrayList<Case>();
    for (String kind : kinds) {
      for (Integer age : numbers) {
        for (Integer quiet : numbers) {
          for (int tags = 0; tags < 16; tags++) {
            for (int day = -1; day < 5; day++) {
              cases.add(new Case(kind, age, quiet, tags(tags), DAY.plusDays(day)));
            }
          }
        }
      }
    }
    return cases;
  }

  private static List<String> tags(int bits) {
    var tags = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      if ((bits & (1 << i)) != 0) {
        tags.add(List.of("x", "y", "z", "w").get(i));
      }
    }
    return tags;
  }

  /** Whether a row holds, read from the guide for authors and from nothing else. */
  static boolean holds(TypedRow row, Case one) {
    return row.inForceOn(one.day())
        && code(row.cell("kind"), one.kind())
        && number(row.cell("more"), one.age(), (age, bound) -> age > bound, false)
        && number(row.cell("upTo"), one.age(), (age, bound) -> age <= bound, false)
        && number(row.cell("quiet"), one.quiet(), (quiet, bound) -> quiet >= bound, true)
        && tags(row.cell("tags"), one.tags());
  }

  private interface Bound {
    boolean fits(int value, int bound);
  }

  private static boolean number(
      Cell cell, @Nullable Integer value, Bound bound, boolean unknownFits) {
    if (cell instanceof Cell.Number number) {
      return value == null ? unknownFits : bound.fits(value, number.value().intValueExact());
    }
    return !(cell instanceof Cell.Unknown) || value == null;
  }

  private static boolean code(Cell cell, @Nullable String value) {
    if (cell instanceof Cell.Codes codes) {
      if (value == null) {
        return codes.orUnknown();
      }
      return codes.negated() ? !codes.values().contains(value) : codes.values().contains(value);
    }
    return !(cell instanceof Cell.Unknown) || value == null;
  }

  private static boolean tags(Cell cell, List<String> tags) {
    if (cell instanceof Cell.Codes codes) {
      boolean some = tags.stream().anyMatch(codes.values()::contains);
      return codes.negated() ? !some : some || (codes.orUnknown() && tags.isEmpty());
    }
    return !(cell instanceof Cell.Unknown) || tags.isEmpty();
  }
}
