package rekindle.service.intake;

import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import rekindle.service.store.ContactStore;
import rekindle.service.store.Written;

/** Brings contact documents into the store. Thread-safe. */
public final class ContactIntake {
  private final ContactStore store;

  public ContactIntake(ContactStore store) {
    this.store = store;
  }

  /** What a document changed. */
  public enum Result {
    CREATED,
    UPDATED,
    UNCHANGED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Writes a contact and what is told about it, in the caller's transaction. What the document does
   * not tell stays; ledgers grow and lose nothing. Holds of the kinds that it tells are lifted,
   * since a document is good as a whole.
   */
  public Result put(Handle handle, ContactDocument document) {
    String id = document.contact().id();
    boolean known = StoredContacts.among(handle, List.of(id)).holds(id);
    Written written = store.writeContacts(handle, List.of(document.contact()));
    long changed = written.changed();
    for (Related<?> kind : Related.ALL) {
      if (document.told().contains(kind.type())) {
        changed += write(handle, kind, document);
      }
    }
    document.told().forEach(type -> store.lift(handle, type.code(), List.of(id)));
    return !known ? Result.CREATED : changed > 0 ? Result.UPDATED : Result.UNCHANGED;
  }

  private <T> long write(Handle handle, Related<T> kind, ContactDocument document) {
    return kind.writer()
        .write(store, handle, kind.rows().apply(document.related()).of(document.contact().id()))
        .changed();
  }
}
