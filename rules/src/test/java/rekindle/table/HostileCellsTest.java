package rekindle.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rekindle.table.Column.Kind;
import rekindle.testing.HostileTexts;
import rekindle.testing.SampleRows;
import rekindle.testing.SampleTables;

/** Hostile texts in every type of column: refused by name, or read as what they plainly say. */
class HostileCellsTest {
  private static final long SEED = Long.getLong("seed", 20261122L);
  private static final List<String> TEXTS = HostileTexts.stream(SEED).limit(10_000).toList();

  /** Findings are listed up to a number; each refused text must be among them. */
  private static final int REFUSED_EACH = 80;

  private static final int ACCEPTED_EACH = 100;

  /** As many characters as a spreadsheet program writes into a cell. */
  private static final int CELL_LENGTH_MAX = 32_767;

  /** A column of a table. */
  record Place(TableDefinition table, Column column) {
    @Override
    public String toString() {
      return table.sheet() + " " + column.label();
    }
  }

  /** One column of every kind and type. */
  static Stream<Place> places() {
    var places = new LinkedHashMap<String, Place>();
    Stream.of(SampleTables.CONDITIONS, SampleTables.RESULTS)
        .flatMap(t -> t.columns().stream().map(c -> new Place(t, c)))
        .forEach(p -> places.putIfAbsent(p.column().kind() + " " + p.column().type(), p));
    return places.values().stream();
  }

