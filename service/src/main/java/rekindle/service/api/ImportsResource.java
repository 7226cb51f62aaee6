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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.json.StrictJson;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.intake.FileType;
import rekindle.service.intake.HeaderMapping;
import rekindle.service.intake.Import;
import rekindle.service.intake.ImportJob;
import rekindle.service.intake.ImportJobs;
import rekindle.service.intake.ImportPreview;
import rekindle.service.intake.ImportWatcher;
import rekindle.service.intake.InputFile;
import rekindle.service.intake.IntakeFinding;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/** Standard CSV files into the store, as they stream in, and what came of them. */
@Path("/v1/imports")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
public final class ImportsResource {
  static final String CSV = "text/csv";

  private static final int IMPORTS_MAX = 4;

  private static final int LISTED = 100;
  private static final int PREVIEWED = 10;
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Import imports;
  private final ImportJobs jobs;
  private final StreamedRequests repeats;
  private final Places places = new Places(IMPORTS_MAX, "imports");

  public ImportsResource(Import imports, ImportJobs jobs, StreamedRequests repeats) {
    this.imports = imports;
    this.jobs = jobs;
    this.repeats = repeats;
  }

  /** Imports while the body streams in, and answers when it has ended. */
  @POST
  @Consumes(CSV)
  @BodyLimit(BodyLimit.UNLIMITED)
  public Response run(
      @Auth Caller caller,
      @QueryParam("type") @Nullable String type,
      @QueryParam("fileName") @Nullable String fileName,
      @QueryParam("map") List<String> map,
      @QueryParam("preset") @Nullable String preset,
      @QueryParam("dryRun") @Nullable String dryRun,
      @Context ContainerRequestContext request,
      InputStream body)
      throws IOException {
    HeaderMapping mapping = ImportParameters.mapping(map, preset);
    FileType kind = ImportParameters.type(type);
    var order =
        new Import.Order(
            kind,
            fileName == null || fileName.isBlank() ? kind.code() + ".csv" : fileName,
            caller.client(),
            mapping,
            QueryFlags.isTrue("dryRun", dryRun, false));
    requireUtf8(request.getMediaType());
    try (var place = places.take()) {
      Response answer =
          repeats.once(
              request, caller, body, csv -> created(imports.run(order, csv, ImportWatcher.NONE)));
      return located(answer);
    }
  }

  /** How a file would be read, from its beginning; nothing is stored. */
  @POST
  @Path("preview")
  @Consumes(CSV)
  @BodyLimit(BodyLimit.UNLIMITED)
  public Response preview(
      @QueryParam("type") @Nullable String type,
      @QueryParam("map") List<String> map,
      @QueryParam("preset") @Nullable String preset,
      @Context ContainerRequestContext request,
      InputStream body)
      throws IOException {
    requireUtf8(request.getMediaType());
    ImportPreview preview =
        ImportPreview.of(
            ImportParameters.type(type),
            ImportParameters.mapping(map, preset),
            InputFile.decompressed(body),
            PREVIEWED);
    return Response.ok(CanonicalJson.of(preview.json())).build();
  }

  private static void requireUtf8(@Nullable MediaType type) {
    String charset = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
    if (charset != null && !charset.equalsIgnoreCase("utf-8")) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE.problem(
              "This charset is not supported. CSV is sent in UTF-8."));
    }
  }

  private static Answer created(ImportJob job) {
    return new Answer(201, MediaType.APPLICATION_JSON, CanonicalJson.of(ImportJson.of(job)));
  }

  /** Says where the job is, also in an answer that is repeated. */
  private static Response located(Response answer) {
    var job = StrictJson.read((byte[]) answer.getEntity());
    return Response.fromResponse(answer)
        .location(URI.create(job.path("links").path("self").textValue()))
        .build();
  }

  /** The newest first. */
  @GET
  public Response list() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode listed = json.putArray("imports");
    jobs.latest(LISTED).forEach(job -> listed.add(ImportJson.of(job)));
    return Response.ok(CanonicalJson.of(json)).build();
  }

  @GET
  @Path("{id}")
  public Response find(@PathParam("id") String id) {
    return Response.ok(CanonicalJson.of(ImportJson.of(job(id)))).build();
  }

  /** Errors and warnings in the order of the file, as a spreadsheet program opens them. */
  @GET
  @Path("{id}/errors")
  @Produces(CSV)
  public Response errors(@PathParam("id") String id) {
    ImportJob job = job(id);
    StreamingOutput lines = out -> write(job.id(), out);
    return Response.ok(lines, CSV + ";charset=utf-8;header=present")
        .header(
            "Content-Disposition", "attachment; filename=\"import-" + job.id() + "-errors.csv\"")
        .build();
  }

  private void write(UUID id, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    line(writer, IntakeFinding.CSV_HEADER);
    try {
      jobs.findings(id, finding -> line(writer, finding.toCsv()));
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
    writer.flush();
  }

  private static void line(Writer writer, String line) {
    try {
      writer.write(line);
      writer.write("\r\n");
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private ImportJob job(String id) {
    return Optional.of(id)
        .filter(text -> UUID_FORM.matcher(text).matches())
        .map(UUID::fromString)
        .flatMap(jobs::find)
        .orElseThrow(() -> new ProblemException(Problem.notFound("import", id)));
  }
}
