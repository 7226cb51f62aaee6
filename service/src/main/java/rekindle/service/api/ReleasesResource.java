package rekindle.service.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.glassfish.jersey.media.multipart.FormDataMultiPart;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonProblem;
import rekindle.json.StrictJson;
import rekindle.release.RowChange;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.access.IdempotencyKeys.Request;
import rekindle.service.policy.Approvals;
import rekindle.service.policy.ChangeJson;
import rekindle.service.policy.Drafts;
import rekindle.service.policy.FindingJson;
import rekindle.service.policy.MergeConflict;
import rekindle.service.policy.PolicyEvents.Actor;
import rekindle.service.policy.ReleaseRecord;
import rekindle.service.policy.ReleaseState;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemJson;
import rekindle.service.problem.ProblemType;
import rekindle.service.store.ReleaseStore;
import rekindle.table.AnnotatedWorkbook;
import rekindle.table.Finding;

/** Releases as authors bring them: uploads with their findings, downloads, differences, merges. */
@Path("/v1/policies/releases")
@RolesAllowed({"author", "approver", "auditor"})
@Produces(MediaType.APPLICATION_JSON)
public final class ReleasesResource {
  static final String ZIP = "application/zip";
  static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  /** Eight workbooks of five megabytes, and what wraps them. */
  private static final long UPLOAD_BYTES_MAX = 41L * 1024 * 1024;

  private static final int UPLOADS_MAX = 2;
  private static final int LISTED = 100;
  private static final String ACTIVE = "active";

  private final Jdbi jdbi;
  private final IdempotencyKeys idempotency;
  private final ReleaseStore releases;
  private final Drafts drafts;
  private final Approvals approvals;
  private final Places places = new Places(UPLOADS_MAX, "checks of workbooks");

  public ReleasesResource(
      Jdbi jdbi,
      IdempotencyKeys idempotency,
      ReleaseStore releases,
      Drafts drafts,
      Approvals approvals) {
    this.jdbi = jdbi;
    this.idempotency = idempotency;
    this.releases = releases;
    this.drafts = drafts;
    this.approvals = approvals;
  }

  /** Checks and keeps workbooks that came as files of a form. */
  @POST
  @RolesAllowed("author")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @BodyLimit(UPLOAD_BYTES_MAX)
  public Response upload(
      @Auth Caller caller, FormDataMultiPart form, @Context ContainerRequestContext request)
      throws IOException {
    try {
      return upload(caller, ReleaseUpload.ofForm(form), request);
    } finally {
      form.cleanup();
    }
  }

  /** Checks and keeps workbooks that came in a zip. */
  @POST
  @RolesAllowed("author")
  @Consumes(ZIP)
  @BodyLimit(UPLOAD_BYTES_MAX)
  public Response uploadZip(
      @Auth Caller caller,
      InputStream zip,
      @QueryParam("base") @Nullable String base,
      @QueryParam("title") @Nullable String title,
      @Context ContainerRequestContext request)
      throws IOException {
    return upload(caller, ReleaseUpload.ofZip(zip, base, title), request);
  }

  private Response upload(Caller caller, ReleaseUpload upload, ContainerRequestContext request) {
    Request once = IdempotentRequest.ofContent(request, caller, upload.fingerprint());
    String base = upload.base() == null ? null : id(upload.base());
    return checkedOnce(caller, once, () -> drafts.check(upload.workbooks(), base, upload.title()));
  }

  /** A draft with the changes of a release and those of the active one. */
  @POST
  @Path("{id}/merge")
  @RolesAllowed("author")
  public Response merge(
      @PathParam("id") String id, @Auth Caller caller, @Context ContainerRequestContext request) {
    Request once = IdempotentRequest.of(request, caller, new byte[0]);
    try {
      return checkedOnce(caller, once, () -> drafts.merge(id(id)));
    } catch (MergeConflict conflict) {
      return refused(conflict);
    }
  }

  private static Response refused(MergeConflict conflict) {
    Problem problem =
        ProblemType.MERGE_CONFLICT.problem(
            "The release and the active one changed the same in "
                + conflict.conflicts().size()
                + " places, so nothing was made. Download the active workbooks, make the changes"
                + " there that conflicts lists, and upload them.");
    ObjectNode json = ProblemJson.of(problem);
    ArrayNode listed = json.putArray("conflicts");
    conflict.conflicts().forEach(one -> listed.add(ReleaseJson.conflict(one)));
    return Response.status(problem.status())
        .type(Problem.MEDIA_TYPE)
        .entity(CanonicalJson.of(json))
        .build();
  }

