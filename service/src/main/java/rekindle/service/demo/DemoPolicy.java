package rekindle.service.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import rekindle.experiment.ExperimentTables;
import rekindle.release.PolicyTables;
import rekindle.table.Cell;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;
import rekindle.table.WorkbookReader;
import rekindle.table.WorkbookWriter;

/**
 * The policy of the demo: the default policy, but a tenth of the people held out, so that the
 * control group shows. As shipped, nobody is held out.
 */
public final class DemoPolicy {
  /** Share held out in the demo. */
  static final BigDecimal SHARE = new BigDecimal("0.1");

  private static final String WORKBOOK = "experiments";

  private DemoPolicy() {}

  /** The workbooks with another experiments workbook; as they are, if that one cannot be read. */
  public static SortedMap<String, byte[]> of(Map<String, byte[]> workbooks) {
    var demo = new TreeMap<>(workbooks);
    byte[] bytes = workbooks.get(WORKBOOK);
    if (bytes != null) {
      var read = WorkbookReader.read(WORKBOOK, bytes, PolicyTables.of(WORKBOOK));
      if (!read.hasErrors()) {
        List<TypedTable> tables = read.tables().stream().map(DemoPolicy::withShare).toList();
        demo.put(WORKBOOK, WorkbookWriter.write(WORKBOOK, PolicyTables.about(WORKBOOK), tables));
      }
    }
    return demo;
  }

  private static TypedTable withShare(TypedTable table) {
    if (table.definition() != ExperimentTables.HOLDOUTS) {
      return table;
    }
    var rows = new ArrayList<TypedRow>();
    for (TypedRow row : table.rows()) {
      Map<String, Cell> cells = new HashMap<>(row.cells());
      cells.put("share", new Cell.Number(SHARE));
      rows.add(new TypedRow(row.number(), row.id(), cells, row.from(), row.to()));
    }
    return new TypedTable(table.definition(), rows);
  }
}
