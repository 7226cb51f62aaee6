package rekindle.service.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
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

  /** What a row says of a contact depends on the contact. */
  @Override
  public Ready read(List<TypedRow> rows) {
    return (handle, seen) -> write(handle, seen, rows);
  }

  private Outcome write(Handle handle, SeenRows seen, List<TypedRow> rows) {
    var known = new StoredContacts(store.countries(handle, contactIds(rows)));
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
    var batch = new Batch();
    told.forEach((row, one) -> batch.add(row, one, earlier.get(row.line()), known));
    return batch.write(handle);
  }

  private static Set<String> contactIds(List<TypedRow> rows) {
    Set<String> ids = new HashSet<>();
    for (TypedRow row : rows) {
      String id = row.cell("contact_id");
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** The rows that are good, and what the others do to their contacts. */
  private final class Batch {
    private final List<TypedRow> goodRows = new ArrayList<>();
    private final List<Rows.Row<T>> good = new ArrayList<>();
    private final Map<String, String> held = new HashMap<>();

    void add(TypedRow row, Told<T> told, SeenRows.@Nullable Earlier before, KnownContacts known) {
      if (before != null) {
        row.error("id", told.id(), "The id stands in the file already; keep one row.");
      }
      String contactId = told.contactId();
      if (contactId == null || !known.holds(contactId) || (before != null && before.same())) {
        return;
      }
      T value = told.value();
      if (row.isBad() || value == null) {
        hold(row, contactId);
      } else {
        goodRows.add(row);
        good.add(new Rows.Row<>(told.id(), contactId, row.line(), value));
      }
    }

    private void hold(TypedRow row, String contactId) {
      if (kind.holdsBack().test(row)) {
        held.putIfAbsent(contactId, HeldBack.because(row.file(), row.line()));
      }
    }

    Outcome write(Handle handle) {
      Written written = kind.writer().write(store, handle, good);
      Set<String> goodIds = new HashSet<>();
      good.forEach(row -> goodIds.add(row.contactId()));
      for (Written.Refusal refusal : written.refused()) {
        TypedRow row = goodRows.get(refusal.index());
        row.error(
            kind.hasIds() ? "id" : "contact_id",
            null,
            refusal.reason() == Written.Reason.OTHER_CONTENT
                ? "Other content was told under this id before, and such records are never changed;"
                    + " tell it under an id of its own."
                : "The contact is not in the store any more; import contacts first.");
        hold(row, refusal.contactId());
      }
      return new Outcome(written.changed(), written.unchanged(), held, goodIds);
    }
  }
}
