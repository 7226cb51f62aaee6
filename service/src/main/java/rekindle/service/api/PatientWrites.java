package rekindle.service.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.intake.ContactIntake;

/**
 * Requests about people that have their effect once, in one transaction, which is done again where
 * another writer stood in the way. Thread-safe.
 */
public final class PatientWrites {
  private final Jdbi jdbi;
  private final IdempotencyKeys idempotency;

  public PatientWrites(Jdbi jdbi, IdempotencyKeys idempotency) {
    this.jdbi = jdbi;
    this.idempotency = idempotency;
  }

  /** Answers with the document that the effect gives. */
  Response once(
      ContainerRequestContext request,
      Caller caller,
      JsonBody body,
      Function<Handle, ObjectNode> effect) {
    return once(IdempotentRequest.of(request, caller, body.bytes()), effect);
  }

  /** The same for a request without a body. */
  Response once(
      ContainerRequestContext request, Caller caller, Function<Handle, ObjectNode> effect) {
    return once(IdempotentRequest.of(request, caller, new byte[0]), effect);
  }

  private Response once(
      IdempotencyKeys.@Nullable Request request, Function<Handle, ObjectNode> effect) {
    return ContactIntake.patiently(
        () ->
            idempotency.once(
                jdbi,
                request,
                handle ->
                    new Answer(
                        200, MediaType.APPLICATION_JSON, CanonicalJson.of(effect.apply(handle)))));
  }
}
