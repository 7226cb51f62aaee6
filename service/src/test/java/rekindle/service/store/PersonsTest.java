package rekindle.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rekindle.service.database.TestDatabase;
import rekindle.service.intake.CrmRecords;
import rekindle.service.record.ContactRecord;

class PersonsTest {
  private static final String HEADER = "id,person_id,email,phone,country\n";

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

  private ContactsWritten told(String... rows) {
    return store.writeContacts(HEADER + String.join("\n", rows) + "\n");
  }

  @Test
  void contacts_withSharedAddresses_areDeclaredElseJoined() {
    ContactsWritten written =
        told(
            "c-9,,x@example.com,+1-212-555-0109,US",
            "c-2,,X@EXAMPLE.COM,,",
            "c-3,,y@example.com,(212) 555-0109,US",
            "c-4,p-1,z@example.com,,",
            "c-5,,z@example.com,,",
            "c-6,p-2,z@example.com,,",
            "c-7,,,,");
    assertThat(store.persons())
        .isEqualTo(
            Map.of(
                "c-9", "p-c-2", "c-2", "p-c-2", "c-3", "p-c-2", "c-4", "p-1", "c-5", "p-1", "c-6",
                "p-2", "c-7", "p-c-7"));
    assertThat(written.ambiguous()).isEqualTo(Map.of("c-5", "p-1"));
  }

  @Test
  void twoPersons_joinedByALaterContact_keepTheOlderName() {
    told("c-5,,a@example.com,,");
    told("c-3,,,+1-212-555-0103,US");
    told("c-4,,a@example.com,+1-212-555-0103,US");
    assertThat(store.persons().values()).containsOnly("p-c-5");
  }

  @Test
  void person_whoseLinkGoes_isTwoAgain() {
    told("c-1,,a@example.com,,", "c-2,,a@example.com,+1-212-555-0103,US", "c-3,,,+12125550103,");
    assertThat(store.persons().values()).containsOnly("p-c-1");

    told("c-2,,other@example.com,+1-212-555-0103,US");
    assertThat(store.persons()).isEqualTo(Map.of("c-1", "p-c-1", "c-2", "p-c-2", "c-3", "p-c-2"));
  }

  @Test
  void firstContact_leavingItsPerson_keepsTheName() {
    told("c-1,,a@example.com,,", "c-2,,a@example.com,,");
    told("c-1,,b@example.com,,");
    assertThat(store.persons()).isEqualTo(Map.of("c-1", "p-c-1", "c-2", "p-c-2"));

    told("c-1,,a@example.com,,");
    assertThat(store.persons().values()).as("the older name again").containsOnly("p-c-1");
  }

  @Test
  void declaration_thatComesAndGoes_movesWhoSharesTheAddress() {
    told("c-1,,a@example.com,,", "c-2,,a@example.com,,");
    told("c-1,vip,a@example.com,,");
    assertThat(store.persons().values()).containsOnly("vip");

    told("c-1,vip,b@example.com,,");
    assertThat(store.persons()).isEqualTo(Map.of("c-1", "vip", "c-2", "p-c-2"));
  }

  @Test
  void declaredName_thatADerivedOneHas_isNotShared() {
    told("c-1,,a@example.com,,");
    told("c-2,p-c-1,b@example.com,,");
    assertThat(store.persons()).isEqualTo(Map.of("c-1", "p-p-c-1", "c-2", "p-c-1"));
  }

  @Test
  void whatsappAndOddNumbers_joinNobody() {
    store.writeContacts(
        """
        id,email,phone,whatsapp,country
        c-1,,+1-212-555-0103,,US
        c-2,,,+12125550103,US
        c-3,,030 1234567,,DE
        c-4,,030 1234567,,AT
        c-5,no address,,,
        c-6,no address,,,
        """);
    assertThat(store.persons().values()).doesNotHaveDuplicates();
  }

  @Test
  void contactsToldAgain_changeNothing() {
    String[] rows = {"c-1,,a@example.com,,", "c-2,,a@example.com,,"};
    told(rows);
    ContactsWritten again = told(rows);
    assertThat(again.changed()).isZero();
    assertThat(again.unchanged()).isEqualTo(2);
  }

