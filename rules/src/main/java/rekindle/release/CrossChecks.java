package rekindle.release;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import rekindle.calendar.CalendarTables;
import rekindle.eligibility.EligibilityTables;
import rekindle.eligibility.EligibilityVocabularies;
import rekindle.incentive.IncentiveTables;
import rekindle.reply.ReplyTables;
import rekindle.table.Cell;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;
import rekindle.touch.CadenceTables;
import rekindle.touch.TouchVocabularies;

/**
 * What one table says of another: names that must be there, numbers that must be told apart, cells
 * that must fit each other.
 */
final class CrossChecks {
  /** Tables that are looked up by date too. */
  private static final Set<TableDefinition> DATED =
      Set.of(EligibilityTables.REVOCATIONS, ReplyTables.PHRASES, ReplyTables.EFFECTS);

  private final Collection<List<TypedTable>> all;
  private final List<Finding> findings = new ArrayList<>();

  private CrossChecks(Collection<List<TypedTable>> all) {
    this.all = all;
  }

  static List<Finding> of(Map<String, List<TypedTable>> tables) {
    var checks = new CrossChecks(tables.values());
    checks.sequencesHaveSteps();
    checks.stepNumbersDiffer();
    checks.incentivesAreOnTheMenu();
    checks.limitsAreComplete();
    checks.hoursOpenBeforeTheyClose();
    checks.placesDiffer();
    checks.datesHaveAnEffect();
    checks.consentsNameWhatTheyDecide();
    checks.findings.addAll(ReplyChecks.of(tables.values()));
    return checks.findings;
  }

  private void sequencesHaveSteps() {
    Set<String> withSteps = named(CadenceTables.STEPS, "sequence");
    boolean stepsForAny =
        table(CadenceTables.STEPS).rows().stream()
            .anyMatch(row -> !(row.cell("sequence") instanceof Cell.Codes));
    for (TypedRow row : table(CadenceTables.SEQUENCES).rows()) {
      row.code("sequence")
          .filter(sequence -> !stepsForAny && !withSteps.contains(sequence))
          .ifPresent(
              sequence ->
                  add(
                      CadenceTables.SEQUENCES,
                      row,
                      "sequence_without_steps",
                      "the sequence \""
                          + sequence
                          + "\" has no row in Steps; add its steps or name another sequence."));
    }
  }

  private void stepNumbersDiffer() {
    Map<String, TypedRow> seen = new HashMap<>();
    for (TypedRow row : table(CadenceTables.STEPS).rows()) {
      String key =
          row.cell("sequence")
              + " "
              + row.cell("program")
              + " "
              + row.cell("step")
              + row.from()
              + row.to();
      TypedRow before = seen.putIfAbsent(key, row);
      if (before != null) {
        add(
            CadenceTables.STEPS,
            row,
            "step_repeated",
            "row "
                + before.number()
                + " ("
                + before.id()
                + ") already is this step of the sequence; give it another number.");
      }
    }
  }

  private void incentivesAreOnTheMenu() {
    Set<String> menu = named(IncentiveTables.MENU, "incentive");
    for (TypedRow row : table(IncentiveTables.CHOICE).rows()) {
      row.code("incentive")
          .filter(incentive -> !menu.contains(incentive))
          .ifPresent(
              incentive ->
                  add(
                      IncentiveTables.CHOICE,
                      row,
                      "incentive_not_on_menu",
                      "the incentive \""
                          + incentive
                          + "\" is not on the Menu; expected one of "
                          + String.join(", ", new TreeSet<>(menu))
                          + "."));
    }
  }

  private void limitsAreComplete() {
    Map<String, Long> counts =
        table(CadenceTables.LIMITS).rows().stream()
            .collect(
                Collectors.groupingBy(row -> row.code("limit").orElse(""), Collectors.counting()));
    for (String limit : TouchVocabularies.LIMIT.codes()) {
      long count = counts.getOrDefault(limit, 0L);
      boolean mayBeMissing = limit.equals(TouchVocabularies.RE_PERMISSION_ANSWER);
      if (count != 1 && !(mayBeMissing && count == 0)) {
        findings.add(
            finding(
                CadenceTables.LIMITS,
                null,
                "limit_not_once",
                "the limit \""
                    + limit
                    + "\" stands there "
                    + count
                    + " times; it must be there "
                    + (mayBeMissing ? "once at most." : "exactly once.")));
      }
    }
    for (TypedRow row : table(CadenceTables.LIMITS).rows()) {
      boolean isCount = row.code("limit").orElse("").equals("failed_attempts");
      if (isCount != row.code("unit").orElse("").equals("times")) {
        add(
            CadenceTables.LIMITS,
            row,
            "limit_unit",
            isCount
                ? "this limit is a count: write times."
                : "this limit is a span: write minutes, hours or days.");
      }
    }
  }

