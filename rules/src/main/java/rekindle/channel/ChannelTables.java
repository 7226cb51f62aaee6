package rekindle.channel;

import java.util.List;
import rekindle.code.Vocabulary;
import rekindle.facts.Vocabularies;
import rekindle.table.CellType;
import rekindle.table.Column;
import rekindle.table.Condition;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;
import rekindle.touch.TouchVocabularies;

/** The tables of {@code channels.xlsx}. */
public final class ChannelTables {
  private static final Vocabulary CHOICE =
      Vocabulary.of(
          "choice",
          "first",
          "the first listed channel that is not denied for good; waited for if need be",
          "soonest",
          "the listed channel that opens soonest");

  public static final TableDefinition PREFERENCE =
      TableDefinition.rules(
          "channels",
          "Preference",
          "Which channel of a step is used",
          "Decides between waiting for the preferred channel of a step and taking another that the step lists.",
          HitPolicy.FIRST,
          PreferenceInput.class,
          Column.condition(
              "atOnce",
              "Step is at once",
              new CellType.Codes(Vocabulary.YES_NO, true),
              Condition.in("atOnce")),
          Column.condition(
              "firstWaitsDays",
              "Preferred channel waits, days: more than",
              new CellType.WholeNumber(0, 3650),
              Condition.days("firstWaitsMs", Condition.Comparison.MORE_THAN)),
          Column.condition(
              "otherOpensSooner",
              "Another opens sooner",
              new CellType.Codes(Vocabulary.YES_NO, true),
              Condition.in("otherOpensSooner")),
          Column.result("choice", "Choice", new CellType.Codes(CHOICE, false)));

  public static final TableDefinition FALLBACK =
      TableDefinition.rules(
          "channels",
          "Fallback",
          "What serves a step that no listed channel may serve",
          "Decides the channels that stand in where every channel of a step is denied for good; with none the step is skipped.",
          HitPolicy.FIRST,
          FallbackInput.class,
          Column.condition(
              "sequence",
              "Sequence",
              new CellType.Codes(Vocabularies.SEQUENCE, true),
              Condition.in("sequence")),
          Column.condition(
              "purpose",
              "Purpose",
              new CellType.Codes(TouchVocabularies.PURPOSE, true),
              Condition.in("purpose")),
          Column.result("channels", "Channels", new CellType.Codes(Vocabularies.CHANNEL, true)));

  public static final List<TableDefinition> ALL = List.of(PREFERENCE, FALLBACK);

  private ChannelTables() {}
}
