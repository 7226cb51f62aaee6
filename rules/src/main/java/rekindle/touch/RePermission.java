package rekindle.touch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Vocabularies;
import rekindle.policy.Release;
import rekindle.rule.Hit;
import rekindle.table.Cell;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * How long somebody who was asked for permission again may be silent, and which responses are no
 * silence.
 *
 * @param within silence that is longer ends e-mail
 * @param row the row of Limits that says so
 * @param answers responses that Exits counts as engaging, and noes: whoever says no has answered
 */
public record RePermission(Duration within, Hit row, Set<Answer> answers) {
  private static final List<String> NOES = List.of("opt_out", "complaint");

  public RePermission {
    answers = Set.copyOf(answers);
  }

  /**
   * A response that answers.
   *
   * @param disposition null where the response has none
   */
  public record Answer(String kind, @Nullable String disposition) {}

  /**
   * What a release says of it at an instant; empty if it says nothing: then silence ends nothing.
   */
  public static Optional<RePermission> of(Release release, Instant at) {
    TypedTable limits = release.table(CadenceTables.LIMITS);
    String name = TouchVocabularies.RE_PERMISSION_ANSWER;
    return limits.rows().stream()
        .filter(row -> row.code("limit").orElse("").equals(name))
        .findFirst()
        .map(
            row ->
                new RePermission(
                    Limits.span(row, name),
                    new Hit(limits, row),
                    answers(
                        release.table(CadenceTables.EXITS),
                        at.atOffset(ZoneOffset.UTC).toLocalDate())));
  }

  private static Set<Answer> answers(TypedTable exits, LocalDate date) {
    List<TypedRow> rows = exits.rows().stream().filter(row -> row.inForceOn(date)).toList();
    List<@Nullable String> dispositions = new ArrayList<>(Vocabularies.DISPOSITION.codes());
    dispositions.remove("automatic");
    dispositions.add(null);
    Set<Answer> answers = new LinkedHashSet<>();
    for (@Nullable String disposition : dispositions) {
      for (String kind : TouchVocabularies.EVENT.codes()) {
        if (engages(rows, kind, disposition)) {
          answers.add(new Answer(kind, disposition));
        }
      }
      NOES.forEach(kind -> answers.add(new Answer(kind, disposition)));
    }
    return answers;
  }

  /** By the first row that holds. */
  private static boolean engages(List<TypedRow> rows, String kind, @Nullable String disposition) {
    return rows.stream()
        .filter(
            row ->
                accepts(row.cell("event"), kind) && accepts(row.cell("disposition"), disposition))
        .findFirst()
        .flatMap(row -> row.code("effect"))
        .filter(effect -> !effect.equals("none"))
        .isPresent();
  }

  private static boolean accepts(Cell cell, @Nullable String value) {
    if (cell instanceof Cell.Codes codes) {
      return codes.matches(value);
    }
    return cell instanceof Cell.Unknown ? value == null : true;
  }
}
