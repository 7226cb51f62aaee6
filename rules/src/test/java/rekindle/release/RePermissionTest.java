package rekindle.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import rekindle.policy.Release;
import rekindle.table.Finding;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;
import rekindle.touch.CadenceTables;
import rekindle.touch.RePermission;
import rekindle.touch.RePermission.Answer;

class RePermissionTest {
  private static final Instant NOW = Instant.parse("2026-12-01T15:00:00Z");
  private static final Release SHIPPED = Objects.requireNonNull(ShippedPolicy.read().release());

  private static boolean isTerm(TypedRow row) {
    return row.id().equals("LIM-RE-PERMISSION");
  }

  private static List<TypedTable> limits(Consumer<List<TypedRow>> change) {
    return SHIPPED.tables().stream()
        .map(
            table -> {
              if (table.definition() != CadenceTables.LIMITS) {
                return table;
              }
              var rows = new ArrayList<>(table.rows());
              change.accept(rows);
              return new TypedTable(table.definition(), rows);
            })
        .toList();
  }

  private static Release release(List<TypedTable> tables) {
    return new Release(SHIPPED.id(), tables, SHIPPED.zones(), SHIPPED.holidays(), SHIPPED.places());
  }

  private static List<String> findings(List<TypedTable> tables) {
    return CrossChecks.of(
            tables.stream().collect(Collectors.groupingBy(table -> table.definition().workbook())))
        .stream()
        .map(Finding::message)
        .toList();
  }

  @Test
  void term_isARow_asShippedTwoWeeks() {
    RePermission shipped = RePermission.of(SHIPPED, NOW).orElseThrow();
    assertThat(shipped.within()).isEqualTo(Duration.ofDays(14));
    assertThat(shipped.row().reference()).isEqualTo("cadence/Limits!18");
    assertThat(shipped.row().rule()).isEqualTo("LIM-RE-PERMISSION");
  }

  /** As in workbooks that were written before there was such a row. */
  @Test
  void release_withoutTheRow_isInOrder_andSilenceEndsNothing() {
    List<TypedTable> without = limits(rows -> rows.removeIf(RePermissionTest::isTerm));
    assertThat(RePermission.of(release(without), NOW)).isEmpty();
    assertThat(findings(without)).isEqualTo(findings(SHIPPED.tables()));
  }

  @Test
  void row_thatStandsThereTwice_isAFinding() {
    List<TypedTable> twice =
        limits(rows -> rows.addAll(rows.stream().filter(RePermissionTest::isTerm).toList()));
    assertThat(findings(twice))
        .anyMatch(
            message ->
                message.contains(
                    "the limit \"re_permission_answer\" stands there 2 times; it must be there once at most."));
  }

  @Test
  void answers_areWhatExitsCounts_andNoes() {
    assertThat(RePermission.of(SHIPPED, NOW).orElseThrow().answers())
        .contains(
            new Answer("click", null),
            new Answer("reply", "positive"),
            new Answer("reply", "negative"),
            new Answer("booking", null),
            new Answer("purchase", null),
            new Answer("login", null),
            new Answer("opt_out", null),
            new Answer("complaint", "negative"))
        .noneMatch(answer -> answer.kind().equals("open"))
        .noneMatch(answer -> "automatic".equals(answer.disposition()));
    var rows =
        AddedRow.onTop(
            SHIPPED.table(CadenceTables.EXITS),
            Map.of("Event", "click", "→ Effect", "none", "→ Reason", "none"));
    List<TypedTable> deaf =
        SHIPPED.tables().stream()
            .map(table -> table.definition() == CadenceTables.EXITS ? rows : table)
            .toList();
    assertThat(RePermission.of(release(deaf), NOW).orElseThrow().answers())
        .noneMatch(answer -> answer.kind().equals("click"));
  }
}
