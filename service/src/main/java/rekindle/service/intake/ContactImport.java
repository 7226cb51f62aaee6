package rekindle.service.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import rekindle.service.record.ContactRecord;
import rekindle.service.store.ContactStore;
import rekindle.service.store.ContactsWritten;

/**
 * Writes rows of {@code contacts.csv}. A row with a bad cell is written as far as it could be read,
 * and its contact held back: so it is known whose person it is and what else is told about it.
 */
final class ContactImport implements RowImport {
  private static final CrmContactReader READER = new CrmContactReader(null);

  private final ContactStore store;

  ContactImport(ContactStore store) {
    this.store = store;
  }

  @Override
  public Ready read(List<TypedRow> rows) {
    Map<TypedRow, String> ids = new LinkedHashMap<>();
    Map<TypedRow, ContactRecord> records = new LinkedHashMap<>();
    for (TypedRow row : rows) {
      String id = row.requiredId("id");
      if (id != null) {
        ids.put(row, id);
        records.put(row, READER.read(row, id));
      }
    }
    return (handle, seen) -> write(handle, seen.claim(ids), records);
  }

  private Outcome write(
      Handle handle, Map<Long, SeenRows.Earlier> earlier, Map<TypedRow, ContactRecord> records) {
    Map<String, String> held = new HashMap<>();
    Set<String> good = new HashSet<>();
    var written = new ArrayList<ContactRecord>();
    records.forEach(
        (row, record) -> {
          SeenRows.Earlier before = earlier.get(row.line());
          if (before == null) {
            written.add(record);
          } else {
            row.error("id", record.id(), "The id stands on line " + before.line() + " already.");
          }
          if (before == null ? row.isBad() : !before.same()) {
            held.putIfAbsent(record.id(), HeldBack.because(row.file(), row.line()));
          } else {
            good.add(record.id());
          }
        });
    ContactsWritten result = store.toldContacts(handle, written);
    noteOtherPhones(result.otherPhones(), records);
    noteAmbiguous(result.ambiguous(), records);
    noteUnsubscribed(handle, records);
    return new Outcome(result.changed(), result.unchanged(), held, good);
  }

  private static void noteAmbiguous(
      Map<String, String> ambiguous, Map<TypedRow, ContactRecord> records) {
    records.forEach(
        (row, record) -> {
          String person = ambiguous.get(record.id());
          if (person != null) {
            row.warn(
                "person_id",
                "The contact shares addresses with several persons and is taken for "
                    + person
                    + "; fill in its person.");
          }
        });
  }

  /**
   * A new number may be somebody else's, and what was consented to for the old one is void for it.
   */
  private static void noteOtherPhones(
      Set<String> contactIds, Map<TypedRow, ContactRecord> records) {
    records.forEach(
        (row, record) -> {
          if (contactIds.contains(record.id())) {
            row.warn(
                "phone",
                "The number is another one than before; consents that name the old one do not hold"
                    + " for it.");
          }
        });
  }

  private static void noteUnsubscribed(Handle handle, Map<TypedRow, ContactRecord> records) {
    Map<String, String> scopes = new HashMap<>();
    handle
        .createQuery(
            """
            with same as materialized (
              select told.contact_id, same.contact_id as same_id
                from contact_person told
                join contact_person same using (person_id)
               where told.contact_id = any(:ids)),
            said as (
              select same.contact_id, s.scope, s.since, s.until
                from same join suppression s on s.contact_id = same.same_id
              union all
              select same.contact_id, s.scope, s.since, s.until
                from same
                join contact_address ca on ca.contact_id = same.same_id
                join address_suppression s on s.address_id = ca.address_id)
            select contact_id, string_agg(distinct scope, ', ' order by scope)
              from said
             where since <= clock_timestamp() and (until is null or until > clock_timestamp())
             group by contact_id
            """)
        .bindArray("ids", String.class, records.values().stream().map(ContactRecord::id).toArray())
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(entry -> scopes.put(entry.getKey(), entry.getValue()));
    records.forEach(
        (row, record) -> {
          String scope = scopes.get(record.id());
          if (scope != null) {
            row.warn("id", "The person has said no before (" + scope + "), and that still holds.");
          }
        });
  }
}