  /** Checking takes seconds, so it is done before the transaction that keeps what came of it. */
  private Response checkedOnce(
      Caller caller, @Nullable Request once, Supplier<Drafts.Checked> check) {
    Optional<Answer> before =
        once == null ? Optional.empty() : jdbi.withHandle(handle -> idempotency.find(handle, once));
    if (before.isPresent()) {
      return located(IdempotencyKeys.replayed(before.get()));
    }
    try (var place = places.take()) {
      Drafts.Checked checked = check.get();
      return located(
          idempotency.once(jdbi, once, handle -> kept(handle, checked, Actor.of(caller))));
    }
  }

  private Answer kept(Handle handle, Drafts.Checked checked, Actor author) {
    Drafts.Kept kept = drafts.keep(handle, checked, author);
    return new Answer(
        kept.isNew() ? 201 : 200,
        MediaType.APPLICATION_JSON,
        CanonicalJson.of(whole(handle, kept.release())));
  }

  private static Response located(Response answer) {
    var release = StrictJson.read((byte[]) answer.getEntity());
    return Response.fromResponse(answer)
        .location(URI.create(release.path("links").path("self").textValue()))
        .build();
  }

  /** The newest first. */
  @GET
  public Response list(@QueryParam("state") @Nullable String state) {
    ReleaseState wanted = state == null ? null : state(state);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode listed = json.putArray("releases");
    jdbi.withHandle(handle -> approvals.latest(handle, wanted, LISTED))
        .forEach(release -> listed.add(ReleaseJson.line(release)));
    return Response.ok(CanonicalJson.of(json)).build();
  }

  private static ReleaseState state(String code) {
    return Arrays.stream(ReleaseState.values())
        .filter(state -> state.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.invalidInput(
                        List.of(
                            new JsonProblem(
                                "",
                                "the query parameter state is no state; expected "
                                    + Arrays.stream(ReleaseState.values())
                                        .map(ReleaseState::code)
                                        .collect(Collectors.joining(", ")))))));
  }

  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    return jdbi.withHandle(
        handle ->
            Response.ok(CanonicalJson.of(whole(handle, approvals.get(handle, id(id))))).build());
  }

  private ObjectNode whole(Handle handle, ReleaseRecord release) {
    return ReleaseJson.whole(release, approvals.history(handle, release.id()));
  }

  /** What changed in meaning since another release; without one, since its base. */
  @GET
  @Path("{id}/diff")
  public Response diff(@PathParam("id") String id, @QueryParam("from") @Nullable String from) {
    ReleaseRecord release = jdbi.withHandle(handle -> approvals.get(handle, id(id)));
    String before =
        from != null ? id(from) : release.base() == null ? release.id() : release.base();
    List<RowChange> changes = drafts.difference(before, release.id());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("from", before);
    json.put("to", release.id());
    json.put("noChangeInMeaning", changes.isEmpty());
    json.set("changes", ChangeJson.of(changes));
    return Response.ok(CanonicalJson.of(json)).build();
  }

  /** A workbook as it was uploaded, or with its findings written into it. */
  @GET
  @Path("{id}/{workbook}.xlsx")
  @Produces(XLSX)
  public Response workbook(
      @PathParam("id") String id,
      @PathParam("workbook") String workbook,
      @QueryParam("annotated") @Nullable String annotated) {
    String release = id(id);
    byte[] file = drafts.archive(release).workbooks().get(workbook);
    if (file == null) {
      throw new ProblemException(Problem.notFound("workbook of the release", workbook + ".xlsx"));
    }
    if (QueryFlags.isTrue("annotated", annotated, false)) {
      ReleaseRecord record = jdbi.withHandle(handle -> approvals.get(handle, release));
      file = annotated(workbook, file, FindingJson.read(record.findings()));
    }
    return Response.ok(file)
        .header("Content-Disposition", "attachment; filename=\"" + workbook + ".xlsx\"")
        .build();
  }

  private static byte[] annotated(String workbook, byte[] file, List<Finding> findings) {
    List<Finding> own = findings.stream().filter(f -> f.workbook().equals(workbook)).toList();
    return AnnotatedWorkbook.write(file, own)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.WORKBOOK_NOT_ANNOTATED.problem(
                        workbook
                            + ".xlsx cannot be opened safely. Read the findings of the"
                            + " release, and download the file without annotated=true.")));
  }

  /** Ids stand for themselves, {@code active} for the one that decides. */
  private String id(String text) {
    return text.equals(ACTIVE) ? releases.active().orElseThrow() : text;
  }
}
