package rekindle.service.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Request;
import rekindle.service.database.Partitions;
import rekindle.service.database.TestDatabase;
import rekindle.service.decide.DecisionLog.Committed;
import rekindle.service.hash.Sha256;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.problem.ProblemException;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.RecordedDecision;

class DecisionLogTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final TimeOrderedIds ids = new TimeOrderedIds(Instant::now);
  private Jdbi jdbi;
  private DecisionLog log;

  @BeforeEach
  void open() {
    jdbi = DATABASE.jdbi();
    Partitions.extend(jdbi);
    log = new DecisionLog(jdbi, new IdempotencyKeys());
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void decisions_appended_areThereWithTheirEvents() {
    List<Recording> recordings =
        IntStream.range(0, 2_000).mapToObj(i -> recording("many-" + i)).toList();
    List<CompletableFuture<Committed>> committed = new ArrayList<>();
    recordings.forEach(one -> committed.add(log.append(one, null)));
    committed.forEach(CompletableFuture::join);

    var decisions = new DecisionStore(jdbi);
    for (Recording recording : recordings) {
      RecordedDecision found = decisions.find(recording.decision().id()).orElseThrow();
      assertThat(found.outcome()).isEqualTo(recording.decision().outcome());
      assertThat(found.facts()).isEqualTo(recording.decision().facts());
    }
    assertThat(
            count(
                "select count(*) from audit_event e join decision d using (id) where d.contact_id like 'many-%'"))
        .isEqualTo(2_000);
  }

  @Test
  void requests_withOneKey_getOneAnswer() {
    var once = new Request("tests", "POST /v1/decisions", "key-1", Sha256.of(new byte[] {1}));
    var first = recording("c-once");
    List<CompletableFuture<Committed>> committed = new ArrayList<>();
    committed.add(log.append(first, once));
    for (int i = 0; i < 50; i++) {
      committed.add(log.append(recording("c-once"), once));
    }
    assertThat(committed.stream().map(one -> text(one.join().answer())).distinct()).hasSize(1);
    assertThat(committed.stream().filter(one -> !one.join().repeated())).hasSize(1);
    assertThat(count("select count(*) from decision where contact_id = 'c-once'")).isEqualTo(1);
  }

  @Test
  void request_withTheKeyOfAnother_isRefused() {
    var once = new Request("tests", "POST /v1/decisions", "key-2", Sha256.of(new byte[] {1}));
    var other = new Request("tests", "POST /v1/decisions", "key-2", Sha256.of(new byte[] {2}));
    log.append(recording("c-2"), once).join();

    assertThatThrownBy(() -> log.append(recording("c-2"), other).join())
        .hasCauseInstanceOf(ProblemException.class);
    assertThat(count("select count(*) from decision where contact_id = 'c-2'")).isEqualTo(1);
  }

  @Test
  void member_thatTheDatabaseRefuses_costsOnlyItself() {
    var bad = log.append(recording("nul \u0000"), null);
    List<CompletableFuture<Committed>> good = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      good.add(log.append(recording("c-good"), null));
    }
    good.forEach(CompletableFuture::join);

    assertThatThrownBy(bad::join).isNotNull();
    assertThat(count("select count(*) from decision where contact_id = 'c-good'")).isEqualTo(20);
  }

  @Test
  void log_closed_commitsWhatWaitsAndTakesNothingMore() {
    var last = log.append(recording("c-last"), null);
    log.close();

    assertThat(last.join().repeated()).isFalse();
    assertThatThrownBy(() -> log.append(recording("c-late"), null))
        .isInstanceOf(ProblemException.class);
  }

  private Recording recording(String contactId) {
    UUID id = ids.next();
    byte[] outcome = ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
    var decision =
        new RecordedDecision(
            id,
            contactId,
            "sha256:0",
            Instant.parse("2026-03-10T15:00:00Z"),
            "wait",
            null,
            new byte[] {'{', '}'},
            outcome,
            new byte[32],
            "tests",
            null,
            null);
    return new Recording(
        decision, new AuditEvent(id, "decision", null, new byte[] {'{', '}'}), null);
  }

  private long count(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
