package rekindle.service.api;

import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.PermitAll;
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
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import rekindle.json.LineReader;
import rekindle.service.access.Caller;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;

/** Operations of the kinds that the service has. */
@Path("/v1/toys")
@RolesAllowed("sender")
@Produces(MediaType.APPLICATION_JSON)
public final class Toys {
  private final Jdbi jdbi;
  private final IdempotencyKeys idempotency = new IdempotencyKeys();

  Toys(Jdbi jdbi) {
    this.jdbi = jdbi;
    jdbi.useHandle(h -> h.execute("create table if not exists toy (id text, client text)"));
  }

  static HealthCheck health() {
    return new HealthCheck() {
      @Override
      protected Result check() {
        return Result.healthy();
      }
    };
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public byte[] echo(JsonBody body) {
    return body.bytes();
  }

  @GET
  @Path("public")
  @PermitAll
  public String open() {
    return "{}";
  }

  @GET
  @Path("whoami")
  public String caller(@Auth Caller caller) {
    return "{\"client\":\"" + caller.client() + "\"}";
  }

  @GET
  @Path("{id}")
  public String one(@PathParam("id") String id, @QueryParam("count") Integer count) {
    return "{\"count\":" + count + "}";
  }

  @GET
  @Path("by-uuid/{id}")
  public String byUuid(@PathParam("id") UUID id) {
    return "{}";
  }

  @POST
  @Path("lines")
  @Consumes("application/x-ndjson")
  @BodyLimit(BodyLimit.UNLIMITED)
  public String lines(InputStream body) throws IOException {
    var lines = new LineReader(body, 1000);
    int good = 0;
    int bad = 0;
    for (var line = lines.next(); line.isPresent(); line = lines.next()) {
      if (line.get().problem() == null) {
        good++;
      } else {
        bad++;
      }
    }
    return "{\"good\":" + good + ",\"bad\":" + bad + "}";
  }

  @POST
  @Path("once")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response once(
      @Auth Caller caller, JsonBody body, @Context ContainerRequestContext request) {
    return idempotency.once(
        jdbi,
        IdempotentRequest.of(request, caller, body.bytes()),
        handle -> {
          String id = UUID.randomUUID().toString();
          handle.execute("insert into toy values (?, ?)", id, caller.client());
          if (body.node().path("fail").asBoolean()) {
            throw new ProblemException(Problem.notFound("toy", "x"));
          }
          String json = "{\"id\":\"" + id + "\"}";
          return new Answer(201, MediaType.APPLICATION_JSON, json.getBytes(StandardCharsets.UTF_8));
        });
  }

  @POST
  @Path("fail/{how}")
  public String fail(@PathParam("how") String how, @QueryParam("secret") String secret) {
    switch (how) {
      case "overloaded" -> throw new ProblemException(Problem.overloaded(3));
      case "unexpected" -> throw new IllegalStateException("known: " + secret);
      case "timeout" ->
          jdbi.useTransaction(
              handle -> {
                handle.execute("set local statement_timeout = '50ms'");
                handle.execute("select pg_sleep(60)");
              });
      case "constraint" ->
          jdbi.useHandle(
              h ->
                  h.createUpdate("insert into api_client (name) values (:s)")
                      .bind("s", secret)
                      .execute());
      case "unreachable" ->
          Jdbi.create("jdbc:postgresql://127.0.0.1:1/none").useHandle(h -> h.execute("select 1"));
      default -> throw new StackOverflowError(secret);
    }
    return "{}";
  }
}
