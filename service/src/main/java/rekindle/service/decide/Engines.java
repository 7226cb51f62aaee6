package rekindle.service.decide;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.engine.DecisionEngine;
import rekindle.policy.Release;
import rekindle.release.ReadRelease;
import rekindle.release.ReleaseArchive;
import rekindle.service.policy.ActivePolicy;
import rekindle.service.policy.PolicyWatch;
import rekindle.service.problem.Problem;
import rekindle.service.problem.ProblemException;
import rekindle.service.problem.ProblemType;
import rekindle.service.store.ReleaseStore;
import rekindle.table.Cell;
import rekindle.table.TypedRow;
import rekindle.table.TypedTable;

/**
 * Compiled releases: those that the policy uses are always at hand, a few others are kept as long
 * as somebody asks for them. Compiling takes seconds, so it happens once for each release, and for
 * those of the policy before any caller waits for it. Thread-safe.
 */
public final class Engines implements PolicyWatch.Compiler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

  /** Compiled releases take some 15 MB each. */
  private static final int KEPT_MAX = 4;

  private final ReleaseStore releases;
  private final Map<String, Compiled> compiled = new LinkedHashMap<>(16, 0.75f, true);
  private final ActivePolicy policy;

  public Engines(ReleaseStore releases, ActivePolicy policy) {
    this.releases = releases;
    this.policy = policy;
  }

  /** An engine in use; closing it gives it back. */
  public final class Lease implements AutoCloseable {
    private final Compiled compiled;
    private final DecisionEngine engine;

    private Lease(Compiled compiled, DecisionEngine engine) {
      this.compiled = compiled;
      this.engine = engine;
    }

    public DecisionEngine engine() {
      return engine;
    }

    @Override
    public void close() {
      release(compiled);
    }
  }

  /** One release on its way to being compiled, or compiled; guarded by {@link #compiled}. */
  private static final class Compiled {
    final CompletableFuture<DecisionEngine> engine = new CompletableFuture<>();
    int users;
    boolean dropped;
  }

  @Override
  public void prepare(String release) {
    lease(release).close();
  }

  /** All zones of some jurisdictions, by the active release. */
  public List<String> zonesOf(List<String> jurisdictions) {
    try (Lease lease = lease(null)) {
      return lease.engine().release().places().zonesOf(jurisdictions);
    }
  }

  /** All codes in the columns of that key, in the tables of releases in use. */
  public Set<String> codes(String column) {
    var codes = new TreeSet<String>();
    var ids = new TreeSet<>(policy.inUse());
    // One that cannot be compiled stands in nobody's way.
    ids.removeIf(id -> !isCompiled(id));
    ids.add(policy.release());
    for (String id : ids) {
      try (Lease lease = lease(id)) {
        for (TypedTable table : lease.engine().release().tables()) {
          for (TypedRow row : table.rows()) {
            if (row.cells().get(column) instanceof Cell.Codes cell) {
              codes.addAll(cell.values());
            }
          }
        }
      }
    }
    return codes;
  }

  /** The id of the active release. */
  public String active() {
    return policy.release();
  }

  /**
   * The engine that decides for a person: of the release that is tried with them, once this process
   * has compiled it, else of the active one.
   *
   * @param person null where it is not known
   */
  public Lease leaseFor(@Nullable String person) {
    String piloted = policy.piloted(person);
    return lease(piloted != null && isCompiled(piloted) ? piloted : null);
  }

  private boolean isCompiled(String release) {
    synchronized (compiled) {
      Compiled found = compiled.get(release);
      return found != null && found.engine.isDone() && !found.engine.isCompletedExceptionally();
    }
  }

  /**
   * The engine of a release.
   *
   * @param releaseId null for the active one
   * @throws ProblemException if there is no such release
   */
  public Lease lease(@Nullable String releaseId) {
    String id = releaseId == null ? policy.release() : releaseId;
    Compiled found;
    boolean mine;
    synchronized (compiled) {
      mine = !compiled.containsKey(id);
      found = compiled.computeIfAbsent(id, absent -> new Compiled());
      found.users++;
    }
    if (mine) {
      compile(id, found);
    }
    try {
      return new Lease(found, found.engine.join());
    } catch (CompletionException failed) {
      release(found);
      if (failed.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw failed;
    }
  }

  private void compile(String id, Compiled target) {
    try {
      ReleaseArchive archive =
          releases
              .find(id)
              .orElseThrow(() -> new ProblemException(Problem.notFound("release", id)));
      ReadRelease read = archive.restore();
      Release release = read.release();
      if (release == null) {
        throw new ProblemException(
            ProblemType.RELEASE_UNREADABLE.problem(
                "The workbooks of "
                    + id
                    + " do not conform to the tables of this version of Rekindle."
                    + " Decide by it with the version that kept it."));
      }
      target.engine.complete(DecisionEngine.of(release));
      LOG.info("compiled release {}", id);
    } catch (RuntimeException failed) {
      synchronized (compiled) {
        compiled.remove(id, target);
      }
      target.engine.completeExceptionally(failed);
    }
    dropUnused();
  }

  private void dropUnused() {
    Set<String> inUse = policy.inUse();
    List<Compiled> idle = new ArrayList<>();
    synchronized (compiled) {
      Iterator<Map.Entry<String, Compiled>> eldestFirst = compiled.entrySet().iterator();
      while (compiled.size() > KEPT_MAX && eldestFirst.hasNext()) {
        Map.Entry<String, Compiled> entry = eldestFirst.next();
        if (!inUse.contains(entry.getKey())) {
          entry.getValue().dropped = true;
          if (entry.getValue().users == 0) {
            idle.add(entry.getValue());
          }
          eldestFirst.remove();
        }
      }
    }
    idle.forEach(one -> one.engine.thenAccept(DecisionEngine::close));
  }

  private void release(Compiled used) {
    boolean idle;
    synchronized (compiled) {
      used.users--;
      idle = used.dropped && used.users == 0;
    }
    if (idle) {
      used.engine.thenAccept(DecisionEngine::close);
    }
  }

  @Override
  public void close() {
    synchronized (compiled) {
      compiled.values().forEach(one -> one.engine.thenAccept(DecisionEngine::close));
      compiled.clear();
    }
  }
}
