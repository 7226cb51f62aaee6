package rekindle.service.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a file would be read: whose export it is, which columns are whose, and its first rows as they
 * would be taken, addresses hidden. Reads no more of the file, and stores nothing.
 *
 * @param readable whether the header is as it must be
 * @param recognised whose export it is; null if nobody's that is known
 * @param columns of ours that the file tells
 * @param passedOver labels of the file that are not read
 * @param rows the first rows, each by column
 */
public record ImportPreview(
    FileType type,
    boolean readable,
    @Nullable String recognised,
    List<String> columns,
    List<String> passedOver,
    List<ObjectNode> rows,
    List<IntakeFinding> findings) {
  private static final Set<String> ADDRESSES =
      Set.of("email", "phone", "linkedin", "whatsapp", "address", "proof_uri");
  private static final int SHOWN = 2;

  /**
   * Reads the beginning of a file.
   *
   * @param csv plain; stays open
   * @param rowsMax rows to show
   */
  public static ImportPreview of(FileType type, HeaderMapping mapping, InputStream csv, int rowsMax)
      throws IOException {
    var findings = new ArrayList<IntakeFinding>();
    var log = new IntakeLog(findings::add, sentence -> {});
    @SuppressWarnings("resource") // the stream is the caller's to close
    CsvTable table = CsvTable.open(type.shape(), mapping, csv, log);
    var rows = new ArrayList<ObjectNode>();
    while (table.isReadable() && rows.size() < rowsMax && table.advance()) {
      CsvCells cells = table.cells();
      if (cells != null) {
        check(type, cells);
        rows.add(row(table, cells));
      }
    }
    return new ImportPreview(
        type,
        table.isReadable(),
        table.recognised(),
        table.columns(),
        table.passedOver(),
        rows,
        findings);
  }

  /**
   * Reports what is wrong with the row by itself; whether its contact is known is not looked up.
   */
  private static void check(FileType type, CsvCells cells) {
    var row = new TypedRow(cells);
    if (type == FileType.CONTACTS) {
      String id = row.requiredId("id");
      new CrmContactReader(null).read(row, id == null ? "" : id);
    } else {
      Related.of(type).read(row, row.requiredId("contact_id"), null);
    }
  }

  private static ObjectNode row(CsvTable table, CsvCells cells) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("line", cells.line());
    for (String column : table.columns()) {
      String text =
          column.equals("tags") || column.equals("do_not_contact_scope")
              ? String.join(";", cells.list(column))
              : cells.text(column);
      if (text != null && !text.isEmpty()) {
        json.put(column, ADDRESSES.contains(column) ? hidden(text) : text);
      }
    }
    return json;
  }

  /** The ends of an address, enough to see that it is one. */
  private static String hidden(String address) {
    int at = address.indexOf('@');
    if (at > 0) {
      return address.charAt(0) + "***" + address.substring(at);
    }
    return address.length() <= 2 * SHOWN
        ? "***"
        : address.substring(0, SHOWN) + "***" + address.substring(address.length() - SHOWN);
  }

  /** As JSON: what a caller of the API sees. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", type.code());
    json.put("readable", readable);
    json.put("recognised", recognised);
    ArrayNode told = json.putArray("columns");
    columns.forEach(told::add);
    ArrayNode over = json.putArray("passedOver");
    passedOver.forEach(over::add);
    ArrayNode first = json.putArray("rows");
    rows.forEach(first::add);
    ArrayNode found = json.putArray("findings");
    for (IntakeFinding finding : findings) {
      found
          .addObject()
          .put("severity", finding.severity().code())
          .put("line", finding.line())
          .put("column", finding.column())
          .put("found", finding.found())
          .put("message", finding.message());
    }
    return json;
  }
}
