package rekindle.table;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ooxml.POIXMLProperties;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Writes workbooks for compliance staff: a Read me sheet, one sheet a table, the lists of codes.
 * The same tables give the same bytes. Thread-safe.
 */
public final class WorkbookWriter {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private WorkbookWriter() {}

  /**
   * Writes a workbook.
   *
   * @param workbook file name without {@code .xlsx}
   * @param about what the workbook decides and who owns it, for its first sheet; lines of text
   * @param tables in the order of their sheets; rows are numbered afresh from row 11
   */
  public static byte[] write(String workbook, String about, List<TypedTable> tables) {
    try (var book = new XSSFWorkbook()) {
      var styles = new SheetStyles(book);
      ReadMeSheet.write(book, styles, workbook, about, tables);
      var lists = new ListsSheet();
      tables.forEach(t -> lists.add(t.definition()));
      for (TypedTable table : tables) {
        new SheetWriter(book, styles, lists, table).write();
      }
      lists.write(book, styles);
      fixProperties(book.getProperties());
      var out = new ByteArrayOutputStream();
      book.write(out);
      return repacked(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(workbook + ".xlsx cannot be written", e);
    }
  }

  /**
   * A workbook of empty tables: labels, and the otherwise row of first-hit tables.
   *
   * @param workbook file name without {@code .xlsx}
   * @param about what the workbook decides and who owns it
   */
  public static byte[] empty(String workbook, String about, List<TableDefinition> definitions) {
    return write(workbook, about, definitions.stream().map(WorkbookWriter::empty).toList());
  }

  /** A table without rows, but for the otherwise row of a first-hit table. */
  public static TypedTable empty(TableDefinition definition) {
    if (definition.hitPolicy() != HitPolicy.FIRST) {
      return new TypedTable(definition, List.of());
    }
    Map<String, Cell> cells = new HashMap<>();
    for (Column column : definition.columns()) {
      cells.put(
          column.key(),
          switch (column.kind()) {
            case ID -> new Cell.Codes(List.of(TypedRow.OTHERWISE), false, false);
            case CONDITION -> new Cell.Otherwise();
            case RESULT -> new Cell.Codes(List.of(), false, false);
            case FROM, TO, NOTE -> new Cell.Blank();
          });
    }
    return new TypedTable(
        definition,
        List.of(new TypedRow(SheetHeader.ROW + 1, TypedRow.OTHERWISE, cells, null, null)));
  }

  private static void fixProperties(POIXMLProperties properties) {
    var core = properties.getCoreProperties();
    core.setCreator("Rekindle");
    core.setCreated(Optional.of(Date.from(CREATED)));
    core.setModified(Optional.of(Date.from(CREATED)));
    properties.getExtendedProperties().setApplication("Rekindle");
  }

  /** The same archive with a fixed time on every entry. */
  private static byte[] repacked(byte[] archive) throws IOException {
    var out = new ByteArrayOutputStream(archive.length);
    try (var in = new ZipInputStream(new ByteArrayInputStream(archive));
        var zip = new ZipOutputStream(out)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        var copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(ENTRY_TIME);
        zip.putNextEntry(copy);
        in.transferTo(zip);
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }
}
