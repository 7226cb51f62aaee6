package rekindle.service.api;

import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import rekindle.service.access.Caller;
import rekindle.service.decide.BatchRunner;
import rekindle.service.decide.Decider;
import rekindle.service.decide.DecisionBatch;

/** Many decisions in one request: NDJSON in, NDJSON out, one line for each, in order. */
@Path("/v1/decisions/batch")
public final class DecisionBatchResource {
  static final String NDJSON = "application/x-ndjson";
  private static final String OPERATION = "POST /v1/decisions/batch";

  private final Decider decider;
  private final BatchRunner runner;

  public DecisionBatchResource(Decider decider, BatchRunner runner) {
    this.decider = decider;
    this.runner = runner;
  }

  @POST
  @RolesAllowed("sender")
  @Consumes({NDJSON, "application/jsonl", "application/json-lines"})
  @Produces(NDJSON)
  public Response decide(
      @Auth Caller caller,
      @HeaderParam(Once.HEADER) @Nullable String key,
      @QueryParam("record") @Nullable String record,
      InputStream body) {
    boolean recorded = QueryFlags.isTrue("record", record, false);
    var batch =
        new DecisionBatch(
            decider,
            caller.client(),
            recorded,
            (line, bytes) -> Once.ofLine(caller, OPERATION, key, line, bytes));
    StreamingOutput answers = runner.start(batch, body)::copyTo;
    return Response.ok(answers, NDJSON).header("Cache-Control", "no-store").build();
  }
}
