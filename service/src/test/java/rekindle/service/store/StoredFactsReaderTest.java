package rekindle.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rekindle.service.database.TestDatabase;
import rekindle.service.problem.ProblemException;

class StoredFactsReaderTest {
  private static final Instant AS_OF = Instant.parse("2026-03-10T17:00:00Z");
  private static final int CONTACTS = 40;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
  @TempDir static Path folder;

  private TestStore store;
  private StoredFactsReader reader;

  @BeforeEach
  void open() {
    store = new TestStore(DATABASE.jdbi(), folder.resolve("identity-keys.json"));
    var csv = new StringBuilder("id,email,country\n");
    for (int i = 0; i < CONTACTS; i++) {
      csv.append("c-%d,c%d@example.com,US\n".formatted(i, i / 2));
    }
    store.writeContacts(csv.toString());
    reader = new StoredFactsReader(store.jdbi);
  }

  @AfterEach
  void close() {
    reader.close();
    store.clear();
  }

  @Test
  void contacts_askedForAtOnce_eachGetsItsOwnFacts() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(16);
    try {
      var asked = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < 2_000; i++) {
        String id = "c-" + i % (CONTACTS + 3);
        Instant asOf = AS_OF.plusSeconds(i);
        asked.add(
            CompletableFuture.runAsync(
                () ->
                    assertThat(reader.find(id, asOf)).as(id).isEqualTo(store.facts.find(id, asOf)),
                callers));
      }
      asked.forEach(CompletableFuture::join);
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void touchByAClockThatIsAhead_isKnown_andOneOfTomorrowDoesNotMoveToday() {
    assertThat(asOfWithTouchAt(AS_OF.plusSeconds(5))).isEqualTo(AS_OF.plusSeconds(5));
    assertThat(asOfWithTouchAt(AS_OF.plusSeconds(86_400))).isEqualTo(AS_OF);
  }

  private Instant asOfWithTouchAt(Instant at) {
    return store.jdbi.withHandle(
        handle -> {
          handle.execute("delete from touch");
          handle.execute(
              """
              insert into touch (id, contact_id, sequence, step, channel, at, outcome)
              values ('t', 'c-1', 'standard_five', 1, 'email', ?, 'handed_over')
              """,
              at.atOffset(ZoneOffset.UTC));
          FactsRow row = FactsRow.of(handle, List.of("c-1")).get(0);
          return StoredFactsReader.now(row, InstantSource.fixed(AS_OF), null).asOf();
        });
  }

  @Test
  void contact_notKnown_isEmpty() {
    assertThat(reader.find("nobody", AS_OF)).isEmpty();
  }

  @Test
  void statement_failed_isToldAndTheNextWorks() {
    store.jdbi.useHandle(handle -> handle.execute("alter table escalation rename to elsewhere"));
    try {
      assertThatThrownBy(() -> reader.find("c-1", AS_OF)).isInstanceOf(JdbiException.class);
    } finally {
      store.jdbi.useHandle(handle -> handle.execute("alter table elsewhere rename to escalation"));
    }
    assertThat(reader.find("c-1", AS_OF)).isPresent();
  }

  @Test
  void reader_closed_refuses() {
    reader.close();
    assertThatThrownBy(() -> reader.find("c-1", AS_OF))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.problem().status()).isEqualTo(503));
  }
}
