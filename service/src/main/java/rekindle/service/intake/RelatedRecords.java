package rekindle.service.intake;

import java.util.List;
import org.jdbi.v3.core.Handle;
import rekindle.service.record.Records;
import rekindle.service.record.Rows;
import rekindle.service.store.ContactStore;

/** Records of several contacts, kind by kind, on their way into the store. */
public final class RelatedRecords {
  private final Records records = new Records();
  private final java.util.Map<FileType, java.util.List<String>> contacts =
      new java.util.EnumMap<>(FileType.class);

  /** Adds records that name no contact, as those of one. */
  public void add(Records told, String contactId) {
    for (Related<?> kind : Related.ALL) {
      add(kind, told, contactId);
    }
  }

  private <T> void add(Related<T> kind, Records told, String contactId) {
    for (Rows.Row<T> row : kind.rows().apply(told).of("")) {
      kind.rows().apply(records).add(new Rows.Row<>(row.id(), contactId, row.line(), row.value()));
      contacts.computeIfAbsent(kind.type(), type -> new java.util.ArrayList<>()).add(contactId);
    }
  }

  /** Writes them in the caller's transaction; the persons of their contacts are locked. */
  public void write(Handle handle, ContactStore store) {
    for (Related<?> kind : Related.ALL) {
      write(kind, handle, store);
    }
  }

  private <T> void write(Related<T> kind, Handle handle, ContactStore store) {
    List<String> of = contacts.getOrDefault(kind.type(), List.of());
    if (!of.isEmpty()) {
      List<Rows.Row<T>> rows = kind.rows().apply(records).of(new java.util.TreeSet<>(of)).toList();
      kind.writer().write(store, handle, rows);
    }
  }
}
