package rekindle.service.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rekindle.service.policy.PolicyStore.PAUL;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.service.database.TestDatabase;
import rekindle.service.problem.ProblemException;

/** Several processes on one database, each with its own watch and its own reading of the policy. */
class SwitchingTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<PolicyWatch> watches = new ArrayList<>();
  private final List<ActivePolicy> policies = new ArrayList<>();
  private PolicyStore store = new PolicyStore(DATABASE.jdbi());

  @BeforeEach
  void start() {
    store = new PolicyStore(DATABASE.jdbi());
    store.reset();
  }

  @AfterEach
  void stop() {
    watches.forEach(PolicyWatch::close);
  }

  private void process(PolicyWatch.Compiler compiler) {
    var policy = new ActivePolicy(store.jdbi);
    var watch = new PolicyWatch(store.jdbi, policy, compiler, store.activations, store.events);
    watch.start();
    policies.add(policy);
    watches.add(watch);
  }

  private Activation activate(String id) {
    long activation =
        store.in(h -> store.activations.activate(h, id, null, PAUL, null)).activation();
    return watches.get(0).await(activation, PATIENCE);
  }

  private void rollBack() {
    long activation = store.in(h -> store.activations.rollBack(h, null, PAUL, "no")).activation();
    assertThat(watches.get(0).await(activation, PATIENCE).isFailed()).isFalse();
  }

  @Test
  void activation_withThreeProcesses_switchesAllAndRetiresTheOld() {
    Set<String> compiled = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 3; i++) {
      process(compiled::add);
    }
    Activation done = activate(store.approved("second"));
    assertThat(done.state()).isEqualTo("done");
    assertThat(compiled).contains("first", "second");
    assertThat(policies).allSatisfy(p -> assertThat(p.release()).isEqualTo("second"));
    assertThat(store.state("second")).isEqualTo("active");
    assertThat(store.state("first")).isEqualTo("retired");
    assertThat(store.auditKinds()).contains("release_activated", "release_retired");
  }

  @Test
  void rollBack_afterTwoActivations_goesBackOneByOneAndNeverForward() {
    process(release -> {});
    activate(store.approved("second"));
    activate(store.approved("third"));
    rollBack();
    assertThat(policies.get(0).release()).isEqualTo("second");
    rollBack();
    assertThat(policies.get(0).release()).isEqualTo("first");
    assertThatThrownBy(this::rollBack)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo("release_state"));
    assertThat(store.state("third")).isEqualTo("retired");
  }

  @Test
  void activation_thatOneProcessCannotLoad_leavesTheOldOneAndTellsWhy() {
    process(release -> {});
    process(
        release -> {
          if (release.equals("bad")) {
            throw new IllegalStateException("rules do not compile");
          }
        });
    Activation failed = activate(store.approved("bad"));
    assertThat(failed.isFailed()).isTrue();
    assertThat(failed.message()).contains("cannot load it");
    assertThat(policies).allSatisfy(p -> assertThat(p.release()).isEqualTo("first"));
    assertThat(store.state("bad")).isEqualTo("approved");
    assertThat(store.alarm()).map(Activation::release).contains("bad");
    assertThat(store.auditKinds()).contains("release_activation_failed");
  }

  @Test
  void activation_ofOneDraftedFromWhatIsNotActiveAnyMore_fails() {
    process(release -> {});
    String late = store.approved("late");
    Instant soon = Instant.now().plusSeconds(3600);
    store.in(h -> store.activations.activate(h, late, soon, PAUL, null));
    activate(store.approved("second"));
    store.jdbi.useHandle(
        h ->
            h.execute(
                "update activation set wanted_at = clock_timestamp() where state = 'waiting'"));
    long id =
        store.jdbi.withHandle(
            h ->
                h.createQuery("select max(id) from activation where release_id = 'late'")
                    .mapTo(Long.class)
                    .one());
    Activation failed = watches.get(0).await(id, PATIENCE);
    assertThat(failed.message()).contains("not active any more").contains("merge");
    assertThat(store.state(late)).isEqualTo("approved");
    assertThat(policies.get(0).release()).isEqualTo("second");
  }

  @Test
  void activation_whoseApproverHoldsAKeyOfTheAuthorByThen_fails() {
    String id = store.approved("second");
    long asked = store.in(h -> store.activations.activate(h, id, null, PAUL, null)).activation();
    store.jdbi.useHandle(h -> h.execute("update api_client set person = 's-3' where name = 'ben'"));
    process(release -> {});
    assertThat(watches.get(0).await(asked, PATIENCE).message())
        .contains("The approver holds a key of an author");
    assertThat(policies.get(0).release()).isEqualTo("first");
    assertThatThrownBy(() -> store.in(h -> store.activations.activate(h, id, null, PAUL, null)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo("own_release"));
  }

  @Test
  void schedule_takenBack_leavesTheReleaseApproved() {
    String id = store.approved("second");
    Instant at = Instant.now().plusSeconds(3600);
    store.in(h -> store.activations.activate(h, id, at, PAUL, null));
    assertThat(store.state(id)).isEqualTo("scheduled");
    store.in(h -> store.activations.unschedule(h, id, PAUL, "not yet"));
    assertThat(store.state(id)).isEqualTo("approved");
    Instant past = Instant.now().minusSeconds(3600);
    assertThatThrownBy(() -> store.in(h -> store.activations.activate(h, id, past, PAUL, null)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo("invalid_input"));
  }

  /** The instant is the database's: no process compares it with a clock that somebody sets. */
  @Test
  void schedule_comes_whateverTheClockOfTheProcessSays() {
    process(release -> {});
    String id = store.approved("second");
    Instant at =
        store.jdbi.withHandle(
            h ->
                h.createQuery("select clock_timestamp() + interval '3 seconds'")
                    .mapTo(Instant.class)
                    .one());
    long activation = store.in(h -> store.activations.activate(h, id, at, PAUL, null)).activation();
    Activation done = watches.get(0).await(activation, PATIENCE);
    assertThat(done.switchAt()).isEqualTo(at);
    Instant since =
        store.jdbi.withHandle(
            h -> h.createQuery("select since from active_release").mapTo(Instant.class).one());
    assertThat(since).isEqualTo(at);
  }

  @Test
  void process_thatIsSilent_isNotWaitedForAndCatchesUpBeforeItDecides() {
    process(release -> {});
    store.jdbi.useHandle(
        h ->
            h.execute(
                "insert into service_process (id, heartbeat_at) values (gen_random_uuid(), clock_timestamp() - interval '1 minute')"));
    var silent = new ActivePolicy(store.jdbi);
    assertThat(silent.release()).isEqualTo("first");
    activate(store.approved("second"));
    assertThat(silent.release()).isEqualTo("second");
  }

  @Test
  void pilot_ofAnApprovedRelease_decidesForItsPersonsAndEndsWithTheSwitch() {
    process(release -> {});
    String id = store.approved("second");
    store.in(h -> store.trials.startPilot(h, id, List.of("p-1"), java.math.BigDecimal.ZERO, PAUL));
    store.jdbi.useHandle(
        h -> h.execute("update pilot set starts_at = clock_timestamp() - interval '1 second'"));
    var policy = new ActivePolicy(store.jdbi);
    assertThat(policy.piloted("p-1")).isEqualTo("second");
    assertThat(policy.piloted("p-2")).isNull();
    assertThat(policy.piloted(null)).isNull();
    assertThat(policy.release()).isEqualTo("first");
    activate(id);
    assertThat(store.running(Trials.PILOT)).isEmpty();
  }
}
