package rekindle.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.facts.ContactFacts;
import rekindle.facts.FactsWriter;
import rekindle.service.database.TestDatabase;
import rekindle.service.intake.CrmRecords;

/** The standard CSV files tell the same facts, whether they pass through the store or not. */
class FactsStoreSampleTest {
  private static final Instant AS_OF = Instant.parse("2026-03-10T17:00:00Z");

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  @TempDir static Path folder;

  private TestStore store;

  @BeforeEach
  void open() {
    store = new TestStore(DATABASE.jdbi(), folder.resolve("identity-keys.json"));
  }

  @AfterEach
  void clear() {
    store.clear();
  }

  @Test
  void sampleFiles_throughTheStore_tellTheSameFacts() {
    Map<String, ContactFacts> expected = CrmRecords.facts(CrmRecords.sample(), AS_OF);
    store.write(CrmRecords.sample());

    Map<String, StoredFacts> found = store.facts.find(expected.keySet(), AS_OF);
    assertThat(found).hasSameSizeAs(expected);
    expected.forEach(
        (id, facts) -> {
          StoredFacts stored = Objects.requireNonNull(found.get(id));
          assertThat(json(stored.facts())).isEqualTo(json(facts));
          assertThat(stored.heldBack()).isNull();
          assertThat(store.facts.find(id, AS_OF)).contains(stored);
        });
  }

  @Test
  void sampleFiles_writtenAgain_changeNothing() {
    Written first = store.write(CrmRecords.sample());
    Written again = store.write(CrmRecords.sample());

    assertThat(first.changed()).isGreaterThan(1000);
    assertThat(again.changed()).isZero();
    assertThat(again.unchanged()).isEqualTo(first.changed() + first.unchanged());
  }

  /** With lists in one order where their order tells nothing. */
  static String json(ContactFacts facts) {
    return new String(FactsWriter.write(sorted(facts)), java.nio.charset.StandardCharsets.UTF_8);
  }

  static ContactFacts sorted(ContactFacts facts) {
    return new ContactFacts(
        facts.contact(),
        facts.reach(),
        facts.lifecycle(),
        facts.value(),
        new ContactFacts.History(
            sorted(facts.history().winBackAt()),
            facts.history().openEscalation(),
            sorted(facts.history().incentives())),
        sorted(facts.consents()),
        sorted(facts.suppressions()),
        new ContactFacts.Registry(sorted(facts.registry().lists()), facts.registry().reassigned()),
        sorted(facts.touches()),
        sorted(facts.responses()),
        sorted(facts.triggers()),
        facts.journey(),
        facts.channelHealth());
  }

  /** Sorted, and each but once. */
  private static <T> List<T> sorted(List<T> list) {
    var sorted = new ArrayList<>(new java.util.LinkedHashSet<>(list));
    sorted.sort(Comparator.comparing(Object::toString));
    return sorted;
  }
}
