package rekindle.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.access.IdempotencyKeys.Request;
import rekindle.service.database.TestDatabase;
import rekindle.service.hash.Sha256;
import rekindle.service.problem.ProblemException;

class IdempotencyKeysTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final IdempotencyKeys keys = new IdempotencyKeys();
  private Jdbi jdbi = Jdbi.create("");

  @BeforeEach
  void emptyTables() {
    jdbi = DATABASE.jdbi();
    jdbi.useHandle(
        handle -> {
          handle.execute("create table if not exists effect (id int unique)");
          handle.execute("truncate effect, idempotency_key");
        });
  }

  private static Request request(String key, String body) {
    return new Request("c", "POST /v1/x", key, Sha256.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static Answer answer(int status, String body) {
    return new Answer(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static Function<Handle, Answer> effect(int id) {
    return handle -> {
      handle.execute("insert into effect values (?)", id);
      return answer(201, "{\"id\":" + id + "}");
    };
  }

  private int effects() {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from effect").mapTo(Integer.class).one());
  }

  private static String body(Response response) {
    return new String((byte[]) response.getEntity(), StandardCharsets.UTF_8);
  }

  @Test
  void repeat_ofARequest_getsTheFirstBytesAndHasNoEffect() {
    Response first = keys.once(jdbi, request("k", "a"), effect(1));
    Response repeat = keys.once(jdbi, request("k", "a"), effect(2));

    assertThat(first.getHeaderString(IdempotencyKeys.REPLAYED)).isNull();
    assertThat(repeat.getHeaderString(IdempotencyKeys.REPLAYED)).isEqualTo("true");
    assertThat(repeat.getStatus()).isEqualTo(first.getStatus()).isEqualTo(201);
    assertThat(body(repeat)).isEqualTo(body(first)).isEqualTo("{\"id\":1}");
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void key_withAnotherRequest_isRefused() {
    keys.once(jdbi, request("k", "a"), effect(1));
    assertThatThrownBy(() -> keys.once(jdbi, request("k", "b"), effect(2)))
        .isInstanceOf(ProblemException.class)
        .hasMessage("idempotency_key_reused");
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void key_ofAnotherClientOrOperation_isAnotherKey() {
    keys.once(jdbi, request("k", "a"), effect(1));
    Request other = request("k", "b");
    keys.once(jdbi, new Request("d", other.operation(), "k", other.fingerprint()), effect(2));
    keys.once(jdbi, new Request("c", "PUT /v1/x", "k", other.fingerprint()), effect(3));
    assertThat(effects()).isEqualTo(3);
  }

  @Test
  void failure_isNotKept() {
    assertThat(keys.once(jdbi, request("k", "a"), h -> answer(409, "{}")).getStatus())
        .isEqualTo(409);
    assertThatThrownBy(
            () ->
                keys.once(
                    jdbi,
                    request("k", "a"),
                    handle -> {
                      throw new IllegalStateException("after " + effect(1).apply(handle).status());
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(effects()).isZero();
    assertThat(keys.once(jdbi, request("k", "b"), effect(1)).getStatus()).isEqualTo(201);
  }

  @Test
  void noKey_hasItsEffectEachTime() {
    keys.once(jdbi, null, effect(1));
    keys.once(jdbi, null, effect(2));
    assertThat(effects()).isEqualTo(2);
  }

  @Test
  void requests_withOneKeyAtOnce_haveOneEffectAndOneAnswer() throws Exception {
    int threads = 8;
    var barrier = new CyclicBarrier(threads);
    var pool = Executors.newFixedThreadPool(threads);
    try {
      var answers = new ArrayList<Future<String>>();
      for (int i = 0; i < threads; i++) {
        answers.add(
            pool.submit(
                () -> {
                  barrier.await();
                  // The same row: a second effect would fail.
                  return body(keys.once(jdbi, request("k", "a"), effect(1)));
                }));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("{\"id\":1}");
      }
    } finally {
      pool.shutdown();
    }
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void writer_withoutALock_thatWasFaster_winsAndUndoesTheOther() {
    Response response =
        keys.once(
            jdbi,
            request("k", "a"),
            handle -> {
              // On this thread the same Jdbi would give the same connection.
              DATABASE
                  .jdbi()
                  .useHandle(
                      other -> keys.record(other, request("k", "a"), answer(200, "{\"id\":9}")));
              return effect(1).apply(handle);
            });
    assertThat(body(response)).isEqualTo("{\"id\":9}");
    assertThat(response.getHeaderString(IdempotencyKeys.REPLAYED)).isEqualTo("true");
    assertThat(effects()).isZero();
  }

  @Test
  void group_ofRequests_tellsWhichWereRecorded() {
    jdbi.useHandle(handle -> keys.record(handle, request("b", "x"), answer(200, "old")));
    List<Request> requests =
        List.of(request("a", "1"), request("b", "2"), request("c", "3"), request("a", "4"));
    List<Answer> answers =
        List.of(answer(200, "A"), answer(200, "B"), answer(200, ""), answer(200, "A2"));

    assertThat(
            jdbi.<java.util.Set<Integer>, RuntimeException>withHandle(
                handle -> keys.record(handle, requests, answers)))
        .containsExactlyInAnyOrder(0, 2);
    assertThat(found("a", "1")).isEqualTo("A");
    assertThat(found("b", "x")).isEqualTo("old");
    assertThat(found("c", "3")).isEmpty();
    assertThat(
            jdbi.<java.util.Set<Integer>, RuntimeException>withHandle(
                handle -> keys.record(handle, List.of(), List.of())))
        .isEmpty();
  }

  private String found(String key, String body) {
    byte[] answer =
        jdbi.withHandle(handle -> keys.find(handle, request(key, body)).orElseThrow().body());
    return new String(answer, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\"a\"", " a ", "8e03978e-40d5-43dd-bc93-6894a57f9324"})
  void header_plainOrQuoted_isTheSameKey(String header) {
    assertThat(IdempotencyKeys.key(header)).isEqualTo(header.replace("\"", "").strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "a b", "\"a", "a\"b", "ä", "a\u0001", "a, b"})
  void header_withOtherCharacters_isRefused(String header) {
    assertThatThrownBy(() -> IdempotencyKeys.key(header))
        .isInstanceOf(ProblemException.class)
        .hasMessage("invalid_idempotency_key");
  }

  @Test
  void header_longerThan255_isRefused() {
    assertThat(IdempotencyKeys.key("x".repeat(255))).hasSize(255);
    assertThatThrownBy(() -> IdempotencyKeys.key("x".repeat(256)))
        .isInstanceOf(ProblemException.class);
  }
}
