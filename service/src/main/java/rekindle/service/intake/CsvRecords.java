package rekindle.service.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of one CSV file after RFC 4180. A record that cannot be read costs itself alone:
 * after a quotation mark that never closes, reading goes on with the line below it, which no stock
 * parser does. Empty lines are skipped. Not thread-safe.
 */
final class CsvRecords implements Closeable {
  /** A cell with more line breaks, or more text, than this is taken for a quote never closed. */
  static final int MOST_LINES = 200;

  static final int LONGEST_RECORD = 1 << 20;

  /**
   * @param line the line on which the record starts
   * @param cells the cells, or empty if there is a fault
   * @param fault why the record cannot be read, or null
   */
  record CsvRecord(long line, List<String> cells, @Nullable String fault) {}

  private final CsvLines lines;

  CsvRecords(InputStream in) {
    this.lines = new CsvLines(in);
  }

  /** The next record; null at the end. */
  @Nullable CsvRecord next() throws IOException {
    CsvLines.Line line = lines.next();
    while (line != null && line.fault() == null && line.text().isEmpty()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    return line.fault() != null ? faulty(line, line.fault()) : record(line);
  }

  private CsvRecord record(CsvLines.Line first) throws IOException {
    var cells = new Cells();
    var later = new ArrayList<CsvLines.Line>();
    cells.add(first.text());
    while (cells.isOpen()) {
      CsvLines.Line line = lines.next();
      if (line != null) {
        later.add(line);
      }
      if (line == null
          || line.fault() != null
          || later.size() == MOST_LINES
          || cells.length() + line.text().length() > LONGEST_RECORD) {
        cells.fail("a quotation mark opens and is never closed; write \"\" for one inside a cell");
        break;
      }
      cells.add("\n" + line.text());
    }
    String fault = cells.fault();
    if (fault == null) {
      return new CsvRecord(first.number(), cells.toList(), null);
    }
    for (int i = later.size() - 1; i >= 0; i--) {
      lines.putBack(later.get(i));
    }
    return faulty(first, fault);
  }

  private static CsvRecord faulty(CsvLines.Line line, String fault) {
    return new CsvRecord(line.number(), List.of(), fault);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  /** Splits text into cells, line by line, remembering whether it is inside quotes. */
  private static final class Cells {
    private final List<String> done = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private boolean quoted;
    private boolean closed;
    private int length;
    private @Nullable String fault;

    boolean isOpen() {
      return quoted && !closed && fault == null;
    }

    int length() {
      return length;
    }

    @Nullable String fault() {
      return fault;
    }

    void fail(String why) {
      fault = why;
    }

    void add(String text) {
      length += text.length();
      for (int i = 0; i < text.length() && fault == null; i++) {
        char c = text.charAt(i);
        if (isOpen()) {
          i = inside(text, i, c);
        } else {
          outside(c);
        }
      }
    }

    private int inside(String text, int i, char c) {
      if (c != '"') {
        cell.append(c);
        return i;
      }
      if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append('"');
        return i + 1;
      }
      closed = true;
      return i;
    }

    private void outside(char c) {
      if (c == ',') {
        end();
      } else if (closed) {
        fail("text follows a closing quotation mark; write \"\" for one inside a cell");
      } else if (c != '"') {
        cell.append(c);
      } else if (cell.length() == 0) {
        quoted = true;
      } else {
        fail("a quotation mark stands inside an unquoted cell; quote the cell and write \"\"");
      }
    }

    private void end() {
      done.add(cell.toString());
      cell.setLength(0);
      quoted = false;
      closed = false;
    }

    List<String> toList() {
      end();
      return done;
    }
  }
}
