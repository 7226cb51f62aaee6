package rekindle.table;

import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;
import rekindle.table.Finding.Severity;

/** Takes the cells out of a sheet's XML; blank cells are left out. */
final class SheetParser extends DefaultHandler {

  /** What all sheets of a workbook share. */
  record Shared(
      SharedTexts texts, CellStyles styles, boolean from1904, XlsxFile.CellBudget budget) {}

  private static final Pattern REFERENCE = Pattern.compile("([A-Z]{1,3})([1-9]\\d{0,6})");
  private static final int ROWS_MAX = 1_048_576;
  private static final int COLUMNS_MAX = 16_384;
  private static final long SECONDS_A_DAY = 86_400;

  private final RawSheet sheet;
  private final boolean kept;
  private final Shared shared;
  private final Findings findings;
  private final StringBuilder value = new StringBuilder();
  private int row;
  private int column = -1;
  private @Nullable String type;
  private int style;
  private boolean inCell;
  private boolean inValue;
  private boolean inPhonetic;
  private boolean formula;

  SheetParser(RawSheet sheet, boolean kept, Shared shared, Findings findings) {
    this.sheet = sheet;
    this.kept = kept;
    this.shared = shared;
    this.findings = findings;
  }

  @Override
  public void startElement(String uri, String local, String qualified, Attributes attributes)
      throws SAXException {
    switch (local) {
      case "row" -> startRow(attributes.getValue("r"));
      case "c" -> startCell(attributes);
      case "f" -> formula |= inCell;
      case "rPh" -> inPhonetic = true;
      case "v", "t" -> inValue = inCell && !inPhonetic;
      default -> {}
    }
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    if (inValue && value.length() <= SharedTexts.LENGTH_MAX) {
      value.append(chars, start, Math.min(length, SharedTexts.LENGTH_MAX + 1 - value.length()));
    }
  }

  @Override
  public void endElement(String uri, String local, String qualified) throws SAXException {
    switch (local) {
      case "rPh" -> inPhonetic = false;
      case "v", "t" -> inValue = false;
      case "c" -> endCell();
      default -> {}
    }
  }

  private void startRow(@Nullable String number) throws SAXException {
    int next =
        number == null ? row + 1 : number.matches("[1-9]\\d{0,6}") ? Integer.parseInt(number) : -1;
    if (next <= row || next > ROWS_MAX) {
      throw new SAXException(PackageScan.damaged());
    }
    row = next;
    column = -1;
  }

  private void startCell(Attributes attributes) throws SAXException {
    int next = column + 1;
    String reference = attributes.getValue("r");
    if (reference != null) {
      Matcher matcher = REFERENCE.matcher(reference);
      if (!matcher.matches() || Integer.parseInt(matcher.group(2)) != row) {
        throw new SAXException(PackageScan.damaged());
      }
      next = CellReference.convertColStringToIndex(matcher.group(1));
    }
    if (row == 0 || next <= column || next >= COLUMNS_MAX || inCell) {
      throw new SAXException(PackageScan.damaged());
    }
    column = next;
    type = attributes.getValue("t");
    String styleText = attributes.getValue("s");
    style = styleText != null && styleText.matches("\\d{1,6}") ? Integer.parseInt(styleText) : 0;
    value.setLength(0);
    inCell = true;
    formula = false;
  }

  private void endCell() throws SAXException {
    inCell = false;
    RawCell cell = formula ? new RawCell.Formula() : cell(value.toString());
    if (cell.shown().isEmpty()) {
      return;
    }
    try {
      shared.budget().take();
    } catch (Refusal refusal) {
      throw new SAXException(refusal);
    }
    if (kept) {
      sheet.put(row, column, cell);
    }
    if (formula && !kept) {
      findings.cell(
          Severity.ERROR,
          sheet.name(),
          row,
          null,
          column,
          FindingCodes.FORMULA,
          CellReader.NO_FORMULA);
    }
  }

  private RawCell cell(String text) throws SAXException {
    return switch (type == null ? "n" : type) {
      case "s" -> new RawCell.Text(sharedText(text.strip()));
      case "str", "inlineStr" -> new RawCell.Text(XmlEscapes.decode(text));
      case "b" -> text.isBlank() ? new RawCell.Text("") : new RawCell.Bool(isTrue(text.strip()));
      case "e" -> new RawCell.Error(text);
      case "d" -> isoDate(text.strip());
      case "n" -> text.isBlank() ? new RawCell.Text("") : number(text.strip());
      default -> throw new SAXException(PackageScan.damaged());
    };
  }

  private static boolean isTrue(String text) {
    return text.equals("1") || text.equals("true");
  }

  private String sharedText(String index) throws SAXException {
    if (index.isEmpty()) {
      return "";
    }
    String text = index.matches("\\d{1,9}") ? shared.texts().at(Integer.parseInt(index)) : null;
    if (text == null) {
      throw new SAXException(PackageScan.damaged());
    }
    return text;
  }

  private RawCell number(String text) throws SAXException {
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new SAXException(PackageScan.damaged());
    }
    if (Double.isNaN(number) || Double.isInfinite(number) || Math.abs(number) >= 1e18) {
      return new RawCell.Text(text);
    }
    return switch (shared.styles().of(style)) {
      case NUMBER -> RawCell.Number.of(number, false);
      case PERCENT -> RawCell.Number.of(number, true);
      case DATE -> date(number);
      case TIME -> new RawCell.Time(Math.round(number * SECONDS_A_DAY), false);
      case ELAPSED_TIME -> new RawCell.Time(Math.round(number * SECONDS_A_DAY), true);
    };
  }

  private RawCell date(double number) {
    if (!DateUtil.isValidExcelDate(number) || number > 2_958_465) {
      return RawCell.Number.of(number, false);
    }
    LocalDateTime date = DateUtil.getLocalDateTime(number, shared.from1904(), true);
    return date == null ? RawCell.Number.of(number, false) : new RawCell.DateTime(date);
  }

  private static RawCell isoDate(String text) {
    try {
      return new RawCell.DateTime(
          LocalDateTime.parse(text.length() == 10 ? text + "T00:00:00" : text));
    } catch (DateTimeParseException e) {
      return new RawCell.Text(text);
    }
  }
}
