package rekindle.service.api;

import static rekindle.service.RunningService.ADMIN_KEY;
import static rekindle.service.RunningService.json;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import rekindle.service.RunningService;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.openapi.Contract.Answer;
import rekindle.service.problem.ProblemType;
import rekindle.service.store.DecisionStore;

/** How each type of problem comes about on a service with small limits. */
final class Provocations {
  private static final int TRIES_MAX = 2_000;

  private final RunningService service;
  private final String sender;
  private final String operator;

  Provocations(RunningService service) throws Exception {
    this.service = service;
    sender = service.newKey("sender");
    operator = service.newKey("operator");
  }

  /** A request, and what came back. */
  interface Call {
    Answer answer() throws Exception;
  }

  /**
   * How a problem comes about.
   *
   * @param operation method and path; empty if the request comes to no operation
   */
  record Provocation(String operation, Call call) {}

  /** One for each type. */
  Map<ProblemType, Provocation> all() throws Exception {
    var all = new EnumMap<ProblemType, Provocation>(ProblemType.class);
    ofTheRequest(all);
    ofTheCaller(all);
    ofTheStore(all);
    ofTheServer(all);
    new PolicyProvocations(service).addTo(all);
    new PeopleProvocations(service).addTo(all);
    return all;
  }

  private void ofTheRequest(Map<ProblemType, Provocation> all) {
    put(all, ProblemType.INVALID_INPUT, "POST /v1/decisions", () -> decide("{\"asOff\":1}"));
    put(
        all,
        ProblemType.BAD_REQUEST,
        "POST /v1/resolve",
        () -> send(body("/v1/resolve", sender, "{}").header("Content-Encoding", "gzip")));
    put(
        all,
        ProblemType.INVALID_IDEMPOTENCY_KEY,
        "POST /v1/decisions",
        () ->
            send(
                body("/v1/decisions", sender, "{\"contactId\":\"none\"}")
                    .header("Idempotency-Key", "a b")));
    put(
        all,
        ProblemType.NOT_FOUND,
        "GET /v1/decisions/{id}",
        () -> get("/v1/decisions/" + UUID.randomUUID(), sender));
    put(
        all,
        ProblemType.NOT_ACCEPTABLE,
        "GET /v1/clients",
        () -> send(service.request("/v1/clients", ADMIN_KEY).header("Accept", "image/png")));
    put(
        all,
        ProblemType.PAYLOAD_TOO_LARGE,
        "POST /v1/resolve",
        () -> send(body("/v1/resolve", sender, " ".repeat(5000) + "{}")));
    put(
        all,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        "POST /v1/resolve",
        () ->
            send(
                service
                    .request("/v1/resolve", sender)
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString("{}"))));
    put(
        all,
        ProblemType.URI_TOO_LONG,
        "GET /v1/clients",
        () -> get("/v1/clients?x=" + "x".repeat(20_000), ADMIN_KEY));
    put(
        all,
        ProblemType.HEADERS_TOO_LARGE,
        "GET /v1/clients",
        () -> send(service.request("/v1/clients", ADMIN_KEY).header("X", "x".repeat(20_000))));
  }

  private void ofTheCaller(Map<ProblemType, Provocation> all) {
    String clients = "/v1/clients";
    put(all, ProblemType.UNAUTHENTICATED, "GET " + clients, () -> get(clients, "wrong"));
    put(all, ProblemType.FORBIDDEN, "GET " + clients, () -> get(clients, sender));
    put(
        all,
        ProblemType.RATE_LIMITED,
        "GET " + clients,
        () -> {
          String hasty = service.newKey("admin");
          return firstWithStatus(429, () -> get(clients, hasty));
        });
    put(
        all,
        ProblemType.CLIENT_EXISTS,
        "POST " + clients,
        () -> send(body(clients, ADMIN_KEY, "{\"name\":\"admin\",\"roles\":[\"sender\"]}")));
    put(
        all,
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        "POST " + clients,
        () -> {
          String client = "{\"name\":\"%s\",\"roles\":[\"sender\"]}";
          send(once(clients, client.formatted("first")));
          return send(once(clients, client.formatted("second")));
        });
    put(
        all,
        ProblemType.TOO_MANY_KEYS,
        "POST " + clients + "/first/keys",
        () -> {
          send(body(clients, ADMIN_KEY, "{\"name\":\"rich\",\"roles\":[\"sender\"]}"));
          return firstWithStatus(409, () -> send(body(clients + "/rich/keys", ADMIN_KEY, "")));
        });
    put(
        all,
        ProblemType.LAST_ADMIN_KEY,
        "POST " + clients + "/admin/disable",
        () -> {
          // Whoever hit the rate limit is an admin too.
          service
              .jdbi()
              .useHandle(
                  handle ->
                      handle.execute(
                          "update api_client set roles = '{sender}'"
                              + " where 'admin' = any(roles) and name <> 'admin'"));
          return send(body(clients + "/admin/disable", ADMIN_KEY, ""));
        });
  }

  private void ofTheStore(Map<ProblemType, Provocation> all) {
    put(
        all,
        ProblemType.CONTACT_HELD_BACK,
        "GET /v1/contacts/held/next-best-touch",
        () -> {
          send(csv("/v1/imports?type=contacts", "id,country\nheld,UK\n"));
          return get("/v1/contacts/held/next-best-touch", sender);
        });
    put(
        all,
        ProblemType.RELEASE_UNREADABLE,
        "POST /v1/decisions",
        () ->
            decide(
                "{\"facts\":{\"contact\":{\"id\":\"x\"}},\"release\":\"" + unreadable() + "\"}"));
    put(
        all,
        ProblemType.REPLAY_DIFFERS,
        "GET /v1/decisions/{id}/explanation",
        () -> get("/v1/decisions/" + changedDecision() + "/explanation", sender));
    put(
        all,
        ProblemType.INTERNAL_ERROR,
        "GET /v1/imports",
        () -> {
          rename("import_job", "import_job_away");
          try {
            return get("/v1/imports", operator);
          } finally {
            rename("import_job_away", "import_job");
          }
        });
    put(
        all,
        ProblemType.STORE_UNAVAILABLE,
        "GET /v1/imports",
        () ->
            service
                .jdbi()
                .inTransaction(
                    handle -> {
                      handle.execute("lock table import_job in access exclusive mode");
                      return get("/v1/imports", operator);
                    }));
  }

  private void ofTheServer(Map<ProblemType, Provocation> all) {
    put(
        all,
        ProblemType.METHOD_NOT_ALLOWED,
        "",
        () -> send(service.request("/v1/decisions", sender).DELETE()));
    put(all, ProblemType.VERSION_NOT_SUPPORTED, "", () -> raw("GET /alive HTTP/7.3\r\n\r\n"));
    put(
        all,
        ProblemType.REQUEST_TIMEOUT,
        "POST /v1/resolve",
        () ->
            Answer.parsed(
                new RawClient(service.port())
                    .sendAndWait(head("/v1/resolve", sender, "application/json") + "5\r\n{")));
    put(all, ProblemType.OVERLOADED, "POST /v1/imports", this::overload);
  }

  private static void put(
      Map<ProblemType, Provocation> all, ProblemType type, String operation, Call call) {
    all.put(type, new Provocation(operation, call));
  }

  /** Imports that never end, one more each time, until there is no place for another. */
  private Answer overload() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      return firstWithStatus(
          503,
          () -> {
            var socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
            sockets.add(socket);
            String start = head("/v1/imports?type=contacts", operator, "text/csv") + endless();
            socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return sendOnALiveConnection(csv("/v1/imports?type=contacts", "id\n"));
          });
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /**
   * The server closes a connection whose body it refused; the client may just have picked that one.
   */
  private Answer sendOnALiveConnection(HttpRequest.Builder request) throws Exception {
    try {
      return send(request);
    } catch (IOException closed) {
      return send(request);
    }
  }

  /** Longer than what is read ahead of an import, and of fewer rows than are written at once. */
  private static String endless() {
    var rows = new StringBuilder("id\n");
    for (int i = 0; i < 500; i++) {
      rows.append("row-").append(i).append("-".repeat(160)).append('\n');
    }
    return Integer.toHexString(rows.length()) + "\r\n" + rows + "\r\n";
  }

  private static Answer firstWithStatus(int status, Call call) throws Exception {
    Answer last = call.answer();
    for (int i = 0; i < TRIES_MAX && last.status() != status; i++) {
      last = call.answer();
    }
    return last;
  }

  private static String head(String path, String key, String type) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + key
        + "\r\nContent-Type: "
        + type
        + "\r\nTransfer-Encoding: chunked\r\n\r\n";
  }

  private Answer raw(String request) throws IOException {
    return Answer.parsed(new RawClient(service.port()).send(request));
  }

  private Answer get(String path, String key) throws Exception {
    return Answer.of(service.get(path, key));
  }

  private Answer send(HttpRequest.Builder request) throws Exception {
    return Answer.of(service.send(request));
  }

  private Answer decide(String json) throws Exception {
    return send(body("/v1/decisions", sender, json));
  }

  private HttpRequest.Builder body(String path, String key, String json) {
    return service
        .request(path, key)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  private HttpRequest.Builder once(String path, String json) {
    return body(path, ADMIN_KEY, json).header("Idempotency-Key", "one");
  }

  private HttpRequest.Builder csv(String path, String csv) {
    return service
        .request(path, operator)
        .header("Content-Type", "text/csv")
        .POST(BodyPublishers.ofString(csv));
  }

  private void rename(String table, String name) {
    service
        .jdbi()
        .useHandle(handle -> handle.execute("alter table %s rename to %s".formatted(table, name)));
  }

  /** A release whose one workbook is none. */
  private String unreadable() {
    String id = "sha256:" + "0".repeat(64);
    service
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  "insert into release (id, manifest, engine, zones)"
                      + " select ?, manifest, engine, zones from release limit 1",
                  id);
              handle.execute(
                  "insert into release_workbook (release_id, name, bytes) values (?, 'segments', ?)",
                  id,
                  new byte[] {1, 2, 3});
            });
    return id;
  }

  /** A decision that was never made so: another contact's name stands in it. */
  private UUID changedDecision() throws Exception {
    String kept =
        json(service.send(
                body(
                    "/v1/decisions",
                    sender,
                    "{\"facts\":{\"contact\":{\"id\":\"before\"}},\"record\":true}")))
            .get("id")
            .textValue();
    UUID id = new TimeOrderedIds(Clock.systemUTC()).next();
    byte[] outcome =
        new DecisionStore(service.jdbi()).find(UUID.fromString(kept)).orElseThrow().outcome();
    String changed = new String(outcome, StandardCharsets.UTF_8).replace("\"before\"", "\"after\"");
    service
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into decision (id, contact_id, release_id, as_of, verdict, recheck_at, facts,
                                              outcome, salt, client)
                        select :id, contact_id, release_id, as_of, verdict, recheck_at, facts, :outcome,
                               salt, client
                          from decision where id = :kept
                        """)
                    .bind("id", id)
                    .bind("outcome", changed.getBytes(StandardCharsets.UTF_8))
                    .bind("kept", UUID.fromString(kept))
                    .execute());
    return id;
  }
}
