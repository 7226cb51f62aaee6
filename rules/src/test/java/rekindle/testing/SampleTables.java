package rekindle.testing;

import static rekindle.table.Column.condition;
import static rekindle.table.Column.result;

import java.math.BigDecimal;
import java.util.List;
import rekindle.code.Vocabulary;
import rekindle.table.CellType;
import rekindle.table.Condition;
import rekindle.table.Condition.Comparison;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;

/** Tables that are no policy but use every type of cell, as condition and as result. */
public final class SampleTables {
  public static final String WORKBOOK = "sample";

  private static final Vocabulary CHANNEL =
      Vocabulary.of(
          "channel",
          "email",
          "an e-mail message",
          "sms",
          "a text message",
          "phone",
          "a call by a person",
          "paid_media",
          "an audience for advertisements");
  private static final Vocabulary TAG =
      Vocabulary.open("tag", "price", "it was too dear", "timing", "it was not the time");
  private static final Vocabulary ANSWER =
      Vocabulary.of("answer", "allow", "the channel is permitted", "deny", "it is not");

  /** A first-hit table with a condition of every type. */
  public static final TableDefinition CONDITIONS =
      TableDefinition.rules(
          WORKBOOK,
          "Conditions",
          "What permits a channel",
          "For each channel, the ground that permits it, or the reason why nothing does.",
          HitPolicy.FIRST,
          Input.class,
          condition("where", "Where", new CellType.Jurisdictions(true), Condition.key("where")),
          condition("channel", "Channel", codes(CHANNEL, true), Condition.in("channel")),
          condition("kind", "Kind", codes(CHANNEL, false), Condition.in("kind")),
          condition("tag", "Tags", codes(TAG, true), Condition.of("tags", Comparison.HOLDS)),
          condition("zone", "Zone", new CellType.Zones(true), Condition.in("zone")),
          condition(
              "age",
              "Age, months: within",
              new CellType.WholeNumber(0, 600),
              Condition.of("age", Comparison.WITHIN)),
          condition(
              "value",
              "Value: more than",
              new CellType.Decimal(BigDecimal.ZERO, new BigDecimal("1000000"), 3),
              Condition.of("value", Comparison.MORE_THAN)),
          condition(
              "margin",
              "Margin: at least",
              new CellType.Share(),
              Condition.of("margin", Comparison.AT_LEAST)),
          condition("proof", "Proof complete", new CellType.YesNo(), Condition.in("proof")),
          condition("money", "Currency", new CellType.Currency(), Condition.in("currency")),
          condition("name", "List name", new CellType.Name(), Condition.in("name")),
          condition("day", "Day", new CellType.Date(), Condition.together("day")),
          condition("hour", "Hour", new CellType.TimeOfDay(), Condition.together("hour")),
          condition("offset", "Offset", new CellType.Offset(), Condition.together("offset")),
          condition("moment", "Moment", new CellType.Timestamp(), Condition.together("moment")),
          condition("words", "Words", new CellType.Text(), Condition.together("words")),
          result("answer", "Answer", codes(ANSWER, false)));

  /** An all-hit table with a result of every type. */
  public static final TableDefinition RESULTS =
      TableDefinition.rules(
          WORKBOOK,
          "Results",
          "What each channel may cost",
          "Limits of each channel; every row that holds counts.",
          HitPolicy.ALL,
          Input.class,
          condition("channel", "Channel", codes(CHANNEL, true), Condition.in("channel")),
          result("places", "Places", new CellType.Jurisdictions(true)),
          result("channels", "Channels in order", codes(CHANNEL, true)),
          result("tag", "Tag", codes(TAG, false)),
          result("zones", "Zones in order", new CellType.Zones(true)),
          result("days", "Days", new CellType.WholeNumber(-10, 3650)),
          result(
              "amount",
              "Amount",
              new CellType.Decimal(new BigDecimal("-1000"), new BigDecimal("1000000"), 3)),
          result("share", "Share", new CellType.Share()),
          result("active", "Active", new CellType.YesNo()),
          result("currency", "Currency", new CellType.Currency()),
          result("template", "Template", new CellType.Name()),
          result("day", "Day", new CellType.Date()),
          result("opens", "Opens", new CellType.TimeOfDay()),
          result("offset", "Offset", new CellType.Offset()),
          result("moment", "Moment", new CellType.Timestamp()),
          result("text", "Text", new CellType.Text()));

  /** A table whose rows are looked up. */
  public static final TableDefinition MENU =
      TableDefinition.lookup(
          WORKBOOK,
          "Menu",
          "What can be offered",
          "Each offer with its price.",
          result("offer", "Offer", new CellType.Name()),
          result("price", "Price", new CellType.Decimal(BigDecimal.ZERO, BigDecimal.TEN, 2)));

  private SampleTables() {}

  /** What the rows of the rule tables are compared with. */
  public interface Input {
    String where();
  }

  public static List<TableDefinition> all() {
    return List.of(CONDITIONS, RESULTS, MENU);
  }

  private static CellType codes(Vocabulary vocabulary, boolean many) {
    return new CellType.Codes(vocabulary, many);
  }
}
