package rekindle.service.api;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import rekindle.service.openapi.OpenApiDocument;

/** The description of this API, for people and for generators of clients. */
@Path("/openapi.json")
@PermitAll
public final class OpenApiResource {
  private static final String CACHED = "public, max-age=3600";

  private final byte[] document = OpenApiDocument.json();

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response document() {
    return Response.ok(document).header("Cache-Control", CACHED).build();
  }
}
