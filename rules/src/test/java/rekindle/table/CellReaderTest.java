package rekindle.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rekindle.testing.SampleTables;

/** One cell at a time: what is forgiven, and what is asked back in which words. */
class CellReaderTest {

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Channel | email , SMS | email, sms",
        "Channel | “email”;‘sms’ | email, sms",
        "Channel | NOT email,sms | not email, sms",
        "Channel | not (email, sms) | not email, sms",
        "Channel | email, unknown | email, unknown",
        "Channel | Unknown | unknown",
        "Channel | not unknown | not unknown",
        "Channel | not email, unknown | not email",
        "Channel | 'any' | any",
        "Channel | 'ANY | any",
        "Tags | own_tag | own_tag",
        "Where | us-tx, de | US-TX, DE",
        "Where | not US-CT | not US-CT",
        "Where | eu | EU",
        "Zone | america/new york | America/New_York",
        "Currency | eur | EUR",
        "Proof complete | Yes | yes",
        "Proof complete | TRUE | yes",
        "List name | a.B-c_1 | a.B-c_1",
        "Age, months: within | 24.0 | 24",
        "Age, months: within | +24 | 24",
        "Value: more than | 1 000 | 1000",
        "Value: more than | 0,5 | 0.5",
        "Value: more than | .5 | 0.5",
        "Value: more than | 1,234.5 | 1234.5",
        "Value: more than | 1.234,5 | 1234.5",
        "Value: more than | 0,125 | 0.125",
        "Margin: at least | 50 % | 50 %",
        "Margin: at least | 50% | 50 %",
        "Margin: at least | 0,5 | 50 %",
        "Margin: at least | 12,25 % | 12.25 %",
        "Day | 2026-3-5 | 2026-03-05",
        "Day | 2026/03/05 | 2026-03-05",
        "Day | 5 March 2026 | 2026-03-05",
        "Day | 5. Mar. 2026 | 2026-03-05",
        "Hour | 8:00 | 08:00",
        "Hour | 08:00:00 | 08:00",
        "Hour | 24:00 | 24:00",
        "Hour | Closed | closed",
        "Offset | −07:00 | -07:00",
        "Offset | +5:30 | +05:30",
        "Moment | 2026-03-29 01:00:00z | 2026-03-29T01:00:00Z",
        "Moment | 2026-03-29T03:00:00+02:00 | 2026-03-29T01:00:00Z",
        "→ Answer | None | none",
      })
  void text_typedByAPerson_isReadForWhatItSays(String label, String text, String meaning) {
    Cell cell = read(label, new RawCell.Text("\u00a0" + text + " "));
    assertThat(CellWriter.text(column(label), cell)).isEqualTo(meaning);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Channel | emial | \"emial\" is no channel; expected email, sms, phone, paid_media. Did you mean email?",
        "Channel | email,,sms | \"email,,sms\" has a blank item",
        "Channel | email, Email | \"email, Email\" names email twice",
        "Channel | email, any | \"any\" cannot be part of a list; write it alone, or not before the whole list: not A, B",
        "Channel | not email, not sms | \"not sms\" cannot be part of a list; write it alone, or not before the whole list: not A, B",
        "Channel | none | \"none\" has no meaning here: write unknown for what is not known, any where it does not matter",
        "Channel | em\u200Bail | \"em ail\" is no channel; expected email, sms, phone, paid_media. Did you mean email?",
        "Channel | email\u202E | \"email\\u202E\" holds the invisible character U+202E; type the cell anew",
        "Kind | email, sms | \"email, sms\" is a list; write one channel",
        "Tags | Own Tag | \"Own Tag\" is no tag; expected price, timing or a code of your own, in lower case with _ between words. Did you mean own_tag?",
        "Where | US-XX | \"US-XX\" is no jurisdiction; expected ISO 3166, for example US-TX or DE, or a group: EU, EEA. Did you mean US-TX?",
        "Where | UK | \"UK\" is no jurisdiction; expected ISO 3166, for example US-TX or DE, or a group: EU, EEA. Did you mean GB?",
        "Where | Germany | \"Germany\" is no jurisdiction; expected ISO 3166, for example US-TX or DE, or a group: EU, EEA. Did you mean DE?",
        "Zone | America/New_Yrok | \"America/New_Yrok\" is no time zone; expected a name of the IANA database, for example America/New_York. Did you mean America/New_York?",
        "Currency | $ | \"$\" is no currency; expected an ISO 4217 code, for example USD or EUR. Did you mean USD?",
        "Currency | not USD | \"not\" has no meaning here; write a currency itself",
        "Proof complete | x | \"x\" is no yes or no; expected yes or no. Did you mean yes?",
        "List name | my list | \"my list\" is no name; expected letters, digits, - _ . only, at most 64 of them. Did you mean my-list?",
        "Age, months: within | two years | \"two years\" is no number of months; write 24",
        "Age, months: within | 24 months | \"24 months\" is no number of months; write 24",
        "Age, months: within | soon | \"soon\" is no number of months; write a whole number from 0 to 600",
        "Age, months: within | 24.5 | 24.5 is no whole number; write one without a point",
        "Age, months: within | 601 | 601 is out of range; allowed is 0 to 600",
        "Age, months: within | 50 % | \"50 %\" is a percentage; write a plain number",
        "Age, months: within | 1e3 | \"1e3\" is no number of months; write a whole number from 0 to 600",
        "Value: more than | 1,000 | \"1,000\" can be read in two ways; write 1000 or 1.0000",
        "Value: more than | 1.000 | \"1.000\" can be read in two ways; write 1000 or 1.0000",
        "Value: more than | 0.12345 | 0.12345 has too many digits; at most 3 after the point are kept",
        "Value: more than | $5 | \"$5\" is no number; write a number such as 12.5",
        "Margin: at least | 50 | 50 is out of range; allowed is 0 % to 100 %; write 50 % if that is meant",
        "Margin: at least | 33.333 % | 33.333 % is too exact; a share has at most two digits after the point of its percentage",
        "Day | 03/04/2026 | \"03/04/2026\" is no date; write year-month-day, for example 2026-03-31",
        "Day | 31.03.2026 | \"31.03.2026\" is no date; write year-month-day, 2026-03-31",
        "Day | 2026-02-30 | \"2026-02-30\" is no date; write year-month-day, for example 2026-03-31",
        "Day | unknown | \"unknown\" has no meaning here: this column compares known values only; write a value or any",
        "Hour | 24:01 | \"24:01\" is no time of day to the minute; write 00:00 to 24:00, for example 08:00, or closed",
        "Hour | 08:00:30 | \"08:00:30\" is no time of day to the minute; write 00:00 to 24:00, for example 08:00, or closed",
        "Offset | 07:00 | \"07:00\" is no UTC offset; write a sign, hours and minutes, for example -07:00 or +05:30",
        "Moment | 2026-03-29 | \"2026-03-29\" is no instant; write date, T, time and Z as text, for example 2026-03-29T01:00:00Z",
        "→ Answer | any | \"any\" has no meaning here: a result is one value; write it, or none",
        "→ Answer | not allow | \"not\" has no meaning here; write an answer itself",
      })
  void text_thatIsNotCertain_isAskedBack(String label, String text, String message) {
    assertThat(message(label, new RawCell.Text(text))).isEqualTo(message);
  }

  @Test
  void valueCells_areReadLikeTheirText() {
    assertThat(read("Age, months: within", RawCell.Number.of(24.0, false)))
        .isEqualTo(new Cell.Number(new BigDecimal(24)));
    assertThat(read("Value: more than", RawCell.Number.of(0.1 + 0.2, false)))
        .isEqualTo(new Cell.Number(new BigDecimal("0.3")));
    assertThat(read("Margin: at least", RawCell.Number.of(0.5, true)))
        .isEqualTo(new Cell.Number(new BigDecimal("0.5")));
    assertThat(read("Day", date("2026-03-31T00:00:00")))
        .isEqualTo(new Cell.Date(LocalDate.of(2026, 3, 31)));
    assertThat(read("Hour", new RawCell.Time(8 * 3_600, false))).isEqualTo(new Cell.TimeOfDay(480));
    assertThat(read("Hour", new RawCell.Time(86_400, true))).isEqualTo(new Cell.TimeOfDay(1_440));
    assertThat(read("Offset", new RawCell.Time(-7 * 3_600, true)))
        .isEqualTo(new Cell.Offset(-25_200));
    assertThat(read("Proof complete", new RawCell.Bool(false)))
        .isEqualTo(read("Proof complete", new RawCell.Text("no")));
    assertThat(read("List name", RawCell.Number.of(7, false)))
        .isEqualTo(read("List name", new RawCell.Text("7")));
  }

  @Test
  void valueCells_thatAreNotCertain_areAskedBack() {
    assertThat(message("Age, months: within", date("2026-10-13T00:00:00")))
        .isEqualTo(
            "holds the date or time 2026-10-13, not a number; format the cell as a number and type"
                + " it anew");
    assertThat(message("Age, months: within", RawCell.Number.of(0.3, true)))
        .isEqualTo("\"30 %\" is a percentage; write a plain number");
    assertThat(message("Day", RawCell.Number.of(46_000, false)))
        .isEqualTo("\"46000\" is no date; write year-month-day, for example 2026-03-31");
    assertThat(message("Day", date("2026-03-31T10:00:00")))
        .isEqualTo(
            "\"2026-03-31 10:00:00\" is no date alone; write year-month-day, for example"
                + " 2026-03-31");
    assertThat(message("Hour", RawCell.Number.of(0.5, false))).contains("is no time of day");
    assertThat(message("Hour", new RawCell.Time(86_400, false))).contains("is no time of day");
    assertThat(message("Offset", new RawCell.Time(7 * 3_600, false))).contains("is no UTC offset");
    assertThat(message("Moment", date("2026-03-31T10:00:00"))).contains("names no time zone");
    assertThat(message("Channel", date("2026-03-31T00:00:00")))
        .isEqualTo(
            "holds the date or time 2026-03-31, not a channel; format the cell as text and type it"
                + " anew");
    assertThat(message("Channel", new RawCell.Bool(true))).startsWith("\"TRUE\" is no channel");
    assertThat(message("Channel", new RawCell.Error("#REF!")))
        .isEqualTo("shows the error #REF!; write the value");
    assertThat(message("Channel", new RawCell.Formula()))
        .isEqualTo("holds a formula; write the value itself, since cells hold no code");
  }

  @Test
  void blankCells_areAskedBack() {
    assertThat(message("Channel", new RawCell.Text("\t\u00a0")))
        .isEqualTo("is blank; write a value, or any where it does not matter");
    assertThat(message("→ Answer", new RawCell.Text("")))
        .isEqualTo("is blank; write a value, or none where there is none");
    assertThat(read("From", new RawCell.Text(" "))).isEqualTo(new Cell.Blank());
  }

  @Test
  void longTexts_areRefusedByTheirLength() {
    assertThat(message("Channel", new RawCell.Text("email,".repeat(500))))
        .isEqualTo("holds 3,000 characters; at most 1,000 are allowed");
    assertThat(message("Words", new RawCell.Text("x".repeat(2_001))))
        .isEqualTo("holds 2,001 characters; at most 2,000 are allowed");
  }

  @Test
  void keyOfALookup_takesNoWordsForConditions() {
    Column key = Column.key("where", "Where", new CellType.Jurisdictions(false));
    assertThat(CellReader.read(key, new RawCell.Text("any")).message())
        .isEqualTo(
            "\"any\" has no meaning here: rows are looked up by this column; write the value");
    assertThat(CellReader.read(key, new RawCell.Text("not US")).message())
        .isEqualTo("\"not\" has no meaning here; write a jurisdiction itself");
  }

  private static Cell read(String label, RawCell raw) {
    Reading reading = CellReader.read(column(label), raw);
    assertThat(reading.message()).isNull();
    return Objects.requireNonNull(reading.cell());
  }

  private static String message(String label, RawCell raw) {
    return String.valueOf(CellReader.read(column(label), raw).message());
  }

  private static RawCell date(String text) {
    return new RawCell.DateTime(LocalDateTime.parse(text));
  }

  private static Column column(String label) {
    return SampleTables.CONDITIONS.columns().stream()
        .filter(c -> c.label().equals(label))
        .findFirst()
        .orElseThrow();
  }
}
