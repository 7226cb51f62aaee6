package rekindle.service.policy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.release.ReleaseArchive;
import rekindle.service.database.Partitions;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.policy.PolicyEvents.Actor;
import rekindle.service.store.ReleaseStore;

/** Releases in a real database, whose workbooks nobody needs to read. */
final class PolicyStore {
  static final Actor ANNA = new Actor("anna", "s-1");
  static final Actor BEN = new Actor("ben", "s-2");
  static final Actor PAUL = new Actor("paul", "s-3");

  final Jdbi jdbi;
  final ReleaseStore releases;
  final PolicyEvents events;
  final Approvals approvals;
  final Activations activations;
  final Trials trials;
  final ActivePolicy policy;

  PolicyStore(Jdbi jdbi) {
    this.jdbi = jdbi;
    Partitions.extend(jdbi);
    releases = new ReleaseStore(jdbi);
    var ids = new TimeOrderedIds(Clock.systemUTC());
    events = new PolicyEvents(ids);
    approvals = new Approvals(events);
    activations = new Activations(events);
    trials = new Trials(events, ids);
    policy = new ActivePolicy(jdbi);
  }

  /** Empties what a test before may have left, and starts with the release {@code first}. */
  void reset() {
    jdbi.useTransaction(
        handle -> {
          handle.execute("set local rekindle.erasure = 'on'");
          handle.execute(
              """
              truncate active_release, activation, pilot, pilot_person, shadow, service_process,
                release_event, release_author, release_state, release_workbook, release, api_key,
                api_client, audit_event cascade
              """);
        });
    releases.saveFirst(archive("first"), "[]".getBytes(StandardCharsets.UTF_8), 0);
    for (Actor actor : List.of(ANNA, BEN, PAUL)) {
      client(actor.client(), actor.person());
    }
  }

  void client(String name, String person) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into api_client (name, person, roles) values (?, ?, '{}')", name, person));
  }

  private static ReleaseArchive archive(String id) {
    return new ReleaseArchive(id, "manifest of " + id, "engine", "zones", new TreeMap<>());
  }

  /** A draft of the active release. */
  String draft(String id, Actor author) {
    return draft(id, author, 0);
  }

  String draft(String id, Actor author, int errors) {
    jdbi.useTransaction(
        handle -> {
          releases.save(handle, archive(id));
          handle
              .createUpdate(
                  """
                  insert into release_state (release_id, base_id, state, findings, errors, warnings)
                  select :id, release_id, 'draft', '[]', :errors, 0 from active_release
                  """)
              .bind("id", id)
              .bind("errors", errors)
              .execute();
          handle.execute(
              "insert into release_author (release_id, person, client) values (?, ?, ?)",
              id,
              author.person(),
              author.client());
        });
    return id;
  }

  /** A release that Ben wrote and Paul approved. */
  String approved(String id) {
    draft(id, BEN);
    in(handle -> approvals.submit(handle, id, BEN, null));
    in(handle -> approvals.approve(handle, id, PAUL, null));
    return id;
  }

  <T> T in(Function<Handle, T> transaction) {
    return jdbi.inTransaction(transaction::apply);
  }

  String state(String id) {
    return in(handle -> approvals.get(handle, id)).state().code();
  }

  List<ReleaseRecord.Event> history(String id) {
    return in(handle -> approvals.history(handle, id));
  }

  Optional<Activation> alarm() {
    return in(activations::alarm);
  }

  Optional<Trial> running(String kind) {
    return in(handle -> trials.running(handle, kind));
  }

  Set<String> auditKinds() {
    return jdbi.withHandle(
        handle -> handle.createQuery("select kind from audit_event").mapTo(String.class).set());
  }
}
