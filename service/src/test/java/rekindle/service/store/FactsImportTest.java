package rekindle.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rekindle.decision.DecisionWriter;
import rekindle.engine.DecisionEngine;
import rekindle.facts.ContactFacts;
import rekindle.facts.ContactFacts.Contact;
import rekindle.facts.ContactFacts.ListAnswer;
import rekindle.facts.ContactFacts.Registry;
import rekindle.facts.ContactFacts.Touch;
import rekindle.release.PolicyTables;
import rekindle.release.ReleaseReader;
import rekindle.service.database.TestDatabase;
import rekindle.service.intake.CrmRecords;
import rekindle.service.intake.GeneratedLedger;
import rekindle.service.intake.SampleData;
import rekindle.testing.RandomFacts;

class FactsImportTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  @TempDir static Path folder;

  private static DecisionEngine engine;

  private TestStore store;

  @BeforeAll
  static void compile() throws IOException {
    var workbooks = new TreeMap<String, byte[]>();
    for (String name : PolicyTables.workbooks()) {
      try (InputStream in =
          FactsImportTest.class.getResourceAsStream("/decision-tables/" + name + ".xlsx")) {
        workbooks.put(name, Objects.requireNonNull(in).readAllBytes());
      }
    }
    engine = DecisionEngine.of(Objects.requireNonNull(ReleaseReader.read(workbooks).release()));
  }

  @BeforeEach
  void open() {
    store = new TestStore(DATABASE.jdbi(), folder.resolve("identity-keys.json"));
  }

  @AfterEach
  void clear() {
    store.clear();
  }

  static List<SampleData> samples() {
    return SampleData.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void sampleWithLedger_throughTheStore_comesBackAndIsDecidedAlike(SampleData sample) {
    var ledger = new GeneratedLedger(GeneratedLedger.STANDARD_SEED, sample.asOf());
    List<ContactFacts> told =
        CrmRecords.facts(sample.source(), sample.asOf()).values().stream()
            .map(ledger::addTo)
            .map(FactsImport::withPerson)
            .toList();
    Written first = write(told, sample);
    Map<String, StoredFacts> found =
        store.facts.find(told.stream().map(f -> f.contact().id()).toList(), sample.asOf());

    Set<String> contradicted = contradictedPersons(told);
    assertThat(contradicted).hasSizeLessThanOrEqualTo(5);
    for (ContactFacts facts : told) {
      ContactFacts back = Objects.requireNonNull(found.get(facts.contact().id())).facts();
      if (contradicted.contains(facts.contact().personId())) {
        continue;
      }
      assertThat(FactsStoreSampleTest.json(back)).isEqualTo(FactsStoreSampleTest.json(facts));
      assertThat(decision(back, sample.asOf())).isEqualTo(decision(facts, sample.asOf()));
    }
    Written again = write(told, sample);
    assertThat(again.changed()).isZero();
    assertThat(again.unchanged()).isEqualTo(first.changed() + first.unchanged());
  }

  /**
   * Persons whose documents do not agree on what is the person's: the ledger gives a journey to the
   * contact that a person is named after, and to no other.
   */
  private static Set<String> contradictedPersons(List<ContactFacts> told) {
    Map<String, Object> persons = new HashMap<>();
    Set<String> contradicted = new HashSet<>();
    for (ContactFacts facts : told) {
      ContactFacts sorted = FactsStoreSampleTest.sorted(facts);
      Object ofPerson =
          Arrays.asList(
              sorted.history(),
              sorted.suppressions(),
              sorted.touches(),
              sorted.responses(),
              sorted.triggers(),
              sorted.journey());
      String person = Objects.requireNonNull(facts.contact().personId());
      Object other = persons.putIfAbsent(person, ofPerson);
      if (other != null && !other.equals(ofPerson)) {
        contradicted.add(person);
      }
    }
    return contradicted;
  }

  private Written write(List<ContactFacts> told, SampleData sample) {
    return store.jdbi.inTransaction(
        handle -> new FactsImport(store.contacts).write(handle, told, sample.asOf()));
  }

  @Test
  void randomFacts_throughTheStore_areDecidedAlike() {
    List<ContactFacts> told =
        LongStream.range(0, 1000).mapToObj(RandomFacts::of).map(FactsImportTest::alone).toList();
    store.jdbi.useTransaction(
        handle -> new FactsImport(store.contacts).write(handle, told, RandomFacts.AS_OF));
    Map<String, StoredFacts> found =
        store.facts.find(told.stream().map(f -> f.contact().id()).toList(), RandomFacts.AS_OF);
    for (ContactFacts facts : told) {
      ContactFacts back = Objects.requireNonNull(found.get(facts.contact().id())).facts();
      assertThat(decision(back, RandomFacts.AS_OF))
          .as(() -> FactsStoreSampleTest.json(facts) + "\n" + FactsStoreSampleTest.json(back))
          .isEqualTo(decision(facts, RandomFacts.AS_OF));
    }
  }

  /** One contact of its person, its touches named as no others. */
  private static ContactFacts alone(ContactFacts facts) {
    Contact contact = facts.contact();
    var touches = new ArrayList<Touch>();
    for (Touch touch : facts.touches()) {
      touches.add(
          new Touch(
              facts.contact().id() + "-" + touches.size(),
              touch.sequence(),
              touch.step(),
              touch.channel(),
              touch.at(),
              touch.outcome()));
    }
    return new ContactFacts(
        new Contact(
            contact.id(),
            "person of " + contact.id(),
            contact.accountId(),
            contact.program(),
            contact.business(),
            contact.language(),
            contact.subscriberType(),
            contact.relationship(),
            contact.jurisdictions(),
            contact.timeZones(),
            contact.source(),
            contact.statusAtLastTouch(),
            contact.lastTouchChannel(),
            contact.lastEngagementAt(),
            contact.lastInquiryAt(),
            contact.lastInboundAt(),
            contact.doNotContactScope(),
            contact.globalPrivacyControl(),
            contact.tags()),
        facts.reach(),
        facts.lifecycle(),
        facts.value(),
        facts.history(),
        facts.consents(),
        facts.suppressions(),
        new Registry(latest(facts.registry().lists()), facts.registry().reassigned()),
        touches,
        facts.responses(),
        facts.triggers(),
        facts.journey(),
        facts.channelHealth());
  }

  /** Of each list the latest answer, which alone is a fact. */
  private static List<ListAnswer> latest(List<ListAnswer> answers) {
    Map<String, ListAnswer> latest = new TreeMap<>();
    for (ListAnswer answer : answers) {
      if (!answer.checkedAt().isAfter(RandomFacts.AS_OF)) {
        latest.merge(answer.name(), answer, (a, b) -> a.checkedAt().isAfter(b.checkedAt()) ? a : b);
      }
    }
    return List.copyOf(latest.values());
  }

  private static String decision(ContactFacts facts, Instant asOf) {
    return new String(DecisionWriter.write(engine.decide(facts, asOf)), StandardCharsets.UTF_8);
  }
}
