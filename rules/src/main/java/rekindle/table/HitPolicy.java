package rekindle.table;

/** How the rows of a table that hold make its answer. */
public enum HitPolicy {
  /** The topmost row that holds decides; the last row is the otherwise row. */
  FIRST("The first row that holds decides."),
  /** Every row that holds counts. */
  ALL("Every row that holds counts."),
  /** Rows are looked up by their key, not matched: calendars, menus, limits. */
  LOOKUP("Rows are looked up by name.");

  private final String reading;

  HitPolicy(String reading) {
    this.reading = reading;
  }

  /** How rows are read, as the third line of a sheet says it. */
  public String reading() {
    return reading;
  }
}
