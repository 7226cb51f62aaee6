package rekindle.service.api;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import rekindle.service.optout.Preferences;
import rekindle.service.optout.Preferences.Standing;
import rekindle.service.optout.UnsubscribeLinks;
import rekindle.service.optout.UnsubscribeLinks.Link;
import rekindle.service.page.PreferencePage;
import rekindle.service.page.PreferencePage.State;
import rekindle.service.page.PreferencePage.View;

/**
 * The links in messages: GET shows how things stand, since scanners follow links; only POST acts,
 * also the one of a mail program's own button (RFC 8058). No login, no cookie, no script.
 */
@Path("/u/{token}")
@PermitAll
@Produces(MediaType.TEXT_HTML)
public final class UnsubscribeResource {
  private static final int FORM_BYTES = 64 << 10;

  private final UnsubscribeLinks links;
  private final Preferences preferences;
  private final PreferencePage page;

  public UnsubscribeResource(UnsubscribeLinks links, Preferences preferences, PreferencePage page) {
    this.links = links;
    this.preferences = preferences;
    this.page = page;
  }

  @GET
  public Response show(@PathParam("token") String token, @Context HttpHeaders headers) {
    Optional<Link> link = links.open(token);
    return link.isEmpty()
        ? unknown(headers)
        : page(200, view(link.get(), state(preferences.standing(link.get())), false), headers);
  }

  /**
   * Acts as the form says. Whatever else comes here is what a mail program sends for its reader,
   * and says no.
   */
  @POST
  @Consumes({
    MediaType.APPLICATION_FORM_URLENCODED,
    MediaType.MULTIPART_FORM_DATA,
    MediaType.WILDCARD
  })
  @BodyLimit(FORM_BYTES)
  public Response act(
      @PathParam("token") String token, @Context HttpHeaders headers, InputStream body)
      throws IOException {
    Optional<Link> found = links.open(token);
    if (found.isEmpty()) {
      return unknown(headers);
    }
    Link link = found.get();
    Map<String, String> form = form(body.readAllBytes(), headers.getMediaType());
    if (form.containsKey("resume")) {
      return resume(link, "yes".equals(form.get("agreed")), headers);
    }
    String stop = form.get("stop");
    Standing standing =
        preferences.stop(link, "all".equals(stop), stop == null ? "one_click" : "preference_page");
    return page(200, view(link, state(standing), true), headers);
  }

  private Response resume(Link link, boolean agreed, HttpHeaders headers) {
    if (!agreed || !preferences.isResumable(link)) {
      return show(link, headers);
    }
    String language = page.language(headers.getAcceptableLanguages());
    Standing standing =
        preferences.resume(link, page.consentText(language, link.channel().code()), language);
    State state = standing == Standing.OPEN ? State.RESUMED : State.NOT_RESUMED;
    return page(200, view(link, state, true), headers);
  }

  private Response show(Link link, HttpHeaders headers) {
    return page(200, view(link, state(preferences.standing(link)), false), headers);
  }

  private View view(Link link, State state, boolean done) {
    return new View(state, done, link.channel().code(), preferences.isResumable(link));
  }

  private static State state(Standing standing) {
    return switch (standing) {
      case OPEN -> State.ASKS;
      case STOPPED -> State.STOPPED;
      case STOPPED_ALL -> State.STOPPED_ALL;
    };
  }

  private Response unknown(HttpHeaders headers) {
    return page(404, new View(State.UNKNOWN_LINK, false, null, false), headers);
  }

  private Response page(int status, View view, HttpHeaders headers) {
    String language = page.language(headers.getAcceptableLanguages());
    return Response.status(status)
        .entity(page.html(view, language))
        .type("text/html;charset=utf-8")
        .header("Cache-Control", "no-store")
        .header("Content-Language", language)
        .header("Content-Security-Policy", page.policy())
        .header("Referrer-Policy", "no-referrer")
        .header("Vary", "Accept-Language")
        .header("X-Robots-Tag", "noindex")
        .build();
  }

  /** The fields of our own form; of any other body none. */
  private static Map<String, String> form(
      byte[] body, @org.jspecify.annotations.Nullable MediaType type) {
    Map<String, String> fields = new HashMap<>();
    if (type == null || !type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)) {
      return fields;
    }
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int at = pair.indexOf('=');
      if (at > 0) {
        fields.put(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
