package rekindle.service.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import rekindle.release.RowChange;
import rekindle.release.RowChange.CellChange;

/** Changes of a policy as JSON. */
public final class ChangeJson {
  private ChangeJson() {}

  /** One object for each change, in their order. */
  public static ArrayNode of(List<RowChange> changes) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (RowChange change : changes) {
      ObjectNode json = array.addObject();
      json.put("workbook", change.workbook());
      json.put("sheet", change.sheet());
      json.put("id", change.id());
      json.put("change", change.kind().name().toLowerCase(Locale.ROOT));
      json.put("decides", change.decides());
      json.put("rowBefore", change.before());
      json.put("rowAfter", change.after());
      ArrayNode cells = json.putArray("cells");
      for (CellChange cell : change.cells()) {
        cells
            .addObject()
            .put("column", cell.column())
            .put("before", cell.before())
            .put("after", cell.after())
            .put("decides", cell.decides());
      }
    }
    return array;
  }
}
