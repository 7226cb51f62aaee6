package rekindle.service.intake;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Writes the rows of one type of file, in the caller's transaction. Thread-safe. */
interface RowImport {
  /**
   * What came of the rows.
   *
   * @param held why a contact is held back, by its id
   * @param good ids of contacts about which a row was good
   */
  record Outcome(long changed, long unchanged, Map<String, String> held, Set<String> good) {}

  /** Rows that were read as far as that needs no store. Confined to one thread at a time. */
  interface Ready {
    /** Reads the rest and writes them, once. */
    Outcome write(Handle handle, SeenRows seen);
  }

  /** Reads rows without the store, while others may be written. */
  Ready read(List<TypedRow> rows);
}
