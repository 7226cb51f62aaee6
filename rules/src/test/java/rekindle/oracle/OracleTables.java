package rekindle.oracle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * The workbooks, read without the reader of tables: the rows under the header that begins with Id.
 */
final class OracleTables {
  private final Map<String, List<OracleRow>> sheets = new HashMap<>();

  private final Map<String, Set<LocalDate>> holidays = new HashMap<>();
  private final Map<String, Correction> corrections = new HashMap<>();

  OracleTables(Map<String, byte[]> workbooks) {
    workbooks.forEach(
        (name, bytes) -> {
          try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            for (Sheet sheet : workbook) {
              sheets.put(name + "/" + sheet.getSheetName(), rows(name, sheet));
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    for (OracleRow row : rows("calendars/ZoneCorrections")) {
      corrections.put(
          row.cell("Zone"),
          new Correction(
              Instant.parse(row.cell("From instant")), ZoneOffset.of(row.cell("→ Offset"))));
    }
  }

  /** From when on a zone's clocks differ from what the zone data say. */
  record Correction(Instant from, ZoneOffset offset) {}

  Map<String, Correction> corrections() {
    return corrections;
  }

  Set<LocalDate> holidays(String calendar) {
    return holidays.computeIfAbsent(
        calendar,
        one -> {
          var dates = new HashSet<LocalDate>();
          for (OracleRow row : rows("calendars/Holidays")) {
            if (row.cell("Calendar").equals(one)) {
              dates.add(row.date("Date"));
            }
          }
          return dates;
        });
  }

  List<OracleRow> rows(String sheet) {
    List<OracleRow> rows = sheets.get(sheet);
    if (rows == null) {
      throw new AssertionError("there is no sheet " + sheet);
    }
    return rows;
  }

  /** The topmost row that holds. */
  OracleRow first(String sheet, Predicate<OracleRow> holds) {
    return rows(sheet).stream().filter(holds).findFirst().orElseThrow();
  }

  private static List<OracleRow> rows(String workbook, Sheet sheet) {
    var rows = new ArrayList<OracleRow>();
    var labels = new LinkedHashMap<Integer, String>();
    for (Row row : sheet) {
      String first = text(row.getCell(0));
      if (first.equals("Id")) {
        row.forEach(cell -> labels.put(cell.getColumnIndex(), text(cell)));
      } else if (!labels.isEmpty() && !first.isEmpty()) {
        var cells = new HashMap<String, String>();
        labels.forEach((column, label) -> cells.put(label, text(row.getCell(column))));
        rows.add(
            new OracleRow(
                workbook + "/" + sheet.getSheetName(), row.getRowNum() + 1, first, cells));
      }
    }
    return rows;
  }

  private static String text(@org.jspecify.annotations.Nullable Cell cell) {
    if (cell == null) {
      return "";
    }
    return cell.getCellType() == CellType.NUMERIC
        ? BigDecimal.valueOf(cell.getNumericCellValue()).stripTrailingZeros().toPlainString()
        : cell.getStringCellValue().strip();
  }
}
