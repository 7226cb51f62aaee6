package rekindle.service.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One CSV file with a header row: checks the header once and hands out rows; records that cannot be
 * read are reported and passed over. Not thread-safe.
 */
final class CsvTable implements Closeable {
  private final CsvShape shape;
  private final CsvRecords records;
  private final IntakeLog log;
  private final HeaderMapping mapping;
  private final Map<String, List<CsvCells.Place>> places = new LinkedHashMap<>();
  private final List<String> passedOver = new ArrayList<>();
  private @Nullable String recognised;
  private boolean readable;
  private int width;
  private long line;
  private long unreadable;
  private @Nullable CsvCells cells;

  private CsvTable(CsvShape shape, HeaderMapping mapping, InputStream in, IntakeLog log) {
    this.shape = shape;
    this.mapping = mapping;
    this.records = new CsvRecords(in);
    this.log = log;
  }

  /** Reads the header row; every fault of it goes to the log. */
  static CsvTable open(CsvShape shape, InputStream in, IntakeLog log) throws IOException {
    return open(shape, HeaderMapping.OWN, in, log);
  }

  /**
   * The same with columns of other names.
   *
   * @param mapping which column of ours each is
   */
  static CsvTable open(CsvShape shape, HeaderMapping mapping, InputStream in, IntakeLog log)
      throws IOException {
    var table = new CsvTable(shape, mapping, in, log);
    long before = log.errors();
    table.readHeader();
    table.readable = log.errors() == before;
    return table;
  }

  /** Whether the header is as it must be; no row may be asked for otherwise. */
  boolean isReadable() {
    return readable;
  }

  /** The line of the latest record. */
  long line() {
    return line;
  }

  /** How many records could not be split into cells. */
  long unreadable() {
    return unreadable;
  }

  /** The next row whose cells can be told apart, to be read; null at the end. */
  @Nullable TypedRow next() throws IOException {
    while (advance()) {
      if (cells != null) {
        return new TypedRow(cells);
      }
    }
    return null;
  }

  /** The latest record; null if it could not be split into cells, which has been reported then. */
  @Nullable CsvCells cells() {
    return cells;
  }

  /** Goes on to the next record; false at the end. */
  boolean advance() throws IOException {
    CsvRecords.CsvRecord record = records.next();
    cells = null;
    if (record == null) {
      return false;
    }
    line = record.line();
    String fault = record.fault();
    if (fault == null && record.cells().size() != width) {
      fault =
          "the row has %d cells, the header row %d; quote cells that hold a comma"
              .formatted(record.cells().size(), width);
    }
    if (fault == null) {
      cells = new CsvCells(shape.file(), record.line(), places, record.cells(), log);
    } else {
      unreadable++;
      log.error(shape.file(), line, null, null, sentence(fault));
    }
    return true;
  }

  private void readHeader() throws IOException {
    CsvRecords.CsvRecord header = records.next();
    if (header == null) {
      log.error(
          shape.file(), 0, null, null, "The file is empty; its first row must name the columns.");
      return;
    }
    String fault = header.fault();
    if (fault != null) {
      log.error(shape.file(), header.line(), null, null, sentence(fault));
      return;
    }
    width = header.cells().size();
    if (width == 1 && header.cells().get(0).matches(".*[;\t].*")) {
      log.error(
          shape.file(),
          header.line(),
          null,
          header.cells().get(0),
          "Columns are separated by a semicolon or a tab; save the file with commas.");
      return;
    }
    recognised = mapping.recognised(shape, header.cells());
    for (int cell = 0; cell < header.cells().size(); cell++) {
      place(header.cells().get(cell).strip(), cell, header);
    }
    for (String missing : shape.required()) {
      if (!places.containsKey(missing)) {
        log.error(
            shape.file(), header.line(), missing, null, "The column " + missing + " is missing.");
      }
    }
  }

  private void place(String label, int cell, CsvRecords.CsvRecord header) {
    Map<String, HeaderMapping.Source> columns = mapping.columns(shape, recognised, label);
    if (columns == null) {
      unknown(label, header);
      return;
    }
    if (columns.isEmpty()) {
      passedOver.add(label);
    }
    columns.forEach(
        (column, source) -> {
          if (!shape.all().contains(column)) {
            unknown(column, header);
          } else if (recognised == null && places.containsKey(column)) {
            log.error(
                shape.file(),
                header.line(),
                column,
                null,
                "The column stands twice; remove one of them.");
          } else {
            places
                .computeIfAbsent(column, first -> new ArrayList<>(1))
                .add(new CsvCells.Place(cell, source.rule(), source.argument()));
          }
        });
  }

  /** Of an export whose columns are known, a column that nobody knows is passed over. */
  private void unknown(String label, CsvRecords.CsvRecord header) {
    List<String> known = shape.all();
    if (recognised != null) {
      passedOver.add(label);
      log.warning(
          shape.file(),
          header.line(),
          null,
          label,
          "There is no such column in an export of "
              + recognised
              + " that we know; it is passed over. Map it to one of "
              + Suggestion.anyOf(known)
              + " if it matters."
              + Suggestion.didYouMean(label, known));
    } else {
      log.error(
          shape.file(),
          header.line(),
          null,
          label,
          "There is no such column; expected "
              + Suggestion.anyOf(known)
              + "."
              + Suggestion.didYouMean(label, known));
    }
  }

  /** Whose export the file is; null if nobody's that is known. */
  @Nullable String recognised() {
    return recognised;
  }

  /** The columns that the file tells. */
  List<String> columns() {
    return List.copyOf(places.keySet());
  }

  /** Labels of columns that are not read. */
  List<String> passedOver() {
    return List.copyOf(passedOver);
  }

  private static String sentence(String fault) {
    return Character.toUpperCase(fault.charAt(0)) + fault.substring(1) + ".";
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
