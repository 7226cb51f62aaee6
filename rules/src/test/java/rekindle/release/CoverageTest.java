package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rekindle.eligibility.EligibilityTables;
import rekindle.policy.Release;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;

/** {@code decision-tables/COVERAGE.md} names the rows that there are. */
class CoverageTest {
  private static final Path PAGE = Path.of("..", "decision-tables", "COVERAGE.md");
  private static final Pattern ROW = Pattern.compile("`([A-Z]+(-[A-Z0-9]+)+)`");

  /** Tables whose every row carries a rule of the law, or a policy that stands beside one. */
  private static final List<TableDefinition> LAW =
      List.of(
          EligibilityTables.CONSENT,
          EligibilityTables.SUPPRESSION,
          EligibilityTables.HOURS_TABLE,
          EligibilityTables.CAPS,
          EligibilityTables.REGISTRIES,
          EligibilityTables.REVOCATIONS);

  private final Release shipped = Objects.requireNonNull(ShippedPolicy.read().release());

  @Test
  void rowsThatThePageNames_areThere() throws IOException {
    Set<String> rows = ids(shipped.tables().stream().map(table -> table.definition()).toList());
    assertThat(rows).containsAll(named());
  }

  @Test
  void rowsOfTheLaw_areOnThePage() throws IOException {
    assertThat(named()).containsAll(ids(LAW));
  }

  private Set<String> ids(List<TableDefinition> definitions) {
    return definitions.stream()
        .flatMap(definition -> shipped.table(definition).rows().stream())
        .filter(row -> !row.isOtherwise())
        .map(TypedRow::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> named() throws IOException {
    try (Stream<String> lines = Files.lines(PAGE)) {
      return lines
          .flatMap(line -> ROW.matcher(line).results())
          .map(match -> match.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
