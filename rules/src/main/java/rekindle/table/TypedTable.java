package rekindle.table;

import java.util.List;

/** A table of which every cell was read for certain. Rows in the order of the sheet. */
public record TypedTable(TableDefinition definition, List<TypedRow> rows) {
  public TypedTable {
    rows = List.copyOf(rows);
  }

  /** The row reference of the contract: {@code eligibility/Consent!14}. */
  public String reference(TypedRow row) {
    return definition.workbook() + "/" + definition.sheet() + "!" + row.number();
  }
}
