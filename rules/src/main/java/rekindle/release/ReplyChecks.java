package rekindle.release;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import rekindle.facts.Channel;
import rekindle.reply.ReplyReader;
import rekindle.reply.ReplyTables;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;
import rekindle.table.TableDefinition;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/** What the tables of replies must say: that every meaning has an effect, and a no is one. */
final class ReplyChecks {
  /** Meanings by which a person ends at least the channel on which they say so. */
  private static final List<String> NOES =
      List.of(
          "opt_out",
          "opt_out_all",
          "unclear_opt_out",
          "complaint",
          "legal_threat",
          "not_interested");

  /** Meanings that no text has, and events may. */
  private static final List<String> TOLD = List.of("hard_bounce", "wrong_person", "unclear");

  private static final List<String> CHANNELS =
      Channel.ALL.stream().filter(c -> c != Channel.PAID_MEDIA).map(Channel::code).toList();

  private final TypedTable phrases;
  private final TypedTable effects;
  private final List<Finding> findings = new ArrayList<>();

  private ReplyChecks(TypedTable phrases, TypedTable effects) {
    this.phrases = phrases;
    this.effects = effects;
  }

  static List<Finding> of(Collection<List<TypedTable>> tables) {
    var checks =
        new ReplyChecks(table(tables, ReplyTables.PHRASES), table(tables, ReplyTables.EFFECTS));
    // Releases of earlier versions have neither.
    if (!checks.phrases.rows().isEmpty() || !checks.effects.rows().isEmpty()) {
      checks.wordsAreThere();
      checks.meaningsHaveEffects();
      checks.noesAreObeyed();
    }
    return checks.findings;
  }

  private static TypedTable table(Collection<List<TypedTable>> tables, TableDefinition definition) {
    return tables.stream()
        .flatMap(List::stream)
        .filter(table -> table.definition() == definition)
        .findFirst()
        .orElseThrow();
  }

  private void wordsAreThere() {
    for (TypedRow row : phrases.rows()) {
      if (!ReplyReader.hasWords(row)) {
        add(
            ReplyTables.PHRASES,
            row,
            "words_missing",
            "Words holds no word that a text could have; write some, separated by commas.");
      }
    }
  }

  private void meaningsHaveEffects() {
    Set<String> meanings = new LinkedHashSet<>(NOES);
    meanings.addAll(TOLD);
    phrases.rows().forEach(row -> meanings.addAll(row.codes("meaning")));
    for (String meaning : meanings) {
      for (String channel : CHANNELS) {
        if (effects.rows().stream().noneMatch(row -> isOf(row, meaning, channel))) {
          add(
              ReplyTables.EFFECTS,
              null,
              "effect_missing",
              "no row says what follows from \""
                  + meaning
                  + "\" on "
                  + channel
                  + "; add one, with none in Ends if nothing does.");
        }
      }
    }
  }

  private static boolean isOf(TypedRow row, String meaning, String channel) {
    return row.codes("meaning").contains(meaning) && row.codes("channel").contains(channel);
  }

  private void noesAreObeyed() {
    for (TypedRow row : effects.rows()) {
      for (String meaning : row.codes("meaning")) {
        for (String channel : row.codes("channel")) {
          List<String> ends = row.codes("ends");
          boolean obeyed =
              (ends.contains("all") || ends.contains(channel)) && row.code("reason").isPresent();
          if (NOES.contains(meaning) && !obeyed) {
            add(
                ReplyTables.EFFECTS,
                row,
                "no_not_obeyed",
                "\""
                    + meaning
                    + "\" on "
                    + channel
                    + " must end "
                    + channel
                    + " at least, and say the reason; write it in Ends, or all.");
          }
        }
      }
    }
  }

  private void add(
      TableDefinition definition,
      @org.jspecify.annotations.Nullable TypedRow row,
      String code,
      String message) {
    findings.add(
        new Finding(
            Severity.ERROR,
            definition.workbook(),
            definition.sheet(),
            null,
            row == null ? null : row.number(),
            row == null ? null : row.id(),
            code,
            definition.place()
                + (row == null ? "" : ", row " + row.number() + " (" + row.id() + ")")
                + ": "
                + message,
            null));
  }
}
