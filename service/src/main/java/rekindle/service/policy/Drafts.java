package rekindle.service.policy;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.policy.Release;
import rekindle.release.PolicyDifference;
import rekindle.release.PolicyMerge;
import rekindle.release.ReadRelease;
import rekindle.release.ReleaseArchive;
import rekindle.release.ReleaseCheck;
import rekindle.release.ReleaseReader;
import rekindle.release.RowChange;
import rekindle.service.policy.PolicyEvents.Actor;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;
import rekindle.service.store.ReleaseStore;
import rekindle.table.Finding;
import rekindle.table.Finding.Severity;

/**
 * Workbooks on their way into the store: checked outside of any transaction, which takes seconds,
 * then kept with all findings, also with errors, so that nothing of an author's work is lost.
 * Thread-safe.
 */
public final class Drafts {
  private static final String INSERT =
      """
      insert into release_state (release_id, base_id, state, title, findings, errors, warnings)
      values (:id, :base, 'draft', :title, :findings, :errors, :warnings)
      on conflict (release_id) do nothing
      """;

  private static final String INSERT_AUTHOR =
      """
      insert into release_author (release_id, person, client) values (:id, :person, :client)
      on conflict do nothing
      """;

  // Whoever wrote what was merged has a hand in it.
  private static final String INSERT_AUTHORS_OF =
      """
      insert into release_author (release_id, person, client)
      select :id, person, client from release_author where release_id = :from
      on conflict do nothing
      """;

  private final Jdbi jdbi;
  private final ReleaseStore releases;
  private final PolicyEvents events;
  private final InstantSource clock;

  public Drafts(Jdbi jdbi, ReleaseStore releases, PolicyEvents events, InstantSource clock) {
    this.jdbi = jdbi;
    this.releases = releases;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Workbooks that were checked.
   *
   * @param mergedFrom the release whose changes are in it, besides those of its base; null if it
   *     was uploaded
   * @param findings none if the same workbooks are in the store, with theirs
   */
  public record Checked(
      ReleaseArchive archive,
      String base,
      @Nullable String title,
      @Nullable String mergedFrom,
      List<Finding> findings) {}

  /** What is in the store now, and whether it was there before. */
  public record Kept(ReleaseRecord release, boolean isNew) {}

  /**
   * Checks workbooks; those that are missing are taken from the base.
   *
   * @param workbooks bytes by workbook name
   * @param base id of the release that they were made from; null for the active one
   * @throws ProblemException {@code not_found} if there is no such base
   */
  public Checked check(
      Map<String, byte[]> workbooks, @Nullable String base, @Nullable String title) {
    String from = base == null ? releases.active().orElseThrow() : base;
    SortedMap<String, byte[]> whole = new TreeMap<>(archive(from).workbooks());
    whole.putAll(workbooks);
    return check(whole, from, title, null);
  }

  private Checked check(
      Map<String, byte[]> workbooks,
      String base,
      @Nullable String title,
      @Nullable String mergedFrom) {
    ReadRelease read = ReleaseReader.read(workbooks);
    Release release = read.release();
    ReleaseArchive archive =
        release == null
            ? ReleaseArchive.unreadable(workbooks)
            : ReleaseArchive.of(release, workbooks);
    if (isKnown(archive.id())) {
      return new Checked(archive, base, title, mergedFrom, List.of());
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    List<Finding> findings = ReleaseCheck.check(read, today).findings();
    return new Checked(archive, base, title, mergedFrom, findings);
  }

  private boolean isKnown(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select exists (select from release_state where release_id = :id)")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * Keeps what was checked, in the caller's transaction. Workbooks that are there already stay in
   * the state in which they are.
   */
  public Kept keep(Handle handle, Checked checked, Actor author) {
    String id = checked.archive.id();
    releases.save(handle, checked.archive);
    long errors = checked.findings.stream().filter(f -> f.severity() == Severity.ERROR).count();
    boolean isNew =
        handle
                .createUpdate(INSERT)
                .bind("id", id)
                .bind("base", checked.base)
                .bind("title", checked.title)
                .bind("findings", FindingJson.of(checked.findings))
                .bind("errors", errors)
                .bind("warnings", checked.findings.size() - errors)
                .execute()
            == 1;
    ReleaseRecord kept = ReleaseRecords.lock(handle, id);
    if (kept.state() == ReleaseState.DRAFT) {
      handle
          .createUpdate(INSERT_AUTHOR)
          .bind("id", id)
          .bind("person", author.person())
          .bind("client", author.client())
          .execute();
      if (checked.mergedFrom != null) {
        handle
            .createUpdate(INSERT_AUTHORS_OF)
            .bind("id", id)
            .bind("from", checked.mergedFrom)
            .execute();
      }
    }
    var details =
        checked.mergedFrom == null
            ? Map.of("base", checked.base)
            : Map.of("base", checked.base, "mergedFrom", checked.mergedFrom);
    String action = checked.mergedFrom == null ? "uploaded" : "merged";
    events.tell(handle, id, action, author, checked.title, details);
    return new Kept(ReleaseRecords.get(handle, id), isNew);
  }

  /**
   * What changed in meaning from one release to another.
   *
   * @throws ProblemException {@code not_found}; {@code release_has_errors} if one cannot be read
   */
  public List<RowChange> difference(String from, String to) {
    return from.equals(to) ? List.of() : PolicyDifference.of(readable(from), readable(to));
  }

  /**
   * A draft with the changes of a release and those of the active one, row by row; both count from
   * the base of the release.
   *
   * @throws ProblemException {@code not_found}; {@code release_state} if there is nothing to merge;
   *     {@code release_has_errors}
   * @throws MergeConflict if the same cell was changed on both sides
   */
  public Checked merge(String id) {
    ReleaseRecord release = jdbi.withHandle(handle -> ReleaseRecords.get(handle, id));
    String base = release.base();
    if (base == null || release.isBaseActive() || release.state() == ReleaseState.ACTIVE) {
      throw new ProblemException(
          ProblemType.RELEASE_STATE.problem(
              "There is nothing to merge: the release was drafted from the active one."));
    }
    String active = releases.active().orElseThrow();
    ReleaseArchive mine = archive(id);
    ReleaseArchive theirs = archive(active);
    var merged = PolicyMerge.of(readable(base), readable(id), readable(active));
    if (!merged.conflicts().isEmpty()) {
      throw new MergeConflict(merged.conflicts());
    }
    return check(
        merged.workbooks(mine.workbooks(), theirs.workbooks()), active, release.title(), id);
  }

  /** The release of that id with its bytes. */
  public ReleaseArchive archive(String id) {
    return releases
        .find(id)
        .orElseThrow(() -> new ProblemException(Problem.notFound("release", id)));
  }

  private Release readable(String id) {
    Release release = archive(id).restore().release();
    if (release == null) {
      throw new ProblemException(
          ProblemType.RELEASE_HAS_ERRORS.problem(
              "The workbooks of "
                  + id
                  + " cannot be read, so nothing can be said of their meaning."
                  + " Mend what its findings list, and upload them again."));
    }
    return release;
  }
}
