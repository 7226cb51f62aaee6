package rekindle.service.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rekindle.service.policy.PolicyStore.ANNA;
import static rekindle.service.policy.PolicyStore.BEN;
import static rekindle.service.policy.PolicyStore.PAUL;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rekindle.release.ReleaseArchive;
import rekindle.service.database.TestDatabase;
import rekindle.service.policy.PolicyEvents.Actor;
import rekindle.service.problem.ProblemException;

class DraftsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private PolicyStore store = new PolicyStore(DATABASE.jdbi());
  private Drafts drafts = drafts();

  @BeforeEach
  void start() {
    store = new PolicyStore(DATABASE.jdbi());
    store.reset();
    drafts = drafts();
  }

  private Drafts drafts() {
    return new Drafts(store.jdbi, store.releases, store.events, InstantSource.system());
  }

  private static Drafts.Checked checked(String id, @Nullable String mergedFrom) {
    var archive = new ReleaseArchive(id, "manifest", "engine", "zones", new TreeMap<>());
    return new Drafts.Checked(archive, "first", "title", mergedFrom, List.of());
  }

  @Test
  void sameWorkbooks_ofTwoAuthorsAtOnce_areOneReleaseOfBoth() throws Exception {
    var barrier = new CyclicBarrier(2);
    var pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<Drafts.Kept>> both = new ArrayList<>();
      for (Actor author : List.of(ANNA, BEN)) {
        both.add(
            pool.submit(
                () -> {
                  barrier.await();
                  return store.in(h -> drafts.keep(h, checked("same", null), author));
                }));
      }
      assertThat(List.of(both.get(0).get().isNew(), both.get(1).get().isNew()))
          .containsExactlyInAnyOrder(true, false);
    } finally {
      pool.shutdown();
    }
    assertThat(store.in(h -> store.approvals.get(h, "same")).authors())
        .containsExactlyInAnyOrder(ANNA, BEN);
    store.in(h -> store.approvals.submit(h, "same", ANNA, null));
    assertThatThrownBy(() -> store.in(h -> store.approvals.approve(h, "same", BEN, null)))
        .isInstanceOf(ProblemException.class);
  }

  /** What is approved is a content: another content is another release, and a draft. */
  @Test
  void upload_afterTheApproval_leavesWhatWasApproved() {
    String approved = store.approved("second");
    store.in(h -> drafts.keep(h, checked("other", null), BEN));
    store.in(h -> drafts.keep(h, checked(approved, null), PAUL));
    ReleaseRecord kept = store.in(h -> store.approvals.get(h, approved));
    assertThat(kept.state()).isEqualTo(ReleaseState.APPROVED);
    assertThat(kept.authors()).containsExactly(BEN);
    assertThat(store.state("other")).isEqualTo("draft");
    assertThatThrownBy(
            () -> store.in(h -> store.activations.activate(h, "other", null, PAUL, null)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo("release_state"));
  }

  @Test
  void merge_hasTheAuthorsOfWhatWasMerged_soNoneOfThemApprovesIt() {
    store.draft("mine", ANNA);
    store.in(h -> drafts.keep(h, checked("merged", "mine"), BEN));
    assertThat(store.in(h -> store.approvals.get(h, "merged")).authors())
        .containsExactlyInAnyOrder(ANNA, BEN);
    store.in(h -> store.approvals.submit(h, "merged", BEN, null));
    assertThatThrownBy(() -> store.in(h -> store.approvals.approve(h, "merged", ANNA, null)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo("own_release"));
    assertThat(store.auditKinds()).contains("release_merged");
  }
}
