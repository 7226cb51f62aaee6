package rekindle.rule;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * Settles what the rules that held mean: hit policy, order, and which rows are in force on the
 * local dates of a person. One for each decision; confined to one thread.
 */
public final class Rows {
  private final CompiledRules rules;
  private final RuleMatcher matcher;
  private final RememberedHits remembered;

  /**
   * @param remembered lives as long as the rules
   */
  public Rows(CompiledRules rules, RuleMatcher matcher, RememberedHits remembered) {
    this.rules = rules;
    this.matcher = matcher;
    this.remembered = remembered;
  }

  /** Compares an input with all rows of its tables. */
  public void match(CodesInput input) {
    remembered.match(input, matcher);
  }

  /** Compares the inputs with all rows of their tables. */
  public void match(StageInput... inputs) {
    matcher.match(inputs);
  }

  /**
   * The topmost row that held and is in force. Where the local dates of the candidate zones
   * disagree, each gives its row, and the lower one counts: tables go from what grants to what
   * denies.
   */
  public Hit first(
      StageInput input, TypedTable table, List<LocalDate> dates, Predicate<TypedRow> holds) {
    @Nullable Hit lowest = null;
    for (LocalDate date : dates) {
      Hit hit = topmost(input, table.definition(), date, holds);
      if (hit == null) {
        hit = rules.otherwise(table);
      }
      if (lowest == null || hit.row().number() > lowest.row().number()) {
        lowest = hit;
      }
    }
    if (lowest == null) {
      throw new IllegalArgumentException("a decision needs a local date");
    }
    return lowest;
  }

  /** As {@link #first(StageInput, TypedTable, List, Predicate)}, with every row that held. */
  public Hit first(StageInput input, TypedTable table, List<LocalDate> dates) {
    return first(input, table, dates, row -> true);
  }

  /**
   * Every rule of the table that held and is in force on one of the dates, in the order of rows.
   */
  public List<Rule> all(StageInput input, TableDefinition table, List<LocalDate> dates) {
    var all = new ArrayList<Rule>();
    for (int number : input.hits()) {
      Rule rule = rules.rule(number);
      if (rule.table().definition() == table && isInForce(rule.row(), dates)) {
        all.add(rule);
      }
    }
    return all;
  }

  /** Every rule of the table that held, whether in force or not. */
  public List<Rule> always(StageInput input, TableDefinition table) {
    var all = new ArrayList<Rule>();
    for (int number : input.hits()) {
      Rule rule = rules.rule(number);
      if (rule.table().definition() == table) {
        all.add(rule);
      }
    }
    return all;
  }

  /** The last row of a first-hit table. */
  public Hit otherwise(TypedTable table) {
    return rules.otherwise(table);
  }

  private static boolean isInForce(TypedRow row, List<LocalDate> dates) {
    if (row.from() == null && row.to() == null) {
      return true;
    }
    for (LocalDate date : dates) {
      if (row.inForceOn(date)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Hit topmost(
      StageInput input, TableDefinition table, LocalDate date, Predicate<TypedRow> holds) {
    for (int number : input.hits()) {
      Rule rule = rules.rule(number);
      if (rule.table().definition() == table
          && rule.row().inForceOn(date)
          && holds.test(rule.row())) {
        return rule.hit();
      }
    }
    return null;
  }
}