  @ParameterizedTest
  @MethodSource("places")
  void hostileText_inEveryColumn_isRefusedOrReadPlainly(Place place) {
    int refused = 0;
    for (String text : TEXTS) {
      Reading reading = CellReader.read(place.column(), new RawCell.Text(text));
      Cell cell = reading.cell();
      if (cell == null) {
        refused++;
        if (reading.message() == null || reading.code() == null) {
          fail(about(place, text) + " was refused without a word");
        }
        continue;
      }
      if (!PlainReading.agrees(place.column().type(), text, cell)) {
        fail(about(place, text) + " was read as " + cell);
      }
      String written = CellWriter.text(place.column(), cell);
      if (!cell.equals(CellReader.read(place.column(), new RawCell.Text(written)).cell())) {
        fail(about(place, text) + " reads differently when written as " + Words.quoted(written));
      }
    }
    assertThat(refused).as("refused of " + TEXTS.size()).isGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource("places")
  void hostileText_inAWorkbook_changesNoOtherRow(Place place) throws IOException {
    List<String> accepted =
        TEXTS.stream()
            .filter(t -> CellReader.read(place.column(), new RawCell.Text(t)).cell() != null)
            .filter(t -> !isOtherwise(t) && !(place.column().kind() == Kind.ID && isReserved(t)))
            .distinct()
            .limit(ACCEPTED_EACH)
            .toList();
    if (place.column().kind() == Kind.ID || place.column().kind() == Kind.TO) {
      accepted = accepted.stream().limit(1).toList();
    }
    ReadWorkbook read = read(place, accepted);
    assertThat(read.findings()).as(place + ", seed " + SEED).isEmpty();
    List<TypedRow> rows = read.tables().get(0).rows();
    Map<String, Cell> plain = row(place.table()).cells();
    for (TypedRow row : rows) {
      boolean hostile = row.number() % 2 == 0 && !row.isOtherwise();
      String text = hostile ? accepted.get((row.number() - 12) / 2) : "";
      for (Column column : place.table().columns()) {
        if (column.kind() == Kind.ID || row.isOtherwise()) {
          continue;
        }
        Cell expected =
            hostile && column.equals(place.column())
                ? CellReader.read(column, new RawCell.Text(text)).cell()
                : plain.get(column.key());
        assertThat(row.cell(column.key()))
            .as(about(place, text) + row.number())
            .isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void refusedText_inAWorkbook_isNamedByItsCell(Place place) throws IOException {
    List<String> refused =
        TEXTS.stream()
            .filter(t -> CellReader.read(place.column(), new RawCell.Text(t)).cell() == null)
            .filter(t -> escaped(t).length() <= CELL_LENGTH_MAX)
            .distinct()
            .limit(REFUSED_EACH)
            .toList();
    ReadWorkbook read = read(place, refused);
    String letter =
        CellReference.convertNumToColString(place.table().columns().indexOf(place.column()));
    assertThat(read.tables()).as(place.toString()).isEmpty();
    for (int i = 0; i < refused.size(); i++) {
      String cell = letter + (12 + 2 * i);
      if (read.findings().stream()
          .noneMatch(f -> cell.equals(f.cell()) && f.message().contains("cell " + cell + ": "))) {
        fail(about(place, refused.get(i)) + " is not named");
      }
    }
    assertThat(read.findings())
        .extracting(Finding::row)
        .as(place + ", seed " + SEED)
        .noneMatch(r -> r != null && r % 2 == 1);
  }

  /** A workbook of one table: good rows with odd numbers, between them rows with a hostile text. */
  private static ReadWorkbook read(Place place, List<String> texts) throws IOException {
    TableDefinition table = place.table();
    TypedRow good = row(table);
    try (var book = new XSSFWorkbook()) {
      var sheet = book.createSheet(table.sheet());
      var header = sheet.createRow(9);
      for (int i = 0; i < table.columns().size(); i++) {
        header.createCell(i).setCellValue(table.columns().get(i).label());
      }
      int number = 10;
      for (int i = 0; i <= texts.size(); i++) {
        put(sheet.createRow(number++), table, good, "good-" + i, null, "");
        if (i < texts.size()) {
          put(sheet.createRow(number++), table, good, "bad-" + i, place.column(), texts.get(i));
        }
      }
      if (table.hitPolicy() == HitPolicy.FIRST) {
        TypedRow last = WorkbookWriter.empty(table).rows().get(0);
        put(sheet.createRow(number), table, last, "otherwise", null, "");
      }
      var out = new ByteArrayOutputStream();
      book.write(out);
      ReadWorkbook read =
          WorkbookReader.read(SampleTables.WORKBOOK, out.toByteArray(), List.of(table));
      var findings = new ArrayList<>(read.findings());
      findings.removeIf(f -> f.code().equals(FindingCodes.CODE_ROWS_CHANGED));
      return new ReadWorkbook(read.tables(), findings);
    }
  }

  private static void put(
      XSSFRow row,
      TableDefinition table,
      TypedRow values,
      String id,
      @Nullable Column hostile,
      String text) {
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      String plain =
          column.kind() == Kind.ID ? id : CellWriter.text(column, values.cell(column.key()));
      String cell = column.equals(hostile) ? escaped(text) : plain;
      if (!cell.isEmpty()) {
        row.createCell(i).setCellValue(cell);
      }
    }
  }

  /** As Excel writes characters that XML cannot hold. */
  private static String escaped(String text) {
    var out = new StringBuilder();
    for (char c : XmlEscapes.encode(text).toCharArray()) {
      boolean plain = c >= ' ' && c < 0xD800 || c == '\t' || c == '\n' || c >= 0xE000 && c < 0xFFFE;
      out.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "_x%04X_", (int) c));
    }
    return out.toString();
  }

  private static TypedRow row(TableDefinition table) {
    return SampleRows.tables().stream()
        .filter(t -> t.definition().equals(table))
        .findFirst()
        .orElseThrow()
        .rows()
        .get(0);
  }

  private static boolean isOtherwise(String text) {
    return text.toLowerCase(Locale.ROOT).contains("otherwise");
  }

  private static boolean isReserved(String text) {
    return Words.collapse(text).toLowerCase(Locale.ROOT).matches("\\W*(any|none|unknown)\\W*");
  }

  private static String about(Place place, String text) {
    var map = new LinkedHashMap<String, Object>();
    map.put("seed", SEED);
    map.put("column", place);
    map.put("text", Words.quoted(text));
    return map.toString();
  }
}
