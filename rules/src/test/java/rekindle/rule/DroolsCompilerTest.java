package rekindle.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.drools.compiler.compiler.JavaDialectConfiguration;
import org.junit.jupiter.api.Test;
import org.kie.memorycompiler.JavaConfiguration.CompilerType;
import rekindle.table.Cell;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

class DroolsCompilerTest {
  private static TypedTable together(String... constraints) {
    var definition =
        TableDefinition.rules(
                "broken",
                "Sheet",
                "Title",
                "Decides nothing.",
                HitPolicy.ALL,
                SampleInput.class,
                Column.condition("a", "A", new CellType.Name(), Condition.together("a")))
            .with((row, channel) -> List.of(constraints[row.number() - 11]));
    var rows = new java.util.ArrayList<TypedRow>();
    for (int i = 0; i < constraints.length; i++) {
      rows.add(new TypedRow(11 + i, "B-" + i, Map.of("a", new Cell.Any()), null, null));
    }
    return new TypedTable(definition, rows);
  }

  @Test
  void compile_constraintThatIsNoDrl_namesTableAndRow() {
    RulePlan plan = RulePlan.of(List.of(together("key == \"a\"", "key == == \"b\"")));

    assertThatIllegalStateException()
        .isThrownBy(() -> DroolsCompiler.compile(plan, "no-drl", 1))
        .withMessageContaining("broken/Sheet!12 (B-1)");
  }

  @Test
  void compile_propertyThatIsNone_namesTableAndRow() {
    RulePlan plan = RulePlan.of(List.of(together("key == \"a\"", "kee == \"b\"")));

    assertThatIllegalStateException()
        .isThrownBy(() -> DroolsCompiler.compile(plan, "no-property", 1))
        .withMessageContaining("broken/Sheet!12 (B-1)");
  }

  @Test
  void compile_methodThatIsNone_namesTable() {
    RulePlan plan = RulePlan.of(List.of(together("key == \"a\"", "nothing(\"b\")")));

    assertThatIllegalStateException()
        .isThrownBy(() -> DroolsCompiler.compile(plan, "no-method", 1))
        .withMessageContaining("broken.xlsx, sheet Sheet");
  }

  @Test
  void compile_noRules_matchesNothing() {
    try (CompiledRules rules = DroolsCompiler.compile(RulePlan.of(List.of()), "empty", 1);
        RuleMatcher matcher = rules.matcher()) {
      SampleInput input = new SampleTables(1).input();
      matcher.match(input);
      assertThat(input.hits()).isEmpty();
    }
  }

  @Test
  void compile_rowOfAny_holdsForEveryInput() {
    TypedTable table =
        new TypedTable(
            TableDefinition.rules(
                "any",
                "Sheet",
                "Title",
                "Decides nothing.",
                HitPolicy.ALL,
                SampleInput.class,
                Column.condition("code", "Code", new CellType.Name(), Condition.in("code"))),
            List.of(new TypedRow(11, "A-1", Map.of("code", new Cell.Any()), null, null)));
    try (CompiledRules rules = DroolsCompiler.compile(RulePlan.of(List.of(table)), "any", 1);
        RuleMatcher matcher = rules.matcher()) {
      SampleInput input = new SampleTables(1).input();
      matcher.match(input);
      assertThat(input.hits()).containsExactly(0);
    }
  }

  @Test
  void compiler_default_needsNoDevelopmentKit() {
    assertThat(JavaDialectConfiguration.getDefaultCompilerType()).isEqualTo(CompilerType.ECLIPSE);
  }

  @Test
  void close_whileNothingIsLent_refusesMatchers() {
    CompiledRules rules = DroolsCompiler.compile(RulePlan.of(List.of(together("true"))), "c", 1);
    rules.close();
    rules.close();
    assertThatThrownBy(rules::matcher).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void releases_builtAndDropped_leaveHeapAndClassesFlat() {
    var sample = new SampleTables(9);
    RulePlan plan = RulePlan.of(List.of(sample.table("Keyed", true, 2)));
    long heap = 0;
    long classes = 0;
    for (int i = 0; i < 30; i++) {
      try (CompiledRules rules = DroolsCompiler.compile(plan, "release-" + i, 1);
          RuleMatcher matcher = rules.matcher()) {
        matcher.match(sample.input());
      }
      if (i == 9) {
        heap = usedHeap();
        classes = classes();
      }
    }
    assertThat(usedHeap() - heap).as("bytes left by 20 releases").isLessThan(20 * 50_000L);
    assertThat(classes() - classes).as("classes left by 20 releases").isLessThan(40);
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long classes() {
    return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
  }
}
