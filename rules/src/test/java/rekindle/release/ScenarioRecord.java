package rekindle.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rekindle.engine.DecisionEngine;
import rekindle.facts.Channel;
import rekindle.policy.Release;
import rekindle.rule.CompiledRules;
import rekindle.rule.Hit;
import rekindle.rule.PlainRules;
import rekindle.rule.Rule;
import rekindle.rule.RuleMatcher;
import rekindle.rule.RulePlan;
import rekindle.rule.StageInput;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * What was compared with the rows while the scenarios were decided. It tells which scenarios a
 * changed row can touch at all: until the row's first other answer a decision goes as it went
 * before.
 */
final class ScenarioRecord {
  private final Map<Class<?>, List<Compared>> compared = new HashMap<>();

  /** An input that was compared while a scenario was decided, by the scenario's index. */
  private record Compared(int scenario, StageInput input) {}

  ScenarioRecord(Release release, List<Scenario> scenarios) {
    var rules = new PlainRules(RulePlan.of(release.tables()), PlainTogether.BY_SHEET);
    var recording = new Recording(rules);
    for (int i = 0; i < scenarios.size(); i++) {
      recording.scenario = i;
      // An engine remembers what it has once compared, so each scenario has one of its own.
      try (var engine = new DecisionEngine(release, recording)) {
        engine.decide(scenarios.get(i).facts(), scenarios.get(i).asOf());
      }
    }
  }

  /** Indexes of the scenarios in which the row holds. */
  Set<Integer> decidedBy(TypedTable table, TypedRow row) {
    var alone = alone(table, row);
    var decided = new TreeSet<Integer>();
    for (Compared one : compared.getOrDefault(table.definition().input(), List.of())) {
      alone.match(one.input(), number -> decided.add(one.scenario()));
    }
    return decided;
  }

  /**
   * Indexes of the scenarios in which the row holds before a change, but not after, or for others.
   */
  Set<Integer> changedBy(TypedTable table, TypedRow before, TypedRow after) {
    var old = alone(table, before);
    var changed = alone(table, after);
    var differing = new TreeSet<Integer>();
    for (Compared one : compared.getOrDefault(table.definition().input(), List.of())) {
      if (!holding(old, one.input()).equals(holding(changed, one.input()))) {
        differing.add(one.scenario());
      }
    }
    return differing;
  }

  private static PlainRules alone(TypedTable table, TypedRow row) {
    var plan = RulePlan.of(List.of(new TypedTable(table.definition(), List.of(row))));
    return new PlainRules(plan, PlainTogether.BY_SHEET);
  }

  /** The channels for which a row holds; one null where it has none. */
  private static Set<@Nullable Channel> holding(PlainRules row, StageInput input) {
    var channels = new HashSet<@Nullable Channel>();
    row.match(input, number -> channels.add(row.rule(number).channel()));
    return channels;
  }

  /** Passes everything on and keeps the inputs. */
  private final class Recording implements CompiledRules {
    private final CompiledRules rules;
    private int scenario;

    private Recording(CompiledRules rules) {
      this.rules = rules;
    }

    @Override
    public Rule rule(int number) {
      return rules.rule(number);
    }

    @Override
    public Hit otherwise(TypedTable table) {
      return rules.otherwise(table);
    }

    @Override
    public RuleMatcher matcher() {
      RuleMatcher matcher = rules.matcher();
      return new RuleMatcher() {
        @Override
        public void match(StageInput... inputs) {
          matcher.match(inputs);
          for (StageInput input : inputs) {
            compared
                .computeIfAbsent(input.getClass(), c -> new ArrayList<>())
                .add(new Compared(scenario, input));
          }
        }

        @Override
        public void close() {
          matcher.close();
        }
      };
    }

    @Override
    public void close() {
      rules.close();
    }
  }
}
