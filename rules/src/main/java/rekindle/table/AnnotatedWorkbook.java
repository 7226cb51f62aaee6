package rekindle.table;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import rekindle.table.Finding.Severity;

/**
 * An author's own file with its findings in it: a comment and a colour at each cell. Neither means
 * anything when the file is uploaded again.
 */
public final class AnnotatedWorkbook {
  /** Cells that are annotated; findings of more are told on the first sheet. */
  static final int CELLS_MAX = 2_000;

  /** POI holds a file in several times the memory of its parts. */
  private static final long INFLATED_BYTES_MAX = 24L * 1024 * 1024;

  private static final byte[] RED = {(byte) 0xFF, (byte) 0xC7, (byte) 0xCE};
  private static final int NEIGHBOURS_MAX = 50;
  private static final byte[] YELLOW = {(byte) 0xFF, (byte) 0xEB, (byte) 0x9C};

  private final XSSFWorkbook book;
  private final Map<String, XSSFCellStyle> styles = new HashMap<>();

  private record Place(int sheet, CellAddress cell) {}

  private AnnotatedWorkbook(XSSFWorkbook book) {
    this.book = book;
  }

  /**
   * Writes findings into a workbook. Those of a row stand at its Id, those of a sheet at its first
   * cell, those of the file at the first cell of its first sheet.
   *
   * @param file as it was uploaded
   * @param findings of this workbook alone
   * @return empty if the file cannot be opened safely
   */
  public static Optional<byte[]> write(byte[] file, List<Finding> findings) {
    byte[] unpacked = unpacked(file);
    if (unpacked == null) {
      return Optional.empty();
    }
    try (var book = new XSSFWorkbook(new ByteArrayInputStream(unpacked))) {
      var annotated = new AnnotatedWorkbook(book);
      annotated.clean();
      annotated.annotate(findings);
      var out = new ByteArrayOutputStream();
      book.write(out);
      return Optional.of(out.toByteArray());
    } catch (IOException | RuntimeException e) {
      // What POI throws at a file that no program has written is not to be foreseen.
      return Optional.empty();
    }
  }

