package rekindle.service.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.json.Check;
import rekindle.json.JsonFields;
import rekindle.json.Rfc3339;
import rekindle.service.access.Caller;
import rekindle.service.access.Client;
import rekindle.service.access.Clients;
import rekindle.service.access.IdempotencyKeys;
import rekindle.service.access.IdempotencyKeys.Answer;
import rekindle.service.access.NewKey;
import rekindle.service.access.Role;

/** Clients, their roles and their keys. */
@Path("/v1/clients")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public final class ClientsResource {
  private static final int LONGEST_NAME = 63;
  private static final byte[] NO_BODY = {};

  private static final Check NAME =
      Check.form(
          Clients.NAME,
          "is no name of a client; write 1 to 63 of a-z, 0-9, dot, dash and underscore, a letter"
              + " first");

  private static final Check PERSON =
      Check.form(
          Clients.NAME,
          "is no staff id; write 1 to 63 of a-z, 0-9, dot, dash and underscore, a letter first, and"
              + " no name");

  private final Jdbi jdbi;
  private final Clients clients;
  private final IdempotencyKeys idempotency;

  public ClientsResource(Jdbi jdbi, Clients clients, IdempotencyKeys idempotency) {
    this.jdbi = jdbi;
    this.clients = clients;
    this.idempotency = idempotency;
  }

  private record NewClient(String name, String person, Set<Role> roles) {}

  @GET
  public Response list() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    var listed = all.putArray("clients");
    jdbi.withHandle(clients::list).forEach(client -> listed.add(json(client)));
    return IdempotencyKeys.response(answer(200, all));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(
      @Auth Caller caller, JsonBody body, @Context ContainerRequestContext request) {
    NewClient wanted = body.as(ClientsResource::newClient);
    return once(
        caller,
        request,
        body,
        handle ->
            answer(
                201,
                json(
                    clients.create(
                        handle, caller.client(), wanted.name, wanted.person, wanted.roles))));
  }

  @GET
  @Path("{name}")
  public Response get(@PathParam("name") String name) {
    Client client = jdbi.withHandle(handle -> clients.get(handle, name));
    return IdempotencyKeys.response(answer(200, json(client)));
  }

  @PUT
  @Path("{name}/roles")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response changeRoles(
      @PathParam("name") String name,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    Set<Role> roles = body.as(ClientsResource::roles);
    return once(
        caller,
        request,
        body,
        handle -> answer(200, json(clients.changeRoles(handle, caller.client(), name, roles))));
  }

  @PUT
  @Path("{name}/person")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response changePerson(
      @PathParam("name") String name,
      @Auth Caller caller,
      JsonBody body,
      @Context ContainerRequestContext request) {
    String person = body.as(ClientsResource::person);
    return once(
        caller,
        request,
        body,
        handle -> answer(200, json(clients.changePerson(handle, caller.client(), name, person))));
  }

  @POST
  @Path("{name}/disable")
  public Response disable(
      @PathParam("name") String name,
      @Auth Caller caller,
      @Context ContainerRequestContext request) {
    return once(
        caller,
        request,
        null,
        handle -> answer(200, json(clients.disable(handle, caller.client(), name))));
  }

  @POST
  @Path("{name}/enable")
  public Response enable(
      @PathParam("name") String name,
      @Auth Caller caller,
      @Context ContainerRequestContext request) {
    return once(
        caller,
        request,
        null,
        handle -> answer(200, json(clients.enable(handle, caller.client(), name))));
  }

  /**
   * Issues a key, and shows it in this answer alone: what is kept for a repeat has null in its
   * place.
   */
  @POST
  @Path("{name}/keys")
  public Response issue(
      @PathParam("name") String name,
      @Auth Caller caller,
      @Context ContainerRequestContext request) {
    var issued = new NewKey[1];
    Response response =
        once(
            caller,
            request,
            null,
            handle -> {
              issued[0] = clients.issue(handle, caller.client(), name);
              return answer(201, json(issued[0].id(), null));
            });
    boolean isRepeat = response.getHeaderString(IdempotencyKeys.REPLAYED) != null;
    return isRepeat
        ? response
        : IdempotencyKeys.response(answer(201, json(issued[0].id(), issued[0].text())));
  }

  /** Answers nothing, in whatever format the caller takes. */
  @DELETE
  @Path("{name}/keys/{id}")
  @Produces(MediaType.WILDCARD)
  public Response revoke(
      @PathParam("name") String name,
      @PathParam("id") String id,
      @Auth Caller caller,
      @Context ContainerRequestContext request) {
    return once(
        caller,
        request,
        null,
        handle -> {
          clients.revoke(handle, caller.client(), name, id);
          return new Answer(204, "", NO_BODY);
        });
  }

  private Response once(
      Caller caller,
      ContainerRequestContext request,
      @Nullable JsonBody body,
      Function<Handle, Answer> effect) {
    byte[] bytes = body == null ? NO_BODY : body.bytes();
    return idempotency.once(jdbi, IdempotentRequest.of(request, caller, bytes), effect);
  }

  private static NewClient newClient(JsonFields fields) {
    String name = fields.text("name", LONGEST_NAME, NAME);
    if (name == null && fields.node("name") == null) {
      fields.problem("name", "is missing");
    }
    String person = fields.text("person", LONGEST_NAME, PERSON);
    String known = name == null ? "" : name;
    return new NewClient(known, person == null ? known : person, roles(fields));
  }

  private static String person(JsonFields fields) {
    String person = fields.text("person", LONGEST_NAME, PERSON);
    if (person == null && fields.node("person") == null) {
      fields.problem("person", "is missing");
    }
    return person == null ? "" : person;
  }

  private static Set<Role> roles(JsonFields fields) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String code : fields.codes("roles", Role.CODES)) {
      roles.add(Role.of(code));
    }
    var given = fields.node("roles");
    if (given == null || (given.isArray() && given.isEmpty())) {
      fields.problem("roles", "at least one role is needed; expected " + Role.CODES.codes());
    }
    return roles;
  }

  private static ObjectNode json(Client client) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", client.name());
    json.put("person", client.person());
    var roles = json.putArray("roles");
    client.roles().forEach(roles::add);
    json.put("createdAt", Rfc3339.format(client.createdAt()));
    json.put("disabledAt", instant(client.disabledAt()));
    var keys = json.putArray("keys");
    for (Client.Key key : client.keys()) {
      keys.addObject()
          .put("id", key.id())
          .put("createdAt", Rfc3339.format(key.createdAt()))
          .put("revokedAt", instant(key.revokedAt()))
          .put("lastUsedAt", instant(key.lastUsedAt()));
    }
    return json;
  }

  private static ObjectNode json(String id, @Nullable String key) {
    return JsonNodeFactory.instance.objectNode().put("id", id).put("key", key);
  }

  private static @Nullable String instant(@Nullable Instant at) {
    return at == null ? null : Rfc3339.format(at);
  }

  private static Answer answer(int status, ObjectNode json) {
    return new Answer(status, MediaType.APPLICATION_JSON, CanonicalJson.of(json));
  }
}
