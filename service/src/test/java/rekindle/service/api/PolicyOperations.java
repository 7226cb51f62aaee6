package rekindle.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.RunningService.json;
import static rekindle.service.api.Exchanges.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import rekindle.service.EditedWorkbooks;
import rekindle.service.RunningService;

/** Every operation on policies, in a story that leaves the first release active. */
final class PolicyOperations {
  private static final String RELEASES = "/v1/policies/releases";

  private final RunningService service;
  private final Exchanges exchanges;
  private final String author;
  private final String approver;

  PolicyOperations(RunningService service, Exchanges exchanges) throws Exception {
    this.service = service;
    this.exchanges = exchanges;
    author = service.newKey("author");
    approver = service.newKey("approver");
  }

  void all() throws Exception {
    byte[] segments = download(RELEASES + "/active/segments.xlsx");
    String first = json(exchanges.get("/v1/policies", author)).at("/active/id").textValue();
    String club = uploaded(EditedWorkbooks.withProgram(segments, "club", 20));
    String gym = zipped(EditedWorkbooks.withProgram(segments, "gym", 30));
    looks(club);
    impacts(club);
    approves(club);
    tries(club);
    activates(club);
    merges(gym);
    post("/v1/policies/rollback", "{\"reason\":\"only tried\"}", approver);
    JsonNode policy = json(exchanges.get("/v1/policies", approver));
    assertThat(policy.at("/active/id").textValue()).isEqualTo(first);
    post(RELEASES + "/" + gym + "/submit", "{}", author);
    post(RELEASES + "/" + gym + "/reject", "{\"reason\":\"no gym\"}", approver);
  }

  /** A file is no text, so it is fetched past the document. */
  private byte[] download(String path) throws Exception {
    exchanges.get(path, author);
    var client = java.net.http.HttpClient.newHttpClient();
    return client
        .send(service.request(path, author).GET().build(), HttpResponse.BodyHandlers.ofByteArray())
        .body();
  }

  private String uploaded(byte[] segments) throws Exception {
    byte[] form = EditedWorkbooks.form("segments", segments, "for the club");
    HttpRequest.Builder request =
        service
            .request(RELEASES, author)
            .header("Content-Type", "multipart/form-data; boundary=" + EditedWorkbooks.BOUNDARY)
            .POST(BodyPublishers.ofByteArray(form));
    JsonNode draft = json(exchanges.sendOnce("POST", RELEASES, request));
    assertThat(draft.path("errors").intValue()).as("%s", draft.path("findings")).isZero();
    assertThat(draft.path("title").textValue()).isEqualTo("for the club");
    return draft.path("id").textValue();
  }

  private String zipped(byte[] segments) throws Exception {
    HttpRequest.Builder request =
        service
            .request(RELEASES, author)
            .header("Content-Type", "application/zip")
            .POST(BodyPublishers.ofByteArray(EditedWorkbooks.zip("segments", segments)));
    HttpResponse<String> draft = exchanges.send("POST", RELEASES, request);
    assertThat(draft.statusCode()).isEqualTo(201);
    assertThat(exchanges.send("POST", RELEASES, request).statusCode()).isEqualTo(200);
    return json(draft).path("id").textValue();
  }

  private void looks(String id) throws Exception {
    String release = RELEASES + "/" + id;
    exchanges.get(RELEASES + "?state=draft", approver);
    exchanges.get(release, approver);
    JsonNode diff = json(exchanges.get(release + "/diff", approver));
    assertThat(diff.at("/changes/0/id").textValue()).isEqualTo("DORM-CLUB");
    exchanges.get(release + "/segments.xlsx?annotated=true", author);
    post(release + "/comments", "{\"comment\":\"see the contract with the club\"}", author);
  }

  private void impacts(String id) throws Exception {
    String impacts = RELEASES + "/" + id + "/impacts";
    var started =
        exchanges.sendOnce(
            "POST",
            impacts,
            exchanges.with("POST", impacts, author, JSON, "{\"recordedDays\":7,\"sample\":100}"));
    String job = json(started).at("/links/self").textValue();
    exchanges.get(impacts, approver);
    exchanges.get(job, approver);
    exchanges.get(job + "/text", approver);
    exchanges.post(job + "/cancel", author);
  }

  private void approves(String id) throws Exception {
    String release = RELEASES + "/" + id;
    post(release + "/submit", "{}", author);
    post(release + "/withdraw", "{\"comment\":\"a moment\"}", author);
    post(release + "/submit", "{\"comment\":\"now\"}", author);
    JsonNode approved = post(release + "/approve", "{}", approver);
    assertThat(approved.path("state").textValue()).isEqualTo("approved");
  }

  private void tries(String id) throws Exception {
    String release = RELEASES + "/" + id;
    exchanges.post(release + "/shadow", author);
    exchanges.get(release + "/shadow", author);
    post(release + "/shadow/end", "{\"reason\":\"seen enough\"}", author);
    post(release + "/pilot", "{\"persons\":[\"told-p-1\"],\"share\":\"0.05\"}", approver);
    exchanges.get(release + "/pilot", approver);
    post(release + "/pilot/end", "{}", approver);
  }

  private void activates(String id) throws Exception {
    String release = RELEASES + "/" + id;
    Instant later = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    JsonNode scheduled = post(release + "/activate", "{\"at\":\"" + later + "\"}", approver);
    assertThat(scheduled.path("state").textValue()).isEqualTo("scheduled");
    post(release + "/unschedule", "{}", approver);
    String activate = release + "/activate";
    HttpRequest.Builder once =
        exchanges.with("POST", activate, approver, JSON, "{}").header("Idempotency-Key", "switch");
    for (int i = 0; i < 2; i++) {
      JsonNode active = json(exchanges.send("POST", activate, once));
      assertThat(active.path("state").textValue()).isEqualTo("active");
    }
  }

  private void merges(String id) throws Exception {
    String merge = RELEASES + "/" + id + "/merge";
    var draft = exchanges.post(merge, author);
    assertThat(draft.statusCode()).isEqualTo(201);
    assertThat(exchanges.post(merge, author).statusCode()).isEqualTo(200);
    String diff = json(draft).at("/links/diff").textValue();
    JsonNode changes = json(exchanges.get(diff, author)).path("changes");
    assertThat(changes).hasSize(1);
    assertThat(changes.at("/0/id").textValue()).isEqualTo("DORM-GYM");
  }

  private JsonNode post(String path, String body, String key) throws Exception {
    return json(exchanges.send("POST", path, key, JSON, body));
  }
}