  /** In whatever order and portions contacts come, who belongs together is the same. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomContacts_inRandomPortions_areJoinedAsFromOneFile(long seed) {
    var random = new Random(seed);
    Map<String, String> rows = new TreeMap<>();
    for (int round = 0; round < 4; round++) {
      var ids = new ArrayList<String>();
      for (int i = 0; i < 40; i++) {
        if (round == 0 || random.nextInt(4) == 0) {
          rows.put("c-" + (100 + i), randomRow(random, "c-" + (100 + i)));
          ids.add("c-" + (100 + i));
        }
      }
      Collections.shuffle(ids, random);
      for (int from = 0; from < ids.size(); from += 9) {
        told(
            ids.subList(from, Math.min(ids.size(), from + 9)).stream()
                .map(rows::get)
                .toArray(String[]::new));
      }
    }
    assertPersonsAreOf(rows, seed);
  }

  private void assertPersonsAreOf(Map<String, String> rows, long seed) {
    Map<String, List<String>> expected = new TreeMap<>();
    CrmRecords.facts(
            CrmRecords.folder("contacts", HEADER + String.join("\n", rows.values()) + "\n"),
            Instant.EPOCH)
        .forEach(
            (id, facts) ->
                expected
                    .computeIfAbsent(facts.contact().personId(), p -> new ArrayList<>())
                    .add(id));
    Map<String, List<String>> found = new TreeMap<>();
    store.persons().forEach((c, p) -> found.computeIfAbsent(p, x -> new ArrayList<>()).add(c));
    assertThat(found.values())
        .as("seed " + seed)
        .containsExactlyInAnyOrderElementsOf(expected.values());
  }

  private static String randomRow(Random random, String id) {
    String person = random.nextInt(6) == 0 ? "p-" + random.nextInt(3) : "";
    String email = random.nextInt(3) == 0 ? "" : "m" + random.nextInt(30) + "@example.com";
    String phone = random.nextInt(2) == 0 ? "" : "+1212555" + (1000 + random.nextInt(30));
    return id + "," + person + "," + email + "," + phone + ",";
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void randomContacts_writtenByManyAtOnce_areJoinedAsFromOneFile(long seed) throws Exception {
    var random = new Random(seed);
    Map<String, String> rows = new TreeMap<>();
    Map<String, String> before = new TreeMap<>();
    for (int i = 100; i < 220; i++) {
      before.put("c-" + i, randomRow(random, "c-" + i));
      rows.put("c-" + i, randomRow(random, "c-" + i));
    }
    told(before.values().stream().limit(60).toArray(String[]::new));
    var ids = new ArrayList<>(rows.keySet());
    Collections.shuffle(ids, random);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      var writes = new ArrayList<Future<?>>();
      for (int from = 0; from < ids.size(); from += 6) {
        String[] some = ids.subList(from, from + 6).stream().map(rows::get).toArray(String[]::new);
        writes.add(threads.submit(() -> toldInSpiteOfDeadlocks(some)));
      }
      for (Future<?> write : writes) {
        write.get();
      }
    } finally {
      threads.shutdown();
    }
    assertPersonsAreOf(rows, seed);
  }

  private void toldInSpiteOfDeadlocks(String... rows) {
    while (true) {
      try {
        told(rows);
        return;
      } catch (UnableToExecuteStatementException failed) {
        if (!(failed.getCause() instanceof SQLException cause)
            || !"40P01".equals(cause.getSQLState())) {
          throw failed;
        }
      }
    }
  }

  @Test
  void sameAddress_givenToTwoContactsAtOnce_makesOnePerson() throws Exception {
    told("c-0,,x@example.com,,");
    told("c-0,,,,");
    List<ContactRecord> one = contacts("c-1,,x@example.com,,");
    List<ContactRecord> two = contacts("c-2,,x@example.com,,");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Handle first = store.jdbi.open()) {
      first.begin();
      store.contacts.contacts(first, one);
      Future<?> second = thread.submit(() -> store.writeRecords(two));
      waitUntilSomebodyWaits();
      first.commit();
      second.get();
    } finally {
      thread.shutdown();
    }
    assertThat(store.persons())
        .containsEntry("c-1", "p-c-1")
        .containsEntry("c-2", "p-c-1")
        .containsEntry("c-0", "p-c-0");
  }

  @Test
  void newAddress_givenToTwoContactsAtOnce_makesOnePerson() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Handle first = store.jdbi.open()) {
      first.begin();
      store.contacts.contacts(first, contacts("c-2,,new@example.com,,"));
      Future<?> second =
          thread.submit(() -> store.writeRecords(contacts("c-1,,new@example.com,,")));
      waitUntilSomebodyWaits();
      first.commit();
      second.get();
    } finally {
      thread.shutdown();
    }
    assertThat(store.persons()).isEqualTo(Map.of("c-1", "p-c-2", "c-2", "p-c-2"));
  }

  @Test
  void twoPersons_joinedAtBothEndsAtOnce_becomeOne() throws Exception {
    told("c-1,,a@example.com,,", "c-2,,b@example.com,+12125550102,", "c-3,,c@example.com,,");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Handle first = store.jdbi.open()) {
      first.begin();
      store.contacts.contacts(first, contacts("c-1,,b@example.com,,"));
      Future<?> second =
          thread.submit(() -> store.writeRecords(contacts("c-3,,c@example.com,+12125550102,")));
      waitUntilSomebodyWaits();
      first.commit();
      second.get();
    } finally {
      thread.shutdown();
    }
    assertThat(store.persons().values()).containsOnly("p-c-1");
  }

  private static List<ContactRecord> contacts(String row) {
    return List.copyOf(
        CrmRecords.read(CrmRecords.folder("contacts", HEADER + row + "\n")).contacts.values());
  }

  /** Not a matter of time: the other transaction must come to a lock of ours. */
  private void waitUntilSomebodyWaits() {
    long waiting = 0;
    while (waiting == 0) {
      Thread.onSpinWait();
      waiting =
          store.jdbi.withHandle(
              handle ->
                  handle
                      .createQuery(
                          """
                          select count(*) from pg_locks l
                            join pg_stat_activity a on a.pid = l.pid
                           where not l.granted and a.datname = current_database()
                          """)
                      .mapTo(Long.class)
                      .one());
    }
  }
}
