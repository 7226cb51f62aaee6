package rekindle.service.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rekindle.service.policy.PolicyStore.ANNA;
import static rekindle.service.policy.PolicyStore.BEN;
import static rekindle.service.policy.PolicyStore.PAUL;

import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rekindle.service.database.TestDatabase;
import rekindle.service.policy.PolicyEvents.Actor;
import rekindle.service.problem.ProblemException;

class ApprovalsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private PolicyStore store = new PolicyStore(DATABASE.jdbi());

  @BeforeEach
  void start() {
    store = new PolicyStore(DATABASE.jdbi());
    store.reset();
  }

  private void refused(String type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(type));
  }

  private void refusedBySql(String words, Consumer<Handle> change) {
    assertThatThrownBy(() -> store.jdbi.useTransaction(change::accept)).hasMessageContaining(words);
  }

  @Test
  void release_submittedAndApprovedByAnother_isApprovedAndTold() {
    String id = store.draft("new", ANNA);
    store.in(handle -> store.approvals.submit(handle, id, ANNA, "please"));
    ReleaseRecord approved = store.in(h -> store.approvals.approve(h, id, PAUL, "read it"));
    assertThat(approved.state()).isEqualTo(ReleaseState.APPROVED);
    assertThat(approved.approver()).isEqualTo(PAUL);
    assertThat(store.history(id))
        .extracting(ReleaseRecord.Event::action, ReleaseRecord.Event::comment)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("submitted", "please"),
            org.assertj.core.groups.Tuple.tuple("approved", "read it"));
    assertThat(store.auditKinds()).contains("release_submitted", "release_approved");
  }

  @Test
  void approver_whoIsTheAuthorUnderAnyKey_isRefused() {
    String id = store.draft("new", ANNA);
    store.client("anna-too", "s-1");
    store.in(handle -> store.approvals.submit(handle, id, ANNA, null));
    for (Actor self : new Actor[] {ANNA, new Actor("anna-too", "s-1"), new Actor("anna", "s-77")}) {
      refused("own_release", () -> store.in(h -> store.approvals.approve(h, id, self, null)));
    }
    // The author's client belongs to somebody else by now: both have had a hand in it.
    store.jdbi.useHandle(
        h -> h.execute("update api_client set person = 's-3' where name = 'anna'"));
    refused("own_release", () -> store.in(h -> store.approvals.approve(h, id, PAUL, null)));
    refusedBySql(
        "an author does not approve",
        handle ->
            handle.execute(
                "update release_state set state = 'approved', approver_person = 's-1', approver_client = 'anna-too' where release_id = ?",
                id));
    assertThat(store.state(id)).isEqualTo("submitted");
  }

  @Test
  void states_changedPastTheService_areGuardedByTheStore() {
    String id = store.draft("new", ANNA);
    refusedBySql(
        "does not go from draft to active",
        h -> h.execute("update release_state set state = 'active' where release_id = ?", id));
    refusedBySql(
        "what a release is does not change",
        h -> h.execute("update release_state set errors = 7 where release_id = ?", id));
    store.in(handle -> store.approvals.submit(handle, id, ANNA, null));
    refusedBySql(
        "nobody approved",
        h -> h.execute("update release_state set state = 'approved' where release_id = ?", id));
    store.in(handle -> store.approvals.approve(handle, id, PAUL, null));
    refusedBySql(
        "who approved a release does not change",
        h ->
            h.execute(
                "update release_state set approver_person = 's-2', approver_client = 'ben' where release_id = ?",
                id));
    refusedBySql(
        "append-only", h -> h.execute("delete from release_author where release_id = ?", id));
  }

  @Test
  void release_withErrors_isNotSubmitted() {
    String id = store.draft("faulty", ANNA, 2);
    refused("release_has_errors", () -> store.in(h -> store.approvals.submit(h, id, ANNA, null)));
    refusedBySql(
        "with errors",
        h -> h.execute("update release_state set state = 'submitted' where release_id = ?", id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"draft", "approved", "rejected"})
  void release_notSubmitted_isNotApproved(String state) {
    String id = store.draft("new", ANNA);
    if (!state.equals("draft")) {
      store.in(handle -> store.approvals.submit(handle, id, ANNA, null));
      store.in(
          handle ->
              state.equals("approved")
                  ? store.approvals.approve(handle, id, PAUL, null)
                  : store.approvals.reject(handle, id, PAUL, "no"));
    }
    refused("release_state", () -> store.in(h -> store.approvals.approve(h, id, PAUL, null)));
  }

  @Test
  void release_rejectedOrWithdrawn_isNotActivated() {
    String id = store.draft("new", ANNA);
    store.in(handle -> store.approvals.submit(handle, id, ANNA, null));
    store.in(handle -> store.approvals.withdraw(handle, id, ANNA, null));
    refused("release_state", () -> store.in(h -> activate(h, id)));
    store.in(handle -> store.approvals.submit(handle, id, ANNA, null));
    store.in(handle -> store.approvals.reject(handle, id, PAUL, "no"));
    refused("release_state", () -> store.in(h -> activate(h, id)));
    refused("release_state", () -> store.in(h -> store.approvals.submit(h, id, ANNA, null)));
    assertThat(store.state(id)).isEqualTo("rejected");
  }

  private Activations.Requested activate(Handle handle, String id) {
    return store.activations.activate(handle, id, null, PAUL, null);
  }

  @Test
  void release_whoseBaseIsNotActive_mustBeMerged() {
    String mine = store.draft("mine", ANNA);
    store.draft("theirs", BEN);
    store.jdbi.useHandle(h -> h.execute("update active_release set release_id = 'theirs'"));
    refused("base_not_active", () -> store.in(h -> store.approvals.submit(h, mine, ANNA, null)));
    assertThat(store.in(h -> store.approvals.get(h, mine)).isBaseActive()).isFalse();
  }
}
