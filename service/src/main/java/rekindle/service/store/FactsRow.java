package rekindle.service.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.PersonFacts;
import rekindle.service.record.Records;

/**
 * One row of {@link FactsQuery}, taken from the connection and not yet read. Immutable.
 *
 * @param mark see {@link StoredFacts#mark}
 * @param lists JSON lists of lists by column; a column without a row is not there
 */
record FactsRow(
    String contactId, String personId, UUID subjectRef, String mark, Map<String, String> lists) {
  private static final int FIRST_LIST = 5;

  static FactsRow of(ResultSet row) throws SQLException {
    var columns = row.getMetaData();
    Map<String, String> lists = new HashMap<>();
    for (int column = FIRST_LIST; column <= columns.getColumnCount(); column++) {
      String list = row.getString(column);
      if (list != null) {
        lists.put(columns.getColumnName(column), list);
      }
    }
    return new FactsRow(
        row.getString("contact_id"),
        row.getString("person_id"),
        row.getObject("subject_ref", UUID.class),
        row.getString("mark"),
        lists);
  }

  /** What is known of the contacts, at one moment and in no order, by one statement. */
  static List<FactsRow> of(Handle handle, List<String> contactIds) {
    var query =
        contactIds.size() == 1
            ? handle.createQuery(FactsQuery.ONE).bind("contact", contactIds.get(0))
            : handle.createQuery(FactsQuery.MANY).bind("contacts", JsonRows.texts(contactIds));
    return query.map((row, context) -> of(row)).list();
  }

  /** The same of all contacts of persons. */
  static List<FactsRow> ofPersons(Handle handle, Collection<String> personIds) {
    return personIds.isEmpty()
        ? List.of()
        : handle
            .createQuery(FactsQuery.PERSONS)
            .bind("persons", JsonRows.texts(Set.copyOf(personIds)))
            .map((row, context) -> of(row))
            .list();
  }

  @Nullable String list(String column) {
    return lists.get(column);
  }

  /**
   * @param exceptTouch a touch that is left out; null for none
   */
  StoredFacts facts(Instant asOf, @Nullable String exceptTouch) {
    Records data = PersonRows.of(this, asOf, exceptTouch);
    var same = new TreeSet<>(data.contacts.keySet());
    String heldBack =
        same.stream().map(data.heldBack::get).filter(Objects::nonNull).findFirst().orElse(null);
    return new StoredFacts(
        facts(contactId, data, same, asOf),
        same.stream()
            .filter(other -> !other.equals(contactId))
            .map(other -> facts(other, data, same, asOf))
            .toList(),
        subjectRef,
        mark,
        heldBack);
  }

  private ContactFacts facts(String id, Records data, SortedSet<String> same, Instant asOf) {
    ContactRecord contact = Objects.requireNonNull(data.contacts.get(id));
    return new PersonFacts(data, contact, personId, same, asOf).facts();
  }
}
