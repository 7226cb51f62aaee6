package rekindle.check;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.table.Column.condition;
import static rekindle.table.Column.key;
import static rekindle.table.Column.result;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rekindle.code.Vocabulary;
import rekindle.table.CellType;
import rekindle.table.Condition;
import rekindle.table.Condition.Comparison;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;
import rekindle.table.HitPolicy;
import rekindle.table.TableDefinition;
import rekindle.table.TypedTable;
import rekindle.testing.SampleRows;

/** Findings as an author reads them. Rows are typed with | between cells and stand from 11 on. */
final class TableCheckTest {
  private static final Vocabulary CHANNEL =
      Vocabulary.of("channel", "email", "a mail", "sms", "a text", "phone", "a call");
  private static final Vocabulary TAG =
      Vocabulary.open("tag", "price", "too dear", "timing", "later");
  private static final Vocabulary ANSWER = Vocabulary.of("answer", "allow", "yes", "deny", "no");
  private static final CellType DAYS = new CellType.WholeNumber(0, 3650);

  private static final TableDefinition FIRST = rules(HitPolicy.FIRST);
  private static final TableDefinition ALL = rules(HitPolicy.ALL);
  private static final TableDefinition LOOKUP =
      TableDefinition.lookup(
          "sample",
          "Menu",
          "Menu",
          "Decides what an offer costs.",
          key("offer", "Offer", new CellType.Name()),
          result("price", "Price", new CellType.Decimal(BigDecimal.ZERO, BigDecimal.TEN, 2)));
  private static final String OTHERWISE =
      "otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|deny||||||";

  private static TableDefinition rules(HitPolicy hitPolicy) {
    return TableDefinition.rules(
        "sample",
        "Consent",
        "Consent",
        "Decides whether a channel may be used.",
        hitPolicy,
        SmallTables.Input.class,
        condition("channel", "Channel", new CellType.Codes(CHANNEL, true), Condition.channelKey()),
        condition(
            "tags", "Tags", new CellType.Codes(TAG, true), Condition.of("tags", Comparison.HOLDS)),
        condition(
            "more",
            "Quiet, days: more than",
            DAYS,
            Condition.days("quietMs", Comparison.MORE_THAN)),
        condition("upTo", "Quiet, days: up to", DAYS, Condition.days("quietMs", Comparison.UP_TO)),
        condition(
            "asked", "Asked", new CellType.Codes(Vocabulary.YES_NO, true), Condition.in("asked")),
        result("answer", "Answer", new CellType.Codes(ANSWER, false)));
  }

  private static List<Finding> findings(TableDefinition definition, String rows) {
    return findings(definition, rows, TableMeaning.plain());
  }

  private static List<Finding> findings(
      TableDefinition definition, String rows, TableMeaning meaning) {
    String all = definition == FIRST ? rows + "\n" + OTHERWISE : rows;
    return TableCheck.findings(SampleRows.table(definition, all), meaning);
  }

