package rekindle.rule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.table.Cell;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.Condition.Scope;
import rekindle.table.HitPolicy;
import rekindle.table.RowConstraint;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * The rules that a release's tables make, numbered from 0 in the order of tables, rows, keys and
 * channels. Otherwise rows and lookup tables make none.
 *
 * @param otherwise the last row of each first-hit table, by its sheet
 */
public record RulePlan(List<Rule> rules, Map<String, Hit> otherwise) {

  /** Key of the input that stands for any value: a row whose key cell says {@code any}. */
  public static final String ANY_KEY = "any";

  /** Key of the input that stands for an unknown value. */
  public static final String UNKNOWN_KEY = "unknown";

  public RulePlan {
    rules = List.copyOf(rules);
    otherwise = Map.copyOf(otherwise);
  }

  /**
   * Expands typed tables into rules.
   *
   * @throws IllegalArgumentException if a cell does not fit its column's condition, naming table
   *     and row; the reader lets no such cell pass
   */
  public static RulePlan of(List<TypedTable> tables) {
    var rules = new ArrayList<Rule>();
    var otherwise = new HashMap<String, Hit>();
    for (TypedTable table : tables) {
      if (table.definition().hitPolicy() == HitPolicy.LOOKUP) {
        continue;
      }
      for (TypedRow row : table.rows()) {
        if (row.isOtherwise()) {
          otherwise.put(table.definition().sheet(), new Hit(table, row));
        } else {
          expand(table, row, rules);
        }
      }
    }
    return new RulePlan(rules, otherwise);
  }

  /** The rule of that number. */
  public Rule rule(int number) {
    return rules.get(number);
  }

  /** The row that counts where no other of its first-hit table holds. */
  public Hit otherwise(TypedTable table) {
    Hit hit = otherwise.get(table.definition().sheet());
    if (hit == null) {
      throw new IllegalArgumentException(table.definition().place() + " has no otherwise row");
    }
    return hit;
  }

  /** The getter of a channel's view on a stage input, as a property: {@code paidMedia}. */
  public static String channelProperty(Channel channel) {
    return switch (channel) {
      case EMAIL -> "email";
      case LINKEDIN -> "linkedin";
      case PAID_MEDIA -> "paidMedia";
      case PHONE -> "phone";
      case SMS -> "sms";
      case WHATSAPP -> "whatsapp";
    };
  }

  private static void expand(TypedTable table, TypedRow row, List<Rule> rules) {
    try {
      var hit = new Hit(table, row);
      for (@Nullable String key : keys(table, row)) {
        for (@Nullable Channel channel : channels(table, row)) {
          rules.add(
              new Rule(rules.size(), hit, key, channel, constraints(table, row, key, channel)));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          table.reference(row) + " (" + row.id() + "): " + e.getMessage(), e);
    }
  }

  /** The values to compile for; one null where there is no key or the cell excludes some. */
  private static List<@Nullable String> keys(TypedTable table, TypedRow row) {
    List<Column> columns = scoped(table, Scope.KEY);
    if (columns.isEmpty()) {
      return Collections.singletonList(null);
    }
    if (columns.size() > 1) {
      throw new IllegalArgumentException("a table has one key, not " + columns.size());
    }
    Cell cell = row.cell(columns.get(0).key());
    if (cell instanceof Cell.Any) {
      return List.of(ANY_KEY);
    }
    if (cell instanceof Cell.Unknown) {
      return List.of(UNKNOWN_KEY);
    }
    if (cell instanceof Cell.Codes codes) {
      if (codes.negated()) {
        return Collections.singletonList(null);
      }
      var keys = new ArrayList<@Nullable String>(codes.values());
      if (codes.orUnknown()) {
        keys.add(UNKNOWN_KEY);
      }
      return keys;
    }
    throw Constraints.unfit(columns.get(0), cell);
  }

  private static List<@Nullable Channel> channels(TypedTable table, TypedRow row) {
    List<Column> columns = scoped(table, Scope.CHANNEL_KEY);
    if (columns.isEmpty()) {
      return Collections.singletonList(null);
    }
    if (columns.size() > 1) {
      throw new IllegalArgumentException("a table has one channel column, not " + columns.size());
    }
    Cell cell = row.cell(columns.get(0).key());
    if (cell instanceof Cell.Any) {
      return new ArrayList<>(Channel.ALL);
    }
    if (cell instanceof Cell.Codes codes && !codes.orUnknown()) {
      for (String code : codes.values()) {
        if (Channel.of(code).isEmpty()) {
          throw Constraints.unfit(columns.get(0), cell);
        }
      }
      return new ArrayList<>(Channel.ALL.stream().filter(c -> codes.matches(c.code())).toList());
    }
    throw Constraints.unfit(columns.get(0), cell);
  }

  private static List<String> constraints(
      TypedTable table, TypedRow row, @Nullable String key, @Nullable Channel channel) {
    var first = new ArrayList<String>();
    var rest = new ArrayList<String>();
    for (Column column : table.definition().conditions()) {
      Condition condition = column.condition();
      if (condition == null) {
        throw new IllegalArgumentException("column " + column.key() + " has no condition");
      }
      Cell cell = row.cell(column.key());
      switch (condition.scope()) {
        case KEY -> first.addAll(Constraints.key(column, condition, cell, key));
        case CHANNEL_KEY -> {}
        case CHANNEL -> {
          if (channel == null) {
            throw new IllegalArgumentException(
                "column " + column.key() + " needs a column that names the channel");
          }
          rest.addAll(Constraints.of(column, condition, channelProperty(channel) + ".", cell));
        }
        case INPUT -> rest.addAll(Constraints.of(column, condition, "", cell));
      }
    }
    RowConstraint together = table.definition().together();
    if (together != null) {
      rest.addAll(together.of(row, channel == null ? null : channel.code()));
    }
    first.addAll(rest);
    return first;
  }

  private static List<Column> scoped(TypedTable table, Scope scope) {
    return table.definition().conditions().stream()
        .filter(c -> c.condition() != null && c.condition().scope() == scope)
        .toList();
  }
}
