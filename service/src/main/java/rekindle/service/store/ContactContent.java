package rekindle.service.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What messages may say of contacts, encrypted field by field. Thread-safe. */
public final class ContactContent {
  static final String KIND = "content";

  private final Identities identities;

  public ContactContent(Identities identities) {
    this.identities = identities;
  }

  /** The fields of one contact, by name; none where nothing is known. */
  public Map<String, String> find(Handle handle, String contactId) {
    Map<String, String> fields = new TreeMap<>();
    handle
        .createQuery(
            "select field, value_key, value from contact_content where contact_id = :contact")
        .bind("contact", contactId)
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("field"),
                    identities.open(KIND, row.getString("value_key"), row.getBytes("value"))))
        .forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
    return fields;
  }

  /** Whom a contact is about, in the audit log; empty if there is no such contact. */
  public Optional<UUID> subject(Handle handle, String contactId) {
    return handle
        .createQuery(
            """
            select p.subject_ref
              from contact_person cp join person p on p.id = cp.person_id
             where cp.contact_id = :contact
            """)
        .bind("contact", contactId)
        .mapTo(UUID.class)
        .findOne();
  }

  private static final String INSERT =
      """
      insert into contact_content (contact_id, field, value, value_key)
      select :contact, r.field, r.value, r.value_key
        from json_to_recordset(cast(:rows as json)) as r(field text, value bytea, value_key text)
      """;

  /**
   * Puts new fields in the place of all that were there, under the person's lock.
   *
   * @return false, and nothing is written, if there is no such contact
   */
  public boolean replace(Handle handle, String contactId, Map<String, String> fields) {
    if (!PersonLocks.lock(handle, List.of(contactId)).containsKey(contactId)) {
      return false;
    }
    handle
        .createUpdate("delete from contact_content where contact_id = :contact")
        .bind("contact", contactId)
        .execute();
    Map<String, Identities.Sealed> sealed = new LinkedHashMap<>();
    new TreeMap<>(fields)
        .forEach((field, value) -> sealed.put(field, identities.seal(KIND, value)));
    int written =
        handle
            .createUpdate(INSERT)
            .bind("contact", contactId)
            .bind(
                "rows",
                JsonRows.of(
                    List.copyOf(sealed.entrySet()),
                    (entry, row) ->
                        row.text("field", entry.getKey())
                            .bytes("value", entry.getValue().bytes())
                            .text("value_key", entry.getValue().keyId())))
            .execute();
    if (written != fields.size()) {
      throw new IllegalStateException(
          "expected to write " + fields.size() + " fields, but wrote " + written);
    }
    return true;
  }
}