  private void hoursOpenBeforeTheyClose() {
    for (TypedRow row : table(EligibilityTables.HOURS_TABLE).rows()) {
      for (String day : List.of("weekday", "saturday", "sunday", "break")) {
        Cell from = row.cell(day + "From");
        Cell to = row.cell(day + "To");
        boolean both = from instanceof Cell.TimeOfDay && to instanceof Cell.TimeOfDay;
        boolean neither = !(from instanceof Cell.TimeOfDay) && !(to instanceof Cell.TimeOfDay);
        boolean inOrder =
            from instanceof Cell.TimeOfDay opens
                && to instanceof Cell.TimeOfDay closes
                && opens.minutes() < closes.minutes();
        if (!neither && !(both && inOrder)) {
          add(
              EligibilityTables.HOURS_TABLE,
              row,
              "hours_order",
              "the " + day + " hours must go from an earlier to a later time, or both be closed.");
        }
      }
    }
  }

  private void placesDiffer() {
    var seen = new HashSet<String>();
    for (TypedRow row : table(CalendarTables.ZONES).rows()) {
      if (!seen.add(row.code("where").orElse(""))) {
        add(
            CalendarTables.ZONES,
            row,
            "place_repeated",
            "this place already has a row; put all its zones into one.");
      }
    }
  }

  /** Open lists take any name, but a ground is no reason to deny, nor the other way round. */
  private void consentsNameWhatTheyDecide() {
    for (TypedRow row : table(EligibilityTables.CONSENT).rows()) {
      boolean allows = row.code("result").orElse("").equals("allow");
      String named = row.code("basis").orElse("none");
      Set<String> misplaced =
          allows
              ? EligibilityVocabularies.DENIAL_CODE.codes()
              : EligibilityVocabularies.BASIS_OR_CODE.codes();
      if (named.equals("none") || misplaced.contains(named)) {
        add(
            EligibilityTables.CONSENT,
            row,
            "basis_or_code",
            allows
                ? "the row allows, and \"" + named + "\" is no ground; write one, such as express."
                : "the row denies, and \""
                    + named
                    + "\" is no reason; write one, such as consent_missing.");
      }
    }
  }

  /** Rows that are looked up by name are always in force. */
  private void datesHaveAnEffect() {
    for (List<TypedTable> tables : all) {
      for (TypedTable table : tables) {
        if (table.definition().hitPolicy() == HitPolicy.LOOKUP
            && !DATED.contains(table.definition())) {
          table.rows().stream()
              .filter(row -> row.from() != null || row.to() != null)
              .forEach(
                  row ->
                      add(
                          table.definition(),
                          row,
                          "dates_without_effect",
                          "rows of this table are always in force; leave From and To blank, and"
                              + " date the rows of other tables that name it."));
        }
      }
    }
  }

  private Set<String> named(TableDefinition definition, String key) {
    return table(definition).rows().stream()
        .flatMap(row -> row.codes(key).stream())
        .collect(Collectors.toSet());
  }

  private TypedTable table(TableDefinition definition) {
    return all.stream()
        .flatMap(List::stream)
        .filter(table -> table.definition() == definition)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(definition.place() + " was not read"));
  }

  private void add(TableDefinition definition, TypedRow row, String code, String message) {
    findings.add(finding(definition, row, code, message));
  }

  private static Finding finding(
      TableDefinition definition,
      @org.jspecify.annotations.Nullable TypedRow row,
      String code,
      String message) {
    String where =
        row == null
            ? definition.place()
            : definition.place() + ", row " + row.number() + " (" + row.id() + ")";
    return new Finding(
        Severity.ERROR,
        definition.workbook(),
        definition.sheet(),
        null,
        row == null ? null : row.number(),
        row == null ? null : row.id(),
        code,
        where + ": " + message,
        null);
  }
}
