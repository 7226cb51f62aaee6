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

  Outcome write(Handle handle, SeenRows seen, List<TypedRow> rows);
}
