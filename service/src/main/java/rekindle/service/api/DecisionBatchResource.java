package rekindle.service.api;

import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys.Request;
import rekindle.service.decide.BatchRunner;
import rekindle.service.decide.Decider;
import rekindle.service.decide.DecisionBatch;
import rekindle.service.hash.Sha256;

/** Many decisions in one request: NDJSON in, NDJSON out, one line for each, in order. */
@Path("/v1/decisions/batch")
public final class DecisionBatchResource {
  static final String NDJSON = "application/x-ndjson";
  private static final byte[] NO_BYTES = {};

  private final Decider decider;
  private final BatchRunner runner;

  public DecisionBatchResource(Decider decider, BatchRunner runner) {
    this.decider = decider;
    this.runner = runner;
  }

  @POST
  @BodyLimit(BodyLimit.UNLIMITED)
  @RolesAllowed("sender")
  @Consumes({NDJSON, "application/jsonl", "application/json-lines"})
  @Produces(NDJSON)
  public Response decide(
      @Auth Caller caller,
      @Context ContainerRequestContext context,
      @QueryParam("record") @Nullable String record,
      InputStream body) {
    boolean recorded = QueryFlags.isTrue("record", record, false);
    Request once = IdempotentRequest.of(context, caller, NO_BYTES);
    var batch =
        new DecisionBatch(
            decider, caller.client(), recorded, (line, bytes) -> line(once, line, bytes));
    StreamingOutput answers = runner.start(batch, body)::copyTo;
    return Response.ok(answers, NDJSON).header("Cache-Control", "no-store").build();
  }

  /** Each line is a request of its own: repeated with the same key, it gets its first answer. */
  private static @Nullable Request line(@Nullable Request whole, long number, byte[] bytes) {
    return whole == null
        ? null
        : new Request(
            whole.client(), whole.operation() + "#" + number, whole.key(), Sha256.of(bytes));
  }
}
