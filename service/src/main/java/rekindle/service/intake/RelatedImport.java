package rekindle.service.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import rekindle.service.intake.Related.Told;
import rekindle.service.record.Rows;
import rekindle.service.store.ContactStore;
import rekindle.service.store.Written;

/** Writes rows about contacts that are in the store. */
final class RelatedImport<T> implements RowImport {
  private final Related<T> kind;
  private final ContactStore store;

  RelatedImport(Related<T> kind, ContactStore store) {
    this.kind = kind;
    this.store = store;
  }

  @Override
  public Outcome write(Handle handle, SeenRows seen, List<TypedRow> rows) {
    KnownContacts known =
        StoredContacts.among(
            handle,
            rows.stream().map(row -> row.cell("contact_id")).filter(Objects::nonNull).toList());
    Map<TypedRow, Told<T>> told = new LinkedHashMap<>();
    Map<TypedRow, String> ids = new LinkedHashMap<>();
    for (TypedRow row : rows) {
      Told<T> one = kind.read(row, known, "the store; import contacts first");
      told.put(row, one);
      if (!one.id().isEmpty()) {
        ids.put(row, one.id());
      }
    }
    Map<Long, SeenRows.Earlier> earlier = seen.claim(ids);
    Map<String, String> held = new HashMap<>();
    Set<String> good = new HashSet<>();
    var written = new ArrayList<Rows.Row<T>>();
    told.forEach(
        (row, one) -> {
          SeenRows.Earlier before = earlier.get(row.line());
          if (before != null) {
            row.error("id", one.id(), "The id stands in the file already; keep one row.");
          }
          String contactId = one.contactId();
          if (contactId == null || !known.holds(contactId) || (before != null && before.same())) {
            return;
          }
          T value = one.value();
          if (before == null && !row.isBad() && value != null) {
            written.add(new Rows.Row<>(one.id(), contactId, row.line(), value));
            good.add(contactId);
          } else if (kind.holdsBack().test(row)) {
            held.putIfAbsent(contactId, HeldBack.because(row.file(), row.line()));
          }
        });
    Written result = kind.writer().write(store, handle, written);
    return new Outcome(result.changed(), result.unchanged(), held, good);
  }
}