  private static void assertOnly(
      List<Finding> findings,
      Severity severity,
      String code,
      @Nullable Integer row,
      String message) {
    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.message()).isEqualTo(message);
              assertThat(finding.code()).isEqualTo(code);
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.row()).isEqualTo(row);
            });
  }

  @Test
  void row_coveredByOneAbove_neverDecides() {
    var findings =
        findings(
            FIRST,
            """
            A|email, sms|any|30|any|any|allow||||||
            B|email|any|60|any|yes|deny||||||""");
    assertOnly(
        findings,
        Severity.WARNING,
        CheckCodes.ROW_NEVER_DECIDES,
        12,
        "sample.xlsx, sheet Consent: row 12 (B) can never decide: row 11 (A) already holds for"
            + " every person for whom it does.");
    assertThat(findings.get(0).id()).isEqualTo("B");
    assertThat(findings.get(0).example())
        .isEqualTo("{\"Asked\":\"yes\",\"Channel\":\"email\",\"Quiet, days\":\"61\"}");
  }

  @Test
  void row_coveredByTwoTogether_neverDecides() {
    assertOnly(
        findings(
            FIRST,
            """
            A|email|any|any|30|any|allow||||||
            X|phone|any|any|any|any|allow||||||
            B|email|any|10|any|any|allow|||policy|||
            C|email|price|5|any|any|allow||||||"""),
        Severity.WARNING,
        CheckCodes.ROW_NEVER_DECIDES,
        14,
        "sample.xlsx, sheet Consent: row 14 (C) can never decide: rows 11 (A) and 13 (B) together"
            + " already hold for every person for whom it does.");
  }

  @Test
  void row_coveredBesideUnknown_decides() {
    String upToAndMore =
        """
        A|email|any|any|30|any|allow||||||
        B|email|any|30|any|any|deny|||policy|||
        C|email|any|any|any|any|deny|||15 USC 7704|||""";
    assertThat(findings(FIRST, upToAndMore)).isEmpty();
    assertThat(
            findings(
                FIRST, upToAndMore.replace("C|", "U|email|any|unknown|any|any|allow||||||\nC|")))
        .extracting(Finding::code)
        .containsExactly(CheckCodes.ROW_NEVER_DECIDES);
  }

  @Test
  void row_coveredOnSomeDaysOnly_decides() {
    assertThat(
            findings(
                FIRST,
                """
                A|email|any|any|any|any|allow|2027-01-01|||||
                B|email|any|any|any|yes|deny|||policy|||"""))
        .isEmpty();
    assertOnly(
        findings(
            FIRST,
            """
            A|email|any|any|any|any|allow|2027-01-01|||||
            B|email|any|any|any|yes|deny|2027-01-31|||||"""),
        Severity.WARNING,
        CheckCodes.ROW_NEVER_DECIDES,
        12,
        "sample.xlsx, sheet Consent: row 12 (B) can never decide: row 11 (A) already holds for"
            + " every person for whom it does, on each of its days.");
  }

  @Test
  void rows_sameConditionsOtherResults_contradict() {
    assertOnly(
        findings(
            FIRST,
            """
            A|email|price, timing|any|any|any|allow||||||
            B|email|timing, price|any|any|any|deny||||||"""),
        Severity.ERROR,
        CheckCodes.ROWS_CONTRADICT,
        12,
        "sample.xlsx, sheet Consent: row 12 (B) contradicts row 11 (A): the same conditions, other"
            + " results, and only the upper row can decide. Delete one of them, or tell them apart"
            + " by a condition or by their dates.");
  }

  @Test
  void rows_sameConditionsAndResults_areDuplicates() {
    assertOnly(
        findings(
            FIRST,
            """
            A|email|any|any|any|any|allow||||||
            B|email|any|any|any|any|allow||||||"""),
        Severity.WARNING,
        CheckCodes.ROW_DUPLICATED,
        12,
        "sample.xlsx, sheet Consent: row 12 (B) repeats row 11 (A): the same conditions, the same"
            + " results. Delete one of them.");
  }

  @Test
  void row_aboveOneWithTheSameResults_changesNothing() {
    assertOnly(
        findings(
            FIRST,
            """
            A|email|any|30|any|any|allow||||||
            B|email|any|any|any|any|allow||||||"""),
        Severity.WARNING,
        CheckCodes.ROW_REDUNDANT,
        11,
        "sample.xlsx, sheet Consent: row 11 (A) changes nothing: without it row 12 (B) would give"
            + " the same results for every person for whom it decides.");
  }

  @Test
  void row_withACitationOfItsOwn_changesSomething() {
    assertThat(
            findings(
                FIRST,
                """
                A|email|any|30|any|any|allow|||15 USC 7704|||
                B|email|any|any|any|any|allow||||||"""))
        .isEmpty();
  }

  @Test
  void row_conditionsContradict_neverHolds() {
    var findings = findings(FIRST, "A|email|any|30|20|any|allow||||||");
    assertOnly(
        findings,
        Severity.ERROR,
        CheckCodes.ROW_NEVER_HOLDS,
        11,
        "sample.xlsx, sheet Consent: row 11 (A) can never hold: no value is \"Quiet, days: more"
            + " than\" 30 and \"Quiet, days: up to\" 20 at once.");
    assertThat(findings.get(0).example())
        .isEqualTo("{\"Quiet, days: more than\":\"30\",\"Quiet, days: up to\":\"20\"}");
    assertThat(findings(FIRST, "A|not (email, sms, phone)|any|any|any|any|allow||||||"))
        .extracting(Finding::message)
        .containsExactly(
            "sample.xlsx, sheet Consent: row 11 (A) can never hold: no value is \"Channel\" not"
                + " email, sms, phone.");
  }

  @Test
  void firstHitTable_withoutOtherwise_hasAGap() {
    TypedTable table = SampleRows.table(FIRST, "A|any|any|any|30|any|allow||||||\n" + OTHERWISE);
    var open = new TypedTable(FIRST, table.rows().subList(0, 1));
    assertOnly(
        TableCheck.findings(open, TableMeaning.plain()),
        Severity.ERROR,
        CheckCodes.GAP,
        null,
        "sample.xlsx, sheet Consent: no row holds for some people, for example: Quiet, days 31."
            + " Add a row for them, or an otherwise row.");
  }

  @Test
  void rows_thatLeaveDaysOut_areReported() {
    String rows =
        """
        A|email|any|any|any|any|allow||2026-12-31||||
        B|email|any|any|any|any|deny|2027-01-02||policy|||""";
    String message =
        "sample.xlsx, sheet Consent: rows 11 (A) and 12 (B) have the same conditions, but neither is"
            + " in force on 2027-01-01; To is the last day of a row, not the first without it.";
    assertOnly(findings(FIRST, rows), Severity.WARNING, CheckCodes.DATES_LEAVE_GAP, 12, message);
    assertThat(findings(FIRST, rows.replace("2027-01-02", "2027-01-01"))).isEmpty();
    assertThat(findings(FIRST, rows.replace("2027-01-02", "2027-12-01"))).isEmpty();
  }

  @Test
  void allHitTable_rowsOverlap_isMeant() {
    assertThat(
            findings(
                ALL,
                """
                A|email|any|any|any|any|allow|||47 CFR 64.1200|||
                B|email|price|any|any|any|deny|||policy|||
                C|any|any|30|any|any|allow|||policy|||
                D|email|price|any|any|any|allow|||15 USC 7704|||"""))
        .isEmpty();
  }

  @Test
  void allHitTable_rowWithinOthers_addsNothing() {
    assertOnly(
        findings(
            ALL,
            """
            A|email|any|30|any|any|allow||||||
            B|any|any|10|any|any|allow||||||"""),
        Severity.WARNING,
        CheckCodes.ROW_REDUNDANT,
        11,
        "sample.xlsx, sheet Consent: row 11 (A) adds nothing: row 12 (B) gives the same results"
            + " wherever it holds.");
  }

  @Test
  void allHitTable_whereOrderCounts_keepsTheUpperRow() {
    var ordered = TableMeaning.plain().rows(TableMeaning.Rows.ORDERED);
    String rows =
        """
        A|email|any|30|any|any|allow||||||
        B|any|any|10|any|any|allow||||||""";
    assertThat(findings(ALL, rows, ordered)).isEmpty();
    assertThat(findings(ALL, rows + "\nC|email|any|40|any|any|allow||||||", ordered))
        .extracting(Finding::id)
        .containsExactly("C");
    assertThat(findings(ALL, rows, TableMeaning.plain().rows(TableMeaning.Rows.NAMED))).isEmpty();
  }

  @Test
  void column_thatDecidesNothing_isReported() {
    assertOnly(
        findings(
            FIRST,
            """
            A|email|any|any|any|yes, no, unknown|allow||||||
            B|sms|any|any|any|any|allow||||||"""),
        Severity.WARNING,
        CheckCodes.COLUMN_NEVER_MATTERS,
        null,
        "sample.xlsx, sheet Consent: the column \"Asked\" decides nothing: with any in all of its"
            + " cells every answer would be the same.");
  }

  @Test
  void lookup_sameNameTwice_contradictsOrRepeats() {
    assertOnly(
        findings(LOOKUP, "A|credit|1||||||\nB|credit|2||||||"),
        Severity.ERROR,
        CheckCodes.ROWS_CONTRADICT,
        12,
        "sample.xlsx, sheet Menu: row 12 (B) contradicts row 11 (A): both are looked up by the same"
            + " name and say different things. Delete one of them.");
    assertOnly(
        findings(LOOKUP, "A|credit|1||||||\nB|credit|1||||||"),
        Severity.WARNING,
        CheckCodes.ROW_DUPLICATED,
        12,
        "sample.xlsx, sheet Menu: row 12 (B) repeats row 11 (A). Delete one of them.");
  }
}
