package rekindle.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import rekindle.table.Column;
import rekindle.table.ReadWorkbook;
import rekindle.table.TableDefinition;
import rekindle.table.TypedTable;
import rekindle.table.WorkbookReader;

/** Rows for {@link SampleTables}, typed as a person would. */
public final class SampleRows {
  private static final String CONDITIONS =
      """
      US-S-1|US|sms|sms|price|America/New_York|24|1000.5|50 %|yes|USD|list.1|2026-03-31|08:00|-07:00|2026-03-29T01:00:00Z|some words|allow|2026-01-01|2026-12-31|47 CFR 64.1200(a)(2)|written|legal|2026-01-15
      US-E-1|US-TX, US-FL|email, sms|not phone|price, own_tag|not Europe/Berlin, UTC|any|any|any|unknown|any|any|any|closed|+05:30|any|any|allow|||15 USC 7704|second line\\nof a note||
      EU-E-1|not EU|not email, sms|any|unknown|unknown|unknown|0|12.25 %|no|unknown|any|any|24:00|any|2026-03-29T01:00:00.250Z|any|deny||||||
      PM-1|any|paid_media, unknown|not unknown|not price|any|0|1.1250|100 %|any|any|any|any|00:00|-00:30|any|any|none||||||
      otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|otherwise|deny|||||compliance|
      """;
  private static final String RESULTS =
      """
      R-1|email|US, DE|email, sms|price|UTC, Europe/Berlin|-10|-0.125|0.01 %|yes|EUR|a.b-c_d|2026-02-28|08:00|-07:00|2026-03-29T01:00:00Z|Text, with "quotes"|||||
      R-2|any|none|none|none|none|none|none|none|none|none|none|none|none|none|none|none|||||
      R-3|not sms|EU|phone|own|America/Argentina/Buenos_Aires|3650|999999.999|0 %|no|USD|1|2000-02-29|closed|+00:00|2000-01-01T00:00:00Z|_x0041_ stays|||||
      """;
  private static final String MENU =
      """
      credit|usage_credits|9.99||||||
      """;

  private SampleRows() {}

  public static List<TypedTable> tables() {
    return List.of(
        table(SampleTables.CONDITIONS, CONDITIONS),
        table(SampleTables.RESULTS, RESULTS),
        table(SampleTables.MENU, MENU));
  }

  /**
   * A table of rows typed with {@code |} between cells and {@code \n} for a line break.
   *
   * @throws IllegalArgumentException if a cell has a fault
   */
  public static TypedTable table(TableDefinition definition, String rows) {
    var lines = new ArrayList<List<String>>();
    lines.add(definition.columns().stream().map(Column::label).toList());
    for (String row : rows.strip().split("\n", -1)) {
      lines.add(Arrays.stream(row.split("\\|", -1)).map(c -> c.replace("\\n", "\n")).toList());
    }
    ReadWorkbook read = WorkbookReader.readTexts(definition, lines);
    return read.table(definition.sheet())
        .orElseThrow(() -> new IllegalArgumentException(read.findings().toString()));
  }

  /** The tables as text, one row a line, for messages that a person can read. */
  public static String shown(List<TypedTable> tables) {
    var out = new StringBuilder();
    for (TypedTable table : tables) {
      out.append(table.definition().sheet()).append('\n');
      table
          .rows()
          .forEach(
              row -> {
                out.append(row.number());
                table
                    .definition()
                    .columns()
                    .forEach(c -> out.append(" | ").append(row.cell(c.key())));
                out.append('\n');
              });
    }
    return out.toString();
  }
}
