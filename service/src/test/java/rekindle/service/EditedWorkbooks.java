package rekindle.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import rekindle.release.PolicyTables;
import rekindle.segment.SegmentTables;
import rekindle.table.Cell;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;
import rekindle.table.WorkbookReader;
import rekindle.table.WorkbookWriter;

/** Workbooks as authors change them, and the forms in which they send them. */
public final class EditedWorkbooks {
  public static final String BOUNDARY = "----boundary-of-the-tests";

  private EditedWorkbooks() {}

  /** {@code segments.xlsx} with a dormancy row for a program that no scenario knows. */
  public static byte[] withProgram(byte[] segments, String program, int days) {
    return changed(
        segments,
        table -> {
          var rows = new ArrayList<>(table.rows());
          TypedRow first = rows.get(0);
          Map<String, Cell> cells = new HashMap<>(first.cells());
          cells.put("program", new Cell.Codes(List.of(program), false, false));
          cells.put("thresholdDays", new Cell.Number(BigDecimal.valueOf(days)));
          String id = "DORM-" + program.toUpperCase(Locale.ROOT);
          cells.put("id", new Cell.Codes(List.of(id), false, false));
          rows.add(0, new TypedRow(first.number(), id, cells, null, null));
          return new TypedTable(table.definition(), rows);
        });
  }

  private static byte[] changed(byte[] file, Function<TypedTable, TypedTable> change) {
    List<TypedTable> tables =
        WorkbookReader.read("segments", file, PolicyTables.of("segments")).tables().stream()
            .map(
                table -> table.definition() == SegmentTables.DORMANCY ? change.apply(table) : table)
            .toList();
    return WorkbookWriter.write("segments", PolicyTables.about("segments"), tables);
  }

  /** A form with one workbook and a title. */
  public static byte[] form(String workbook, byte[] file, String title) throws IOException {
    var out = new ByteArrayOutputStream();
    part(out, "name=\"title\"", title.getBytes(StandardCharsets.UTF_8));
    part(out, "name=\"file\"; filename=\"" + workbook + ".xlsx\"", file);
    out.write(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static void part(ByteArrayOutputStream out, String disposition, byte[] content)
      throws IOException {
    String head =
        "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(content);
    out.write('\r');
    out.write('\n');
  }

  /** An archive with one workbook in a folder. */
  public static byte[] zip(String workbook, byte[] file) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("policy/" + workbook + ".xlsx"));
      zip.write(file);
      zip.closeEntry();
    }
    return out.toByteArray();
  }
}
