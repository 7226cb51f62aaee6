package rekindle.service.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.json.CanonicalJson;
import rekindle.json.StrictJson;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.policy.Activation;
import rekindle.service.policy.Activations;
import rekindle.service.policy.Approvals;
import rekindle.service.policy.PolicyEvents.Actor;
import rekindle.service.policy.PolicyWatch;
import rekindle.service.policy.ReleaseRecord;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;

/** Changes of a release that a request has once, and the release as it is then. Thread-safe. */
public final class ReleaseChanges {
  /** How long a caller waits for a switch that all processes prepare. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Jdbi jdbi;
  private final IdempotencyKeys idempotency;
  private final Approvals approvals;
  private final Activations activations;
  private final PolicyWatch watch;

  public ReleaseChanges(
      Jdbi jdbi,
      IdempotencyKeys idempotency,
      Approvals approvals,
      Activations activations,
      PolicyWatch watch) {
    this.jdbi = jdbi;
    this.idempotency = idempotency;
    this.approvals = approvals;
    this.activations = activations;
    this.watch = watch;
  }

  Response once(
      Caller caller,
      ContainerRequestContext request,
      JsonBody body,
      BiFunction<Handle, Actor, ReleaseRecord> effect) {
    return idempotency.once(
        jdbi,
        IdempotentRequest.of(request, caller, body.bytes()),
        handle -> answer(handle, effect.apply(handle, Actor.of(caller))));
  }

  /**
   * The switch is asked for in one transaction and comes about after it.
   *
   * @param atOnce whether to wait until it has
   */
  Response switched(
      Caller caller,
      ContainerRequestContext request,
      JsonBody body,
      boolean atOnce,
      BiFunction<Handle, Actor, Activations.Requested> effect) {
    var asked = new AtomicLong();
    Response response =
        idempotency.once(
            jdbi,
            IdempotentRequest.of(request, caller, body.bytes()),
            handle -> {
              Activations.Requested requested = effect.apply(handle, Actor.of(caller));
              asked.set(requested.activation());
              return answer(handle, requested.release());
            });
    if (!atOnce) {
      return response;
    }
    // What is kept for a repeat was said before the switch, so a repeat looks how that came out.
    boolean isRepeat = response.getHeaderString(IdempotencyKeys.REPLAYED) != null;
    String release = StrictJson.read((byte[]) response.getEntity()).path("id").textValue();
    long id =
        isRepeat ? jdbi.withHandle(handle -> activations.latestOf(handle, release)) : asked.get();
    Activation activation = watch.await(id, PATIENCE);
    if (activation.isFailed()) {
      throw new ProblemException(
          ProblemType.ACTIVATION_FAILED.problem(
              Objects.requireNonNullElse(activation.message(), "")));
    }
    Answer now =
        jdbi.withHandle(handle -> answer(handle, approvals.get(handle, activation.release())));
    return isRepeat ? IdempotencyKeys.replayed(now) : IdempotencyKeys.response(now);
  }

  private Answer answer(Handle handle, ReleaseRecord release) {
    return new Answer(
        200,
        MediaType.APPLICATION_JSON,
        CanonicalJson.of(ReleaseJson.whole(release, approvals.history(handle, release.id()))));
  }
}
