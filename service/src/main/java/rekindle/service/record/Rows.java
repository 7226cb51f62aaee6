package rekindle.service.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rows of one kind about contacts, by contact. */
public final class Rows<T> {
  /**
   * @param id key of the row in the system of record; empty if such rows have none
   * @param line where the row stands in its file; 0 if it came from none
   */
  public record Row<T>(String id, String contactId, long line, T value) {}

  private final Map<String, List<Row<T>>> byContact = new HashMap<>();

  public void add(Row<T> row) {
    byContact.computeIfAbsent(row.contactId(), id -> new ArrayList<>(2)).add(row);
  }

  /** The rows of one contact, by id, then as the file has them. */
  public List<Row<T>> of(String contactId) {
    return of(List.of(contactId)).toList();
  }

  /** The rows of several contacts, by id, then contact, then as the file has them. */
  public Stream<Row<T>> of(Collection<String> contactIds) {
    return contactIds.stream()
        .flatMap(id -> byContact.getOrDefault(id, List.of()).stream())
        .sorted(
            Comparator.<Row<T>, String>comparing(Row::id)
                .thenComparing(Row::contactId)
                .thenComparing(Row::line));
  }

  public List<T> valuesOf(Collection<String> contactIds) {
    return of(contactIds).map(Row::value).toList();
  }
}
