package rekindle.check;

/** Every code of a finding about the rows of a table; stable, documented here only. */
public final class CheckCodes {
  /** The conditions of a row contradict each other. */
  public static final String ROW_NEVER_HOLDS = "row_never_holds";

  /** First-hit tables: upper rows leave a row nothing to decide. */
  public static final String ROW_NEVER_DECIDES = "row_never_decides";

  /** Two rows have the same conditions and different results, so that one of them is not meant. */
  public static final String ROWS_CONTRADICT = "rows_contradict";

  /** Two rows have the same conditions and the same results. */
  public static final String ROW_DUPLICATED = "row_duplicated";

  /** Without the row every answer would be the same. */
  public static final String ROW_REDUNDANT = "row_redundant";

  /** Two rows hold at once that must not. */
  public static final String ROWS_OVERLAP = "rows_overlap";

  /** There is a case for which no row holds and no otherwise row is there. */
  public static final String GAP = "gap";

  /** Rows with the same conditions follow each other in time and leave days out. */
  public static final String DATES_LEAVE_GAP = "dates_leave_gap";

  /** The cells of a column could all say any without changing an answer. */
  public static final String COLUMN_NEVER_MATTERS = "column_never_matters";

  /** A cell could say any without changing what its row asks. */
  public static final String CELL_NEVER_MATTERS = "cell_never_matters";

  /** Rows overlap in so many ways that not every question was answered. */
  public static final String NOT_ANALYSED = "not_analysed";

  private CheckCodes() {}
}
