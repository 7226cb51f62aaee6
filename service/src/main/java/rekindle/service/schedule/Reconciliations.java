package rekindle.service.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.json.CanonicalJson;
import rekindle.json.JsonProblem;
import rekindle.json.Rfc3339;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.schedule.Outcomes.Telling;
import rekindle.service.schedule.ReconcileReport.Line;
import rekindle.service.schedule.ReconcileReport.Result;
import rekindle.service.store.AuditEvent;
import rekindle.service.store.DecisionStore;
import rekindle.service.store.ReconciliationStore;
import rekindle.service.store.Wakes;

/**
 * Holds a platform's own list of what it accepted against the ledger (RELIABILITY, section 2.7),
 * and settles what that settles: doubt ends, and what was handed over without our knowing, as by a
 * process whose database was restored since, counts as if it had been told in its time.
 * Thread-safe.
 */
public final class Reconciliations {
  private static final int TOLD_AT_ONCE = 500;

  private final Outcomes outcomes;
  private final TimeOrderedIds ids;

  public Reconciliations(Outcomes outcomes, TimeOrderedIds ids) {
    this.outcomes = outcomes;
    this.ids = ids;
  }

  /**
   * Compares and settles, in the caller's transaction.
   *
   * @param client who brings the list
   * @param person who holds that client's keys
   * @throws ProblemException if there is no such client, or the span holds too many touches
   */
  public ReconcileReport reconcile(Handle handle, PlatformList list, String client, String person) {
    requireClient(handle, list.client());
    var comparison = new Comparison(handle, list);
    comparison.run();
    outcomes(handle, comparison.told(), client);
    Wakes.wake(handle, comparison.release());
    ReconcileReport report = comparison.report(ids.next());
    ReconciliationStore.record(handle, result(report, client));
    DecisionStore.append(handle, List.of(event(report, client, person)));
    return report;
  }

  /** Of a name that is mistyped everything would be recorded as made by somebody else. */
  private static void requireClient(Handle handle, @Nullable String client) {
    if (client != null && !ReconciliationStore.isClient(handle, client)) {
      throw new ProblemException(
          Problem.invalidInput(
              List.of(
                  new JsonProblem(
                      "/client",
                      "there is no client \""
                          + client
                          + "\" and no touch that it leased; GET /v1/clients lists those that there are"))));
    }
  }

  private void outcomes(Handle handle, List<Telling> told, String client) {
    for (int from = 0; from < told.size(); from += TOLD_AT_ONCE) {
      List<Telling> some = told.subList(from, Math.min(told.size(), from + TOLD_AT_ONCE));
      outcomes.take(handle, some, client);
    }
  }

  private static ReconciliationStore.Result result(ReconcileReport report, String client) {
    PlatformList list = report.list();
    List<Instant> unlogged = report.theirsOnly().stream().map(Line::at).sorted().toList();
    return new ReconciliationStore.Result(
        report.id(),
        list.route(),
        list.client(),
        list.from(),
        list.to(),
        report.listed(),
        report.both().size(),
        report.oursOnly().size(),
        unlogged.size(),
        unlogged.isEmpty() ? null : unlogged.get(0),
        unlogged.isEmpty() ? null : unlogged.get(unlogged.size() - 1),
        client);
  }

  private AuditEvent event(ReconcileReport report, String client, String person) {
    PlatformList list = report.list();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("actor", client)
        .put("both", report.both().size())
        .put("client", list.client())
        .put("from", Rfc3339.format(list.from()))
        .put("handedOver", ReconcileReport.count(report.both(), Result.HANDED_OVER))
        .put("kind", "reconcile_report")
        .put("listed", report.listed())
        .put("oursOnly", report.oursOnly().size())
        .put("person", person)
        .put("reconciliation", report.id().toString())
        .put("recorded", ReconcileReport.count(report.theirsOnly(), Result.RECORDED))
        .put("released", ReconcileReport.count(report.oursOnly(), Result.RELEASED))
        .put("repeated", report.repeated().size())
        .put("route", list.route())
        .put("theirsOnly", report.theirsOnly().size())
        .put("to", Rfc3339.format(list.to()))
        .put("unjudged", report.unjudged())
        .put("v", 1);
    return new AuditEvent(ids.next(), "reconcile_report", null, CanonicalJson.of(body));
  }
}
