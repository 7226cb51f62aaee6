package rekindle.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One table: what its sheet holds and how its rows are compared.
 *
 * @param workbook file name without {@code .xlsx}
 * @param sheet sheet name
 * @param title row 1 of the sheet
 * @param decides row 2: what the table decides, in one sentence
 * @param input class of the stage input that rows are compared with; null for lookup tables
 * @param columns all columns in their shipped order: Id, conditions, results, From, To, notes
 * @param together constraints made of several cells of a row; null where there are none
 */
public record TableDefinition(
    String workbook,
    String sheet,
    String title,
    String decides,
    HitPolicy hitPolicy,
    @Nullable Class<?> input,
    List<Column> columns,
    @Nullable RowConstraint together) {

  private static final CellType TEXT = new CellType.Text();

  public TableDefinition {
    columns = List.copyOf(columns);
  }

  /** A table of rules; Id before, and From, To and notes after the given columns. */
  public static TableDefinition rules(
      String workbook,
      String sheet,
      String title,
      String decides,
      HitPolicy hitPolicy,
      Class<?> input,
      Column... columns) {
    return new TableDefinition(
        workbook, sheet, title, decides, hitPolicy, input, framed(columns), null);
  }

  /** A table whose rows are looked up by name. */
  public static TableDefinition lookup(
      String workbook, String sheet, String title, String decides, Column... columns) {
    return new TableDefinition(
        workbook, sheet, title, decides, HitPolicy.LOOKUP, null, framed(columns), null);
  }

  /** The same table with constraints that read several cells of a row. */
  public TableDefinition with(RowConstraint constraint) {
    return new TableDefinition(
        workbook, sheet, title, decides, hitPolicy, input, columns, constraint);
  }

  /** The same table with one more note, after Why. */
  public TableDefinition noting(Column note) {
    var all = new ArrayList<>(columns);
    int why = all.stream().map(Column::key).toList().indexOf("why");
    all.add(why + 1, note);
    return new TableDefinition(workbook, sheet, title, decides, hitPolicy, input, all, together);
  }

  public List<Column> conditions() {
    return columns.stream().filter(c -> c.kind() == Column.Kind.CONDITION).toList();
  }

  public List<Column> results() {
    return columns.stream().filter(c -> c.kind() == Column.Kind.RESULT).toList();
  }

  /** Workbook and sheet as findings name them: {@code eligibility.xlsx, sheet Consent}. */
  public String place() {
    return workbook + ".xlsx, sheet " + sheet;
  }

  private static List<Column> framed(Column... columns) {
    var all = new ArrayList<Column>();
    all.add(new Column("id", "Id", Column.Kind.ID, new CellType.Name(), null, true));
    all.addAll(List.of(columns));
    all.add(new Column("from", "From", Column.Kind.FROM, new CellType.Date(), null, false));
    all.add(new Column("to", "To", Column.Kind.TO, new CellType.Date(), null, false));
    all.add(new Column("citation", "Citation", Column.Kind.NOTE, TEXT, null, false));
    all.add(new Column("why", "Why", Column.Kind.NOTE, TEXT, null, false));
    all.add(new Column("owner", "Owner", Column.Kind.NOTE, TEXT, null, false));
    all.add(
        new Column("checkedOn", "Checked on", Column.Kind.NOTE, new CellType.Date(), null, false));
    return all;
  }
}
