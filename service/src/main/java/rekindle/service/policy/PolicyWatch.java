package rekindle.service.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.json.CanonicalJson;
import rekindle.service.problem.ProblemException;

/**
 * Keeps this process in step with the policy that the store names: reads it several times a second,
 * compiles what is about to decide before it does, says which releases it could switch to, and
 * takes part in {@link Switching}. Thread-safe.
 */
public final class PolicyWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);
  private static final Duration LOOKS_EVERY = Duration.ofMillis(200);
  private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(1);

  /** How long before its instant a scheduled release is compiled. */
  private static final Duration PREPARED_AHEAD = Duration.ofMinutes(2);

  private static final String HEARTBEAT =
      """
      insert into service_process (id, prepared, refused) values (:id, :prepared, :refused::jsonb)
      on conflict (id) do update
        set heartbeat_at = clock_timestamp(), prepared = :prepared, refused = :refused::jsonb
      """;

  private static final String EXPECTED =
      """
      select release_id from activation
       where state in ('waiting', 'announced')
         and wanted_at < clock_timestamp() + make_interval(secs => :aheadSeconds)
      """;

  /** Compiles releases. */
  public interface Compiler {
    /**
     * Compiles a release, unless it is compiled, and keeps it for as long as it is in use.
     *
     * @throws RuntimeException if it cannot be compiled
     */
    void prepare(String release);
  }

  private final UUID process = UUID.randomUUID();
  private final Jdbi jdbi;
  private final ActivePolicy policy;
  private final Compiler compiler;
  private final Activations activations;
  private final Switching switching;
  private final Set<String> compiling = ConcurrentHashMap.newKeySet();
  private final Set<String> prepared = ConcurrentHashMap.newKeySet();
  private final Map<String, String> refused = new ConcurrentHashMap<>();
  private final ExecutorService compilers =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "release-compiler"));
  private final Thread thread = new Thread(this::run, "policy-watch");

  /** Guards what follows it. */
  private final Object looked = new Object();

  private boolean stopped;
  private boolean hurried;
  private volatile long heartbeatNanos;

  public PolicyWatch(
      Jdbi jdbi,
      ActivePolicy policy,
      Compiler compiler,
      Activations activations,
      PolicyEvents events) {
    this.jdbi = jdbi;
    this.policy = policy;
    this.compiler = compiler;
    this.activations = activations;
    this.switching = new Switching(activations, events);
  }

  /** Compiles what decides now, and watches from then on. */
  public void start() {
    for (String release : policy.refresh().inUse()) {
      compiler.prepare(release);
      prepared.add(release);
    }
    heartbeat();
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Waits until an activation has come about or failed, or until it is no use to wait longer.
   *
   * @param patience how long at most
   */
  public Activation await(long activation, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    hurry();
    while (true) {
      Activation now =
          jdbi.withHandle(handle -> activations.find(handle, activation)).orElseThrow();
      if (!now.isOpen() || System.nanoTime() - deadline > 0) {
        return now;
      }
      synchronized (looked) {
        try {
          looked.wait(LOOKS_EVERY.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return now;
        }
      }
    }
  }

  private void hurry() {
    synchronized (looked) {
      hurried = true;
      looked.notifyAll();
    }
  }

  private void run() {
    boolean isWell = true;
    while (pause()) {
      try {
        look();
        isWell = true;
      } catch (RuntimeException failed) {
        // Callers read for themselves what must not be old, and are told when they cannot.
        if (isWell) {
          LOG.warn("the policy cannot be watched: {}", failed.getClass().getSimpleName());
        }
        isWell = false;
      }
    }
  }

  /** Waits for the next look; false if there is none. */
  private boolean pause() {
    synchronized (looked) {
      looked.notifyAll();
      if (!stopped && !hurried) {
        try {
          looked.wait(LOOKS_EVERY.toMillis());
        } catch (InterruptedException e) {
          return false;
        }
      }
      hurried = false;
      return !stopped;
    }
  }

  private void look() {
    Set<String> wanted = new HashSet<>(policy.refresh().inUse());
    List<String> expected = expected();
    wanted.addAll(expected);
    boolean forgot = prepared.retainAll(wanted) | refused.keySet().retainAll(wanted);
    wanted.forEach(this::compile);
    if (forgot || System.nanoTime() - heartbeatNanos > HEARTBEAT_EVERY.toNanos()) {
      heartbeat();
    }
    if (!expected.isEmpty()) {
      jdbi.useTransaction(switching::step);
    }
  }

  /** Releases to which a switch is asked for. */
  private List<String> expected() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(EXPECTED)
                .bind("aheadSeconds", PREPARED_AHEAD.toSeconds())
                .mapTo(String.class)
                .list());
  }

  private void compile(String release) {
    if (prepared.contains(release) || refused.containsKey(release) || !compiling.add(release)) {
      return;
    }
    compilers.execute(
        () -> {
          try {
            compiler.prepare(release);
            prepared.add(release);
          } catch (RuntimeException failed) {
            LOG.error("ALARM: release {} cannot be loaded: {}", release, why(failed));
            refused.put(release, why(failed));
          } finally {
            compiling.remove(release);
            tellPrepared();
          }
        });
  }

  /** The next switch may wait for this process alone. */
  private void tellPrepared() {
    try {
      heartbeat();
    } catch (RuntimeException failed) {
      LOG.warn("the next heartbeat tells it: {}", failed.getClass().getSimpleName());
    }
    hurry();
  }

  private static String why(RuntimeException failed) {
    return failed instanceof ProblemException told
        ? Objects.requireNonNullElse(told.problem().detail(), told.problem().title())
        : failed.getClass().getSimpleName();
  }

  private void heartbeat() {
    ObjectNode refusals = JsonNodeFactory.instance.objectNode();
    refused.forEach(refusals::put);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(HEARTBEAT)
                .bind("id", process)
                .bind("prepared", prepared.toArray(String[]::new))
                .bind("refused", new String(CanonicalJson.of(refusals), StandardCharsets.UTF_8))
                .execute());
    heartbeatNanos = System.nanoTime();
  }

  /** Stops looking, and is not waited for any more. */
  @Override
  public void close() {
    synchronized (looked) {
      stopped = true;
      looked.notifyAll();
    }
    compilers.shutdownNow();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
      jdbi.useHandle(handle -> handle.execute("delete from service_process where id = ?", process));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException unreachable) {
      LOG.warn("this process will be taken for silent: {}", unreachable.getClass().getSimpleName());
    }
  }
}
