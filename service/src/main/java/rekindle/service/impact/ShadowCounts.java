package rekindle.service.impact;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.decision.Decision;
import rekindle.facts.ContactFacts;
import rekindle.impact.Impact;
import rekindle.impact.ImpactReader;
import rekindle.service.decide.DecisionObserver;
import rekindle.service.decide.Engines;
import rekindle.service.policy.ActivePolicy;
import rekindle.service.policy.RunningShadow;

/**
 * Lets a shadow decide what was just decided, and counts what it would have changed. It has no
 * effect and no claim: nobody waits for it, and what it has no time for is counted as skipped. Each
 * process keeps its own sums, which readers add up. Thread-safe.
 */
public final class ShadowCounts implements DecisionObserver, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowCounts.class);
  private static final int QUEUE_MAX = 1_000;
  private static final Duration KEPT_EVERY = Duration.ofSeconds(1);
  private static final Duration WAITS = Duration.ofMillis(200);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

  private static final String KEEP =
      """
      insert into shadow_report (shadow_id, process_id, report) values (:shadow, :process, :report)
      on conflict (shadow_id, process_id) do update
        set report = :report, updated_at = clock_timestamp()
      """;

  private final UUID process = UUID.randomUUID();
  private final BlockingQueue<Decided> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final AtomicLong skipped = new AtomicLong();
  private final Jdbi jdbi;
  private final Engines engines;
  private final ActivePolicy policy;
  private final Thread thread = new Thread(this::run, "shadow");
  private volatile boolean stopped;

  // Of the thread alone.
  private @Nullable RunningShadow current;
  private Impact impact = new Impact();
  private boolean isKept = true;
  private boolean isWell = true;
  private long keptNanos;

  private record Decided(
      RunningShadow shadow, ContactFacts facts, Instant asOf, Decision decision) {}

  public ShadowCounts(Jdbi jdbi, Engines engines, ActivePolicy policy) {
    this.jdbi = jdbi;
    this.engines = engines;
    this.policy = policy;
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
  }

  /** Of decisions by the active release alone: a pilot is compared by its own figures. */
  @Override
  public void decided(ContactFacts facts, Instant asOf, Decision decision) {
    RunningShadow shadow = policy.shadow();
    if (shadow == null || !decision.release().equals(policy.release())) {
      return;
    }
    if (!queue.offer(new Decided(shadow, facts, asOf, decision))) {
      skipped.incrementAndGet();
    }
  }

  /** What a shadow has counted so far in all processes. */
  public Impact report(UUID shadow) {
    var sum = new Impact();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select report from shadow_report where shadow_id = :shadow")
                .bind("shadow", shadow)
                .mapTo(byte[].class)
                .forEach(report -> sum.merge(ImpactReader.read(report))));
    return sum;
  }

  private void run() {
    while (!stopped || !queue.isEmpty()) {
      try {
        Decided next = queue.poll(WAITS.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null) {
          count(next);
        }
        if (System.nanoTime() - keptNanos > KEPT_EVERY.toNanos()) {
          keep();
        }
      } catch (InterruptedException ending) {
        return;
      } catch (RuntimeException failed) {
        skipped.incrementAndGet();
        if (isWell) {
          LOG.warn("a shadow cannot be counted: {}", failed.getClass().getSimpleName());
        }
        isWell = false;
      }
    }
  }

  private void count(Decided decided) {
    if (!decided.shadow.equals(current)) {
      keep();
      current = decided.shadow;
      impact = new Impact();
      skipped.set(0);
    }
    Decision other;
    try (var lease = engines.lease(decided.shadow.release())) {
      other = lease.engine().decide(decided.facts, decided.asOf);
    }
    ContactFacts.Contact contact = decided.facts.contact();
    impact.add(
        new Impact.Case(contact.id(), null, decided.asOf, contact.program()),
        decided.decision,
        other);
    isKept = false;
    isWell = true;
  }

  private void keep() {
    keptNanos = System.nanoTime();
    if (current == null || (isKept && skipped.get() == 0)) {
      return;
    }
    impact.addSkipped(skipped.getAndSet(0));
    UUID shadow = current.id();
    byte[] report = impact.toBytes();
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(KEEP)
                .bind("shadow", shadow)
                .bind("process", process)
                .bind("report", report)
                .execute());
    isKept = true;
  }

  /** Counts what waits, and keeps what was counted. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(ENDS_WITHIN.toMillis());
      if (!thread.isAlive()) {
        keep();
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException unreachable) {
      LOG.warn("the last counts of a shadow are lost: {}", unreachable.getClass().getSimpleName());
    }
  }
}
