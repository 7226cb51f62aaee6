package rekindle.service.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import rekindle.client.api.ImpactApi;
import rekindle.client.api.PoliciesApi;
import rekindle.client.model.Activate;
import rekindle.client.model.Comment;
import rekindle.client.model.ImpactParameters;
import rekindle.client.model.OptionalReason;
import rekindle.client.model.PilotGroup;
import rekindle.client.model.PolicyRowChange;
import rekindle.client.model.Reason;
import rekindle.client.model.Release;
import rekindle.client.model.ReleaseState;
import rekindle.client.model.RequiredComment;
import rekindle.client.model.RollBack;
import rekindle.service.EditedWorkbooks;

/** A policy on its way, through the client; the first release is active at the end, as before. */
final class PolicyCalls {
  private final PoliciesApi author;
  private final PoliciesApi approver;
  private final ImpactApi impacts;

  PolicyCalls(PoliciesApi author, PoliciesApi approver, ImpactApi impacts) {
    this.author = author;
    this.approver = approver;
    this.impacts = impacts;
  }

  void all() throws Exception {
    byte[] segments =
        Files.readAllBytes(author.downloadWorkbook("active", "segments", null).toPath());
    String id = uploaded(EditedWorkbooks.withProgram(segments, "shop", 40)).getId();
    String late = uploaded(EditedWorkbooks.withProgram(segments, "bar", 50)).getId();
    assertThat(author.compareReleases(id, null).getChanges())
        .extracting(PolicyRowChange::getId)
        .containsExactly("DORM-SHOP");
    impact(id);
    author.commentRelease(id, new RequiredComment().comment("for the shop"), null);
    author.submitRelease(id, new Comment(), null);
    author.withdrawRelease(id, new Comment(), null);
    author.submitRelease(id, new Comment(), null);
    assertThat(approver.approveRelease(id, new Comment(), null).getState())
        .isEqualTo(ReleaseState.APPROVED);
    tries(id);
    OffsetDateTime tomorrow = OffsetDateTime.now().plusDays(1).withNano(0);
    approver.activateRelease(id, new Activate().at(tomorrow), null);
    approver.unscheduleRelease(id, new Comment(), null);
    assertThat(approver.activateRelease(id, new Activate(), null).getState())
        .isEqualTo(ReleaseState.ACTIVE);
    assertThat(author.getRelease(late).getMergeNeeded()).isTrue();
    author.mergeRelease(late, null);
    approver.rollBack(new RollBack().reason("only tried"), null);
    assertThat(approver.getPolicy().getActive().getId()).isNotEqualTo(id);
    author.submitRelease(late, new Comment(), null);
    approver.rejectRelease(late, new Reason().reason("no bar"), null);
    assertThat(author.listReleases(ReleaseState.REJECTED).getReleases()).hasSize(1);
  }

  private void impact(String id) throws Exception {
    UUID job = impacts.startImpact(id, new ImpactParameters().recordedDays(7), null).getId();
    assertThat(impacts.getImpact(id, job).getRelease()).isEqualTo(id);
    assertThat(impacts.listImpacts(id).getImpacts()).hasSize(1);
    assertThat(impacts.explainImpact(id, job)).contains(id);
    impacts.cancelImpact(id, job, null);
  }

  private Release uploaded(byte[] segments) throws Exception {
    Path file = Files.createTempDirectory("policy").resolve("segments.xlsx");
    Files.write(file, segments);
    List<File> files = List.of(file.toFile());
    Release release = author.uploadRelease(null, null, null, null, "a title", files);
    assertThat(release.getErrors()).as("%s", release.getFindings()).isZero();
    return release;
  }

  private void tries(String id) throws Exception {
    author.startShadow(id, null);
    assertThat(author.getShadow(id).getDifferences().getChanged()).isZero();
    author.endShadow(id, new OptionalReason(), null);
    approver.startPilot(id, new PilotGroup().addPersonsItem("p-generated"), null);
    assertThat(approver.getPilot(id).getPersons()).isEqualTo(1);
    approver.endPilot(id, new OptionalReason().reason("seen enough"), null);
  }
}
