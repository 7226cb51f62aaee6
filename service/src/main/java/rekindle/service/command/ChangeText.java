package rekindle.service.command;

import java.util.ArrayList;
import java.util.List;
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
}