  /**
   * The same archive without compression, since comments pack too well for POI to trust them; null
   * if it is not safe to open. Also counts parts that the reader of tables leaves alone.
   */
  private static byte @Nullable [] unpacked(byte[] file) {
    try {
      // What reading refuses, POI does not get to see.
      XlsxFile.read(file, sheet -> true, new Findings(""));
      var out = new ByteArrayOutputStream();
      try (var in = new ZipInputStream(new ByteArrayInputStream(file));
          var zip = new ZipOutputStream(out)) {
        zip.setLevel(Deflater.NO_COMPRESSION);
        var buffer = new byte[8192];
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          zip.putNextEntry(new ZipEntry(entry.getName()));
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            zip.write(buffer, 0, read);
            if (out.size() > INFLATED_BYTES_MAX) {
              return null;
            }
          }
          zip.closeEntry();
        }
      }
      return out.toByteArray();
    } catch (Refusal | IOException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Takes out what an earlier download had written into the file, whatever is mended since. */
  private void clean() {
    for (int i = 0; i < book.getNumberOfSheets(); i++) {
      XSSFSheet sheet = book.getSheetAt(i);
      CellComment.clean(sheet);
      for (var row : sheet) {
        for (var cell : row) {
          if (isColoured((XSSFCell) cell)) {
            cell.setCellStyle(plainStyle(sheet, (XSSFCell) cell));
          }
        }
      }
    }
  }

  private static boolean isColoured(XSSFCell cell) {
    XSSFCellStyle style = cell.getCellStyle();
    XSSFColor colour = style.getFillForegroundXSSFColor();
    return style.getFillPattern() == FillPatternType.SOLID_FOREGROUND
        && colour != null
        && (Arrays.equals(colour.getRGB(), RED) || Arrays.equals(colour.getRGB(), YELLOW));
  }

  /** The style of the nearest cell below or above that has its own. */
  private XSSFCellStyle plainStyle(XSSFSheet sheet, XSSFCell cell) {
    for (int distance = 1; distance <= NEIGHBOURS_MAX; distance++) {
      for (int row : new int[] {cell.getRowIndex() + distance, cell.getRowIndex() - distance}) {
        XSSFRow found = row <= SheetHeader.ROW - 1 ? null : sheet.getRow(row);
        XSSFCell near = found == null ? null : found.getCell(cell.getColumnIndex());
        if (near != null && !isColoured(near)) {
          return near.getCellStyle();
        }
      }
    }
    return book.getCellStyleAt(0);
  }

  private void annotate(List<Finding> findings) {
    Map<Place, List<Finding>> places =
        findings.stream()
            .sorted(Comparator.comparing(Finding::severity))
            .collect(Collectors.groupingBy(this::place, LinkedHashMap::new, Collectors.toList()));
    int annotated = 0;
    for (Map.Entry<Place, List<Finding>> entry : places.entrySet()) {
      if (annotated++ == CELLS_MAX) {
        break;
      }
      annotate(entry.getKey(), entry.getValue());
    }
    if (places.size() > CELLS_MAX) {
      CellComment.add(
          cell(new Place(ofFile(), CellAddress.A1)),
          places.size() - CELLS_MAX + " more cells have findings; the release lists all of them.");
    }
  }

  private void annotate(Place place, List<Finding> findings) {
    XSSFCell cell = cell(place);
    boolean isError = findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
    cell.setCellStyle(coloured(cell.getCellStyle(), isError));
    CellComment.add(
        cell,
        findings.stream()
            .map(f -> (f.severity() == Severity.ERROR ? "Error: " : "Warning: ") + f.message())
            .distinct()
            .collect(Collectors.joining("\n\n")));
  }

  private Place place(Finding finding) {
    int sheet = sheet(finding.sheet());
    if (sheet < 0) {
      return new Place(ofFile(), CellAddress.A1);
    }
    if (finding.cell() != null) {
      return new Place(sheet, new CellAddress(finding.cell()));
    }
    return new Place(
        sheet,
        finding.row() == null
            ? CellAddress.A1
            : new CellAddress(finding.row() - 1, idColumn(book.getSheetAt(sheet))));
  }

  private int ofFile() {
    return Math.max(0, book.getSheetIndex(WorkbookReader.READ_ME));
  }

  private int sheet(@Nullable String name) {
    return name == null ? -1 : book.getSheetIndex(name);
  }

  /** Columns are known by their labels and can have been moved. */
  private static int idColumn(XSSFSheet sheet) {
    for (int i = 0; i < SheetHeader.SEARCHED_ROWS; i++) {
      XSSFRow row = sheet.getRow(i);
      if (row != null) {
        for (var cell : row) {
          if (SheetHeader.label(cell.toString()).equals("id")) {
            return cell.getColumnIndex();
          }
        }
      }
    }
    return 0;
  }

  private XSSFCell cell(Place place) {
    XSSFSheet sheet = book.getSheetAt(place.sheet);
    XSSFRow row = sheet.getRow(place.cell.getRow());
    if (row == null) {
      row = sheet.createRow(place.cell.getRow());
    }
    XSSFCell cell = row.getCell(place.cell.getColumn());
    return cell == null ? row.createCell(place.cell.getColumn()) : cell;
  }

  /** A cell that took the looks of the header has white letters, which no light colour shows. */
  private XSSFFont dark(XSSFFont font) {
    XSSFFont dark = book.createFont();
    dark.setFontName(font.getFontName());
    dark.setFontHeight(font.getFontHeight());
    dark.setBold(font.getBold());
    dark.setItalic(font.getItalic());
    return dark;
  }

  private XSSFCellStyle coloured(XSSFCellStyle style, boolean isError) {
    return styles.computeIfAbsent(
        style.getIndex() + (isError ? " error" : " warning"),
        key -> {
          XSSFCellStyle coloured = book.createCellStyle();
          coloured.cloneStyleFrom(style);
          coloured.setFillForegroundColor(new XSSFColor(isError ? RED : YELLOW));
          coloured.setFillPattern(FillPatternType.SOLID_FOREGROUND);
          coloured.setFont(dark(style.getFont()));
          return coloured;
        });
  }
}
