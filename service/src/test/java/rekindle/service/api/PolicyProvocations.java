package rekindle.service.api;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;
import rekindle.service.EditedWorkbooks;
import rekindle.service.RunningService;
import rekindle.service.api.Provocations.Provocation;
import rekindle.service.openapi.Contract.Answer;
import rekindle.service.problem.ProblemType;

/**
 * How problems of policies come about; releases are put into the store as copies of the active one,
 * since checking an upload takes seconds.
 */
final class PolicyProvocations {
  private static final String RELEASES = "/v1/policies/releases/";

  private final RunningService service;
  private final String author;
  private final String approver;
  private final String both;

  PolicyProvocations(RunningService service) throws Exception {
    this.service = service;
    author = service.newKey("author");
    approver = service.newKey("approver");
    both = service.newKey("author", "approver");
  }

  void addTo(Map<ProblemType, Provocation> all) {
    put(
        all,
        ProblemType.RELEASE_STATE,
        "/approve",
        () -> post(copy("draft", 0), "/approve", approver));
    put(
        all,
        ProblemType.RELEASE_HAS_ERRORS,
        "/submit",
        () -> post(copy("draft", 1), "/submit", author));
    put(all, ProblemType.OWN_RELEASE, "/approve", this::approvesOwn);
    put(
        all,
        ProblemType.BASE_NOT_ACTIVE,
        "/submit",
        () -> {
          String id = copy("draft", 0);
          base(id, copy("retired", 0));
          return post(id, "/submit", author);
        });
    put(all, ProblemType.MERGE_CONFLICT, "/merge", this::merges);
    all.put(
        ProblemType.WORKBOOK_NOT_ANNOTATED,
        new Provocation("GET " + RELEASES + "{id}/{workbook}.xlsx", this::annotates));
    put(
        all,
        ProblemType.ACTIVATION_FAILED,
        "/activate",
        () -> {
          String id = copy("approved", 0);
          segments(id, new byte[] {'P', 'K', 3, 4});
          return post(id, "/activate", approver);
        });
    put(
        all,
        ProblemType.TRIAL_RUNNING,
        "/shadow",
        () -> {
          String id = copy("draft", 0);
          post(id, "/shadow", author);
          Answer second = post(id, "/shadow", author);
          post(id, "/shadow/end", author);
          return second;
        });
  }

  private static void put(
      Map<ProblemType, Provocation> all, ProblemType type, String action, Provocations.Call call) {
    all.put(type, new Provocation("POST " + RELEASES + "{id}" + action, call));
  }

  private Answer approvesOwn() throws Exception {
    String id = copy("submitted", 0);
    execute(
        "insert into release_author (release_id, person, client) select '"
            + id
            + "', person, name from api_client");
    return post(id, "/approve", both);
  }

  private Answer merges() throws Exception {
    byte[] segments =
        service
            .jdbi()
            .withHandle(
                h ->
                    h.createQuery(
                            "select bytes from release_workbook join active_release using (release_id) where name = 'segments'")
                        .mapTo(byte[].class)
                        .one());
    String base = copy("retired", 0);
    String mine = copy("draft", 0);
    String active = copy("retired", 0);
    segments(mine, EditedWorkbooks.withProgram(segments, "club", 20));
    segments(active, EditedWorkbooks.withProgram(segments, "club", 30));
    base(mine, base);
    String first =
        service
            .jdbi()
            .withHandle(
                h ->
                    h.createQuery("select release_id from active_release")
                        .mapTo(String.class)
                        .one());
    execute("update active_release set release_id = '" + active + "'");
    try {
      return post(mine, "/merge", author);
    } finally {
      execute("update active_release set release_id = '" + first + "'");
    }
  }

  private Answer annotates() throws Exception {
    String id = copy("draft", 0);
    segments(id, new byte[] {'P', 'K', 3, 4});
    return Answer.of(service.get(RELEASES + id + "/segments.xlsx?annotated=true", author));
  }

  /** A copy of the active release in some state. */
  private String copy(String state, int errors) {
    String half = UUID.randomUUID().toString().replace("-", "");
    String id = "sha256:" + half + half;
    execute(
        "insert into release select '"
            + id
            + "', manifest, engine, zones from release where id = (select release_id from active_release)");
    execute(
        "insert into release_workbook select '"
            + id
            + "', name, bytes from release_workbook where release_id = (select release_id from active_release)");
    execute(
        "insert into release_state (release_id, base_id, state, findings, errors, warnings, approver_person, approver_client) select '"
            + id
            + "', release_id, '"
            + state
            + "', '[]', "
            + errors
            + ", 0, 's-1', 'admin' from active_release");
    return id;
  }

  private void base(String id, String base) {
    execute("alter table release_state disable trigger guarded");
    execute("update release_state set base_id = '" + base + "' where release_id = '" + id + "'");
    execute("alter table release_state enable trigger guarded");
  }

  private void segments(String id, byte[] file) {
    service
        .jdbi()
        .useTransaction(
            h -> {
              h.execute("set local rekindle.erasure = 'on'");
              h.execute(
                  "update release_workbook set bytes = ? where release_id = ? and name = 'segments'",
                  file,
                  id);
            });
  }

  private void execute(String sql) {
    service
        .jdbi()
        .useTransaction(
            h -> {
              h.execute("set local rekindle.erasure = 'on'");
              h.execute(sql);
            });
  }

  private Answer post(String id, String action, String key) throws Exception {
    return Answer.of(
        service.send(
            service
                .request(RELEASES + id + action, key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))));
  }
}
