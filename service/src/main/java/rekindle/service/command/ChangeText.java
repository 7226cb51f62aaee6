package rekindle.service.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.release.RowChange;
import rekindle.release.RowChange.CellChange;

/** Changes of a policy as people and programs read them. */
final class ChangeText {
  private ChangeText() {}

  /** One line a row, and one a cell under it. */
  static String text(List<RowChange> changes) {
    if (changes.isEmpty()) {
      return "No change in meaning.\n";
    }
    var lines = new ArrayList<String>();
    for (RowChange change : changes) {
      lines.add(
          "%s/%s  %s  %s%s"
              .formatted(
                  change.workbook(),
                  change.sheet(),
                  change.id(),
                  where(change),
                  change.decides() ? "" : "; decides nothing"));
      for (CellChange cell : change.cells()) {
        lines.add("    %s: %s".formatted(cell.column(), texts(change, cell)));
      }
    }
    long deciding = changes.stream().filter(RowChange::decides).count();
    lines.add("%d changes, of which %d can decide".formatted(changes.size(), deciding));
    return String.join("\n", lines) + "\n";
  }

  private static String where(RowChange change) {
    return switch (change.kind()) {
      case ADDED -> "added as row " + change.after();
      case REMOVED -> "removed, was row " + change.before();
      case CHANGED -> "changed in row " + change.after();
      case MOVED -> "moved from row " + change.before() + " to row " + change.after();
    };
  }

  private static String texts(RowChange change, CellChange cell) {
    return switch (change.kind()) {
      case ADDED -> shown(cell.after());
      case REMOVED -> shown(cell.before());
      default -> shown(cell.before()) + " → " + shown(cell.after());
    };
  }

  private static String shown(String text) {
    return text.isEmpty() ? "(blank)" : text;
  }

  /** A JSON array and a line end. */
  static byte[] json(List<RowChange> changes) {
    var json = new CanonicalJson().startArray();
    for (RowChange change : changes) {
      json.startObject().key("cells").startArray();
      for (CellChange cell : change.cells()) {
        json.startObject();
        json.key("after").text(cell.after());
        json.key("before").text(cell.before());
        json.key("column").text(cell.column());
        json.key("decides").bool(cell.decides());
        json.endObject();
      }
      json.endArray();
      json.key("change").text(change.kind().name().toLowerCase(Locale.ROOT));
      json.key("decides").bool(change.decides());
      json.key("id").text(change.id());
      number(json.key("rowAfter"), change.after());
      number(json.key("rowBefore"), change.before());
      json.key("sheet").text(change.sheet());
      json.key("workbook").text(change.workbook());
      json.endObject();
    }
    byte[] array = json.endArray().toBytes();
    byte[] line = java.util.Arrays.copyOf(array, array.length + 1);
    line[array.length] = '\n';
    return line;
  }

  private static void number(CanonicalJson json, @Nullable Integer number) {
    if (number == null) {
      json.nothing();
    } else {
      json.integer(number);
    }
  }
}
