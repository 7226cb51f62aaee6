package rekindle.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.facts.ContactFacts;
import rekindle.service.intake.CrmRecords;
import rekindle.service.intake.InputFile;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.Records;
import rekindle.service.record.Rows;
import rekindle.service.record.Rows.Row;

/** A store in a test's database, and what tests ask it. */
final class TestStore {
  final Jdbi jdbi;
  final Identities identities;
  final ContactStore contacts;
  final FactsStore facts;

  TestStore(Jdbi jdbi, Path keyFile) {
    this.jdbi = jdbi;
    identities = Identities.open(jdbi, keyFile);
    contacts = new ContactStore(identities, UUID::randomUUID);
    facts = new FactsStore(jdbi);
  }

  ContactsWritten writeRecords(List<ContactRecord> records) {
    return jdbi.inTransaction(handle -> contacts.contacts(handle, records));
  }

  /** Contacts given as CSV. */
  ContactsWritten writeContacts(String csv) {
    return writeRecords(
        List.copyOf(CrmRecords.read(CrmRecords.folder("contacts", csv)).contacts.values()));
  }

  /** Writes files kind by kind; the sums over all kinds. */
  Written write(List<InputFile> folder) {
    return write(CrmRecords.read(folder));
  }

  Written write(Records data) {
    return jdbi.inTransaction(
        handle -> {
          ContactsWritten first = contacts.contacts(handle, List.copyOf(data.contacts.values()));
          long changed = first.changed();
          long unchanged = first.unchanged();
          for (Written written : related(handle, data)) {
            changed += written.changed();
            unchanged += written.unchanged();
            assertThat(written.refused()).isEmpty();
          }
          return new Written(changed, unchanged, List.of());
        });
  }

  private List<Written> related(Handle handle, Records data) {
    var written = new ArrayList<Written>();
    written.add(write(handle, data, data.consents, contacts::consents));
    written.add(write(handle, data, data.suppressions, contacts::suppressions));
    written.add(write(handle, data, data.subscriptions, contacts::subscriptions));
    written.add(write(handle, data, data.purchases, contacts::purchases));
    written.add(write(handle, data, data.deals, contacts::deals));
    written.add(write(handle, data, data.meetings, contacts::meetings));
    written.add(write(handle, data, data.responses, contacts::responses));
    written.add(write(handle, data, data.registry, contacts::registryAnswers));
    written.add(write(handle, data, data.incentives, contacts::incentives));
    written.add(write(handle, data, data.winBacks, contacts::winBacks));
    return written;
  }

  private static <T> Written write(
      Handle handle, Records data, Rows<T> rows, BiFunction<Handle, List<Row<T>>, Written> write) {
    return write.apply(handle, rows.of(data.contacts.keySet()).toList());
  }

  /** The person of each contact. */
  Map<String, String> persons() {
    Map<String, String> persons = new TreeMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select contact_id, person_id from contact_person")
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(entry -> persons.put(entry.getKey(), entry.getValue())));
    return persons;
  }

  ContactFacts factsOf(String contactId, java.time.Instant asOf) {
    return facts.find(contactId, asOf).orElseThrow().facts();
  }

  long count(String table) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  /** Empties the store, ledgers too. */
  void clear() {
    jdbi.useTransaction(
        handle -> {
          handle.execute("set local rekindle.erasure = 'on'");
          for (String table :
              List.of(
                  "consent",
                  "suppression",
                  "response",
                  "registry_answer",
                  "incentive_grant",
                  "win_back",
                  "trigger_event",
                  "subscription",
                  "purchase",
                  "deal",
                  "meeting",
                  "escalation",
                  "task",
                  "touch_event",
                  "touch",
                  "journey",
                  "channel_health",
                  "contact_hold",
                  "contact_address",
                  "contact_person",
                  "contact",
                  "person")) {
            handle.execute("delete from " + table);
          }
        });
  }
}
