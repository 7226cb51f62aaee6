package rekindle.service.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.service.record.Rows.Row;
import rekindle.service.store.Written.Reason;
import rekindle.service.store.Written.Refusal;

/**
 * Rows of one kind about contacts, written under the locks of their persons. Rows about unknown
 * contacts are set aside. Of several rows with the same key each is compared with the one before
 * it, as if they had been told one by one.
 */
final class RowBatch<T> {
  private final Handle handle;
  private final int told;
  private final List<List<Row<T>>> rounds = new ArrayList<>();
  private final Map<Row<T>, Integer> indexes = new java.util.IdentityHashMap<>();
  private final List<Refusal> refused = new ArrayList<>();

  /**
   * @param key what makes two rows about one contact the same row told twice
   */
  static <T> RowBatch<T> of(Handle handle, List<Row<T>> rows, Function<Row<T>, Object> key) {
    return new RowBatch<>(handle, rows, row -> List.of(row.contactId(), key.apply(row)));
  }

  /**
   * @param key what makes two rows the same row told twice, whatever contact they are about
   */
  static <T> RowBatch<T> ofUnique(Handle handle, List<Row<T>> rows, Function<Row<T>, Object> key) {
    return new RowBatch<>(handle, rows, key);
  }

  private RowBatch(Handle handle, List<Row<T>> rows, Function<Row<T>, Object> key) {
    this.handle = handle;
    this.told = rows.size();
    Map<String, String> persons =
        rows.isEmpty()
            ? Map.of()
            : PersonLocks.lock(handle, rows.stream().map(Row::contactId).toList());
    Map<Object, Integer> times = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Row<T> row = rows.get(i);
      if (persons.containsKey(row.contactId())) {
        int round = times.merge(key.apply(row), 1, Integer::sum);
        if (rounds.size() < round) {
          rounds.add(new ArrayList<>());
        }
        rounds.get(round - 1).add(row);
        indexes.put(row, i);
      } else {
        refused.add(new Refusal(i, row.contactId(), Reason.UNKNOWN_CONTACT));
      }
    }
  }

  /**
   * Writes the rows.
   *
   * @param sql takes them as {@code :rows} and changes one row for each that tells something new
   */
  Written write(String sql, BiConsumer<Row<T>, JsonRows> fields) {
    return write(sql, null, fields);
  }

  /**
   * Writes the rows, and sets those aside that contradict what cannot be changed.
   *
   * @param conflicts gives {@code n} of those; null if nothing can contradict
   */
  Written write(String sql, @Nullable String conflicts, BiConsumer<Row<T>, JsonRows> fields) {
    long changed = 0;
    int before = refused.size();
    for (List<Row<T>> round : rounds) {
      String json =
          JsonRows.of(
              round,
              (row, out) -> {
                out.integer("n", Long.valueOf(indexes.getOrDefault(row, -1)))
                    .text("contact_id", row.contactId());
                fields.accept(row, out);
              });
      changed += handle.createUpdate(sql).bind("rows", json).execute();
      if (conflicts != null) {
        refuse(conflicts, json);
      }
    }
    int conflicting = refused.size() - before;
    int unknown = before;
    return new Written(changed, told - unknown - conflicting - changed, refused);
  }

  private void refuse(String conflicts, String json) {
    handle
        .createQuery(conflicts)
        .bind("rows", json)
        .map(
            (row, context) ->
                new Refusal(row.getInt("n"), row.getString("contact_id"), Reason.OTHER_CONTENT))
        .forEach(refused::add);
  }
}
