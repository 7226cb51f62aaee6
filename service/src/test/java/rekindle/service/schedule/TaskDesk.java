package rekindle.service.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import rekindle.service.RunningService;

/** Tasks of a running service, and what whoever does them asks and tells. */
final class TaskDesk {
  private final People people;

  TaskDesk(People people) {
    this.people = people;
  }

  /** A service that looks at people and can write to them. */
  static RunningService service() {
    return RunningService.ofItsOwn(
        configuration -> {
          ((ObjectNode) configuration.get("schedule")).put("running", true);
          ObjectNode pages = configuration.putObject("publicPages");
          pages.put("baseUrl", "https://news.example.com");
          pages
              .putObject("brand")
              .put("name", "Acme")
              .put("contact", "help@example.com")
              .put("postalAddress", "1 High Street, Springfield, OH 45501");
        });
  }

  /** Somebody with a stalled deal who got the first e-mail eight days ago: LinkedIn is next. */
  JsonNode task(String id) throws Exception {
    Instant entered = Instant.now().minus(8, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    String stop = stop();
    people.contact(
        id,
        "\"linkedin\":\"connected\",\"email\":\"%s@example.com\",\"relationship\":\"lead\",\"business\":\"b2b\",\"program\":\"b2b_saas\",\"lastEngagementAt\":\"%s\",\"deals\":[{\"id\":\"d-%s\",\"stage\":\"proposal\",\"outcome\":\"open\"}]"
            .formatted(id, People.longAgo(), id));
    people.look(id, look -> look.contains("stopped"));
    people
        .service
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  "insert into journey (contact_id, sequence, entered_at) values (?, 'stalled', ?)",
                  id,
                  entered);
              handle.execute(
                  "insert into touch (id, contact_id, sequence, step, channel, at, outcome) values (?, ?, 'stalled', 1, 'email', ?, 'delivered')",
                  "t-" + id,
                  id,
                  entered);
            });
    lift(stop);
    JsonNode tasks =
        people.until(
            "/v1/tasks?channel=linkedin",
            found -> found.path("tasks").findValuesAsText("contactId").contains(id));
    return of(id, tasks);
  }

  /** The open follow-up of a contact, once there is one. */
  JsonNode followUp(String contact) throws Exception {
    JsonNode tasks =
        people.until(
            "/v1/tasks",
            found -> found.path("tasks").findValuesAsText("contactId").contains(contact));
    return of(contact, tasks);
  }

  /** Ids of all follow-ups that a contact ever had. */
  List<String> followUps(String contact) {
    return people
        .service
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select id from task where kind = 'follow_up' and contact_id = :contact")
                    .bind("contact", contact)
                    .mapTo(String.class)
                    .list());
  }

  boolean isRecorded(String decision) {
    return people
        .service
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select exists (select from decision where id::text = :id)")
                    .bind("id", decision)
                    .mapTo(Boolean.class)
                    .one());
  }

  private static JsonNode of(String contact, JsonNode tasks) {
    for (JsonNode task : tasks.path("tasks")) {
      if (task.path("contactId").textValue().equals(contact)) {
        return task;
      }
    }
    throw new AssertionError(tasks);
  }

  /** Stops the sequence that the people here are in. */
  String stop() throws Exception {
    return people
        .post(
            "/v1/schedule/stops",
            people.operator,
            "{\"kind\":\"sequence\",\"name\":\"stalled\",\"reason\":\"not yet\"}")
        .path("id")
        .textValue();
  }

  void lift(String stop) throws Exception {
    people.post("/v1/schedule/stops/" + stop + "/lift", people.operator, "{\"reason\":\"now\"}");
  }

  JsonNode claim(JsonNode task) throws Exception {
    return claim(task, people.operator);
  }

  JsonNode claim(JsonNode task, String key) throws Exception {
    return people.post("/v1/tasks/" + task.path("id").textValue() + "/claim", key, "");
  }

  JsonNode done(JsonNode task, String key, String disposition) throws Exception {
    return people.post(
        "/v1/tasks/" + task.path("id").textValue() + "/done",
        key,
        "{\"disposition\":\"" + disposition + "\"}");
  }

  /** The time of whoever has a task in hand is over. */
  void runOut(JsonNode task) {
    update("update task set claimed_until = now() - interval '1 second' where id::text = ?", task);
  }

  /** A task becomes of no use so long from now. */
  void due(JsonNode task, String interval) {
    update("update task set due_by = now() + interval '" + interval + "' where id::text = ?", task);
  }

  /** What should have been told of a task's touch by now was not. */
  void late(JsonNode task) {
    update(
        "update touch t set watch_until = now() - interval '1 second'"
            + " from task k where k.touch_id = t.id and k.id::text = ?",
        task);
  }

  private void update(String sql, JsonNode task) {
    String id = task.path("id").textValue();
    people.service.jdbi().useHandle(handle -> handle.execute(sql, id));
  }

  JsonNode find(JsonNode task) throws Exception {
    return people.get("/v1/tasks/" + task.path("id").textValue());
  }

  JsonNode touch(JsonNode task) throws Exception {
    return people.get("/v1/touches/" + task.path("touchId").textValue());
  }

  JsonNode decided(String contact) throws Exception {
    return RunningService.json(
        people.service.get(
            "/v1/contacts/" + contact + "/next-best-touch?record=false", people.sender));
  }

  List<String> denials(String contact, String channel) throws Exception {
    return decided(contact).at("/channels/" + channel + "/denials").findValuesAsText("code");
  }
}
