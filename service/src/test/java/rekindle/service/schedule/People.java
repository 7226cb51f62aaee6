package rekindle.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static rekindle.service.RunningService.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import rekindle.service.RunningService;

/** People of a running service for whom something is due, and what is said of them. */
final class People {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final RunningService service;
  final String operator;
  final String sender;

  People(RunningService service) throws Exception {
    this.service = service;
    operator = service.newKey("operator", "auditor");
    sender = service.newKey("sender");
  }

  /** When somebody who went quiet did so, some months ago. */
  static String longAgo() {
    return Instant.now().minus(60, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A stalled trial in Ohio whom an e-mail may reach at any hour. */
  void stalled(String id) throws Exception {
    contact(id, stalledFields(id));
  }

  static String stalledFields(String id) {
    return "\"email\":\"%s@example.com\",\"relationship\":\"lead\",\"business\":\"b2b\",\"program\":\"b2b_saas\",\"funnel\":\"trial\",\"tags\":[\"price\"],\"lastEngagementAt\":\"%s\""
        .formatted(id, longAgo());
  }

  void contact(String id, String fields) throws Exception {
    HttpResponse<String> put =
        service.send(
            service
                .request("/v1/contacts/" + id, operator)
                .header("Content-Type", "application/json")
                .PUT(
                    BodyPublishers.ofString(
                        "{\"country\":\"US\",\"region\":\"OH\",\"timeZones\":[\"America/New_York\"],"
                            + fields
                            + "}")));
    assertThat(put.statusCode()).as(put.body()).isLessThan(300);
  }

  JsonNode post(String path, String key, String body) throws Exception {
    HttpResponse<String> answer = service.post(path, key, body);
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return json(answer);
  }

  JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = service.get(path, operator);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  void event(String contact, String fields) throws Exception {
    post(
        "/v1/events",
        sender,
        "{\"id\":\"%s\",\"contactId\":\"%s\",%s}".formatted(UUID.randomUUID(), contact, fields));
  }

  JsonNode confirm(String touch, String key) throws Exception {
    HttpResponse<String> answer =
        service.send(
            service
                .request("/v1/touches/" + touch + "/confirm", sender)
                .header("Idempotency-Key", touch + key)
                .POST(BodyPublishers.noBody()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  JsonNode lease(String fields) throws Exception {
    return post("/v1/touches/lease", sender, "{\"channels\":[\"email\"]," + fields + "}");
  }

  /** The one touch of a contact, once a platform that asks can have it. */
  JsonNode leased(String contact) throws Exception {
    JsonNode touches = lease("\"waitSeconds\":30").path("touches");
    assertThat(touches).as(touches.toString()).hasSize(1);
    assertThat(touches.get(0).path("contactId").textValue()).isEqualTo(contact);
    return touches.get(0);
  }

  /** A touch once it is as it should be. */
  JsonNode touch(String id, Predicate<JsonNode> wanted) throws Exception {
    return until("/v1/touches/" + id, wanted);
  }

  JsonNode until(String path, Predicate<JsonNode> wanted) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    JsonNode found = get(path);
    while (!wanted.test(found)) {
      assertThat(Instant.now()).as(found.toString()).isBefore(end);
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
      found = get(path);
    }
    return found;
  }

  /** The last look at the person of a contact, once it is as it should be. */
  String look(String contact, Predicate<String> wanted) {
    Instant end = Instant.now().plus(PATIENCE);
    String found = "";
    while (!wanted.test(found)) {
      assertThat(Instant.now()).as(found).isBefore(end);
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
      found =
          service
              .jdbi()
              .withHandle(
                  handle ->
                      handle
                          .createQuery(
                              "select coalesce(l.verdict, '') || ' ' || array_to_string(l.reasons, ',')"
                                  + " from next_look l join contact_person cp using (person_id)"
                                  + " where cp.contact_id = :contact")
                          .bind("contact", contact)
                          .mapTo(String.class)
                          .findOne()
                          .orElse(""));
    }
    return found;
  }

  /** Waits for a look at the person of a contact after all that was told of it. */
  void looked(String contact) {
    Instant end = Instant.now().plus(PATIENCE);
    while (isDue(contact)) {
      assertThat(Instant.now()).as(contact).isBefore(end);
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }

  private boolean isDue(String contact) {
    return service
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select l.due_at <= clock_timestamp()"
                            + " from next_look l join contact_person cp using (person_id)"
                            + " where cp.contact_id = :contact")
                    .bind("contact", contact)
                    .mapTo(Boolean.class)
                    .one());
  }

  private static final String STALLED_HEADER =
      "id,country,region,time_zone,email,relationship,business,program,funnel,tags,last_engagement_at\n";

  /** Rows of a file with people as {@link #stalled} makes them one by one. */
  static String stalledFile(List<String> ids) {
    var csv = new StringBuilder(STALLED_HEADER);
    ids.forEach(
        id ->
            csv.append(
                "%1$s,US,OH,America/New_York,%1$s@example.com,lead,b2b,b2b_saas,trial,price,%2$s\n"
                    .formatted(id, longAgo())));
    return csv.toString();
  }

  /** Writes people by a file: one request a person would be a commit each. */
  static void stalled(ServiceProcess service, List<String> ids) throws Exception {
    HttpResponse<String> answer =
        service.send(
            service
                .request("/v1/imports?type=contacts")
                .header("Content-Type", "text/csv; charset=utf-8")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(stalledFile(ids))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).contains("\"errors\":0");
  }
}
