package rekindle.service.intake;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.json.JsonProblem;
import rekindle.json.JsonProblems;
import rekindle.service.record.Rows;
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

  /** Writes a document in a transaction of its own. */
  public Result put(Jdbi jdbi, ContactDocument document) {
    return patiently(() -> jdbi.inTransaction(handle -> put(handle, document)));
  }

  /** Does a transaction again where another writer stood in the way. */
  public static <T> T patiently(Supplier<T> transaction) {
    return Attempts.of(transaction);
  }

  /**
   * Writes a contact and what is told about it, in the caller's transaction. What the document does
   * not tell stays; ledgers grow and lose nothing. Holds of the kinds that it tells are lifted,
   * since a document is good as a whole.
   */
  public Result put(Handle handle, ContactDocument document) {
    List<String> id = List.of(document.contact().id());
    boolean known = !store.countries(handle, id).isEmpty();
    long changed = store.toldContacts(handle, List.of(document.contact())).changed();
    for (Related<?> kind : Related.ALL) {
      if (document.told().contains(kind.type())) {
        changed += write(handle, kind, document);
      }
    }
    document.told().forEach(type -> store.lift(handle, id, type.code()));
    return !known ? Result.CREATED : changed > 0 ? Result.UPDATED : Result.UNCHANGED;
  }

  private <T> long write(Handle handle, Related<T> kind, ContactDocument document) {
    List<Rows.Row<T>> rows = kind.rows().apply(document.related()).of(document.contact().id());
    Written written = kind.writer().write(store, handle, rows);
    var problems = new JsonProblems();
    for (Written.Refusal refusal : written.refused()) {
      problems.add(
          JsonProblem.child("", JsonCells.name(kind.type().code())),
          "other content was told under the id \""
              + rows.get(refusal.index()).id()
              + "\" before, and such records are never changed; tell it under an id of its own");
    }
    problems.throwIfAny();
    return written.changed();
  }
}
