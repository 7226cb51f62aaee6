package rekindle.reply;

import java.util.List;
import rekindle.code.Vocabulary;
import rekindle.eligibility.EligibilityVocabularies;
import rekindle.facts.Vocabularies;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.TableDefinition;

/** The tables of {@code replies.xlsx}. */
public final class ReplyTables {
  public static final String WORKBOOK = "replies";

  /** Says in Unless that there is nothing. */
  static final String NONE = "none";

  private static final int ORDER_MAX = 999;
  private static final CellType TEXT = new CellType.Text();
  private static final Column CONFIDENCE =
      Column.note("confidence", "Confidence", code(EligibilityVocabularies.CONFIDENCE));

  public static final TableDefinition PHRASES =
      TableDefinition.lookup(
              WORKBOOK,
              "Phrases",
              "What a reply means",
              "Decides what a text means that a person sent. Case, accents, punctuation and spelling with blanks or repeated letters do not matter."
                  + " Of several rows that match, the one with the lowest order decides, then the upper one.",
              Column.key("order", "Order", new CellType.WholeNumber(1, ORDER_MAX)),
              Column.key("channel", "Channel", codes(Vocabularies.CHANNEL)),
              Column.key("language", "Language", codes(ReplyVocabularies.LANGUAGE)),
              Column.key("match", "Match", code(ReplyVocabularies.MATCH)),
              Column.key("words", "Words", TEXT),
              Column.key("unless", "Unless", TEXT),
              Column.result("meaning", "Meaning", code(ReplyVocabularies.MEANING)),
              Column.result("review", "Put before a person", new CellType.YesNo()))
          .noting(CONFIDENCE);

  public static final TableDefinition EFFECTS =
      TableDefinition.lookup(
              WORKBOOK,
              "Effects",
              "What follows from a meaning",
              "Decides what a reply, or another event of that meaning, ends, at once and on every record of the person. The first row that holds decides.",
              Column.key("meaning", "Meaning", codes(ReplyVocabularies.MEANING)),
              Column.key("channel", "Came on", codes(Vocabularies.CHANNEL)),
              Column.result("ends", "Ends", codes(Vocabularies.SCOPE)),
              Column.result("reason", "Reason", code(Vocabularies.SUPPRESSION_REASON)),
              Column.result("holdsFor", "Holds for", code(ReplyVocabularies.HOLDS_FOR)),
              Column.result("disposition", "Disposition", code(Vocabularies.DISPOSITION)))
          .noting(CONFIDENCE);

  public static final List<TableDefinition> ALL = List.of(PHRASES, EFFECTS);

  private ReplyTables() {}

  private static CellType codes(Vocabulary vocabulary) {
    return new CellType.Codes(vocabulary, true);
  }

  private static CellType code(Vocabulary vocabulary) {
    return new CellType.Codes(vocabulary, false);
  }
}
