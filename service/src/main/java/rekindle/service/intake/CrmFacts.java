package rekindle.service.intake;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rekindle.facts.ContactFacts;
import rekindle.service.record.ContactRecord;
import rekindle.service.record.PersonFacts;
import rekindle.service.record.Records;

/**
 * A folder of the standard CSV files (contract, section 6): {@code contacts.csv}, and any of the
 * others beside it. Contacts come in the order of their file; consents, revocations, suppressions,
 * responses and history are the person's, over all contacts.
 *
 * <p>A consent counts for the address that its row names, else for the one that its contact has
 * now; where the contact asked about has another address on that channel, only its withdrawal is
 * carried. Registry answers belong to a phone number in the same way. The folder is held in memory.
 */
public final class CrmFacts implements FactsSource {
  private final List<InputFile> folder;
  private final @Nullable String program;

  /**
   * @param folder its CSV files, {@code contacts.csv} among them
   * @param program the program of every contact, whatever its row says; null = as the row says
   */
  public CrmFacts(List<InputFile> folder, @Nullable String program) {
    this.folder = List.copyOf(folder);
    this.program = program;
  }

  @Override
  public void read(Instant asOf, IntakeLog log, Consumer<ContactFacts> sink) throws IOException {
    Records data = CrmReader.read(folder, program, log);
    Persons persons = Persons.of(data.contacts.values(), log);
    for (ContactRecord contact : data.contacts.values()) {
      SortedSet<String> same = persons.contactsOfSamePerson(contact.id());
      String heldBack =
          same.stream().map(data.heldBack::get).filter(Objects::nonNull).findFirst().orElse(null);
      if (heldBack != null) {
        log.error(CrmShapes.CONTACTS.file(), contact.line(), "id", contact.id(), heldBack);
      } else {
        sink.accept(
            new PersonFacts(data, contact, persons.personOf(contact.id()), same, asOf).facts());
      }
    }
  }
}
