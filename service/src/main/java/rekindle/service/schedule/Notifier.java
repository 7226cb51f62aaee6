package rekindle.service.schedule;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.handoff.Platforms;
import rekindle.service.store.Notification;
import rekindle.service.store.NotificationStore;

/**
 * Tells notifications until they are taken. Each endpoint has a thread of its own, so that one that
 * is slow holds up nobody else; of what waits for it, recalls go first. Thread-safe.
 */
final class Notifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final Pace TELL = Pace.steady(Duration.ofMillis(500));
  private static final Pace OTHERS = new Pace(Duration.ofMillis(500), Duration.ofMinutes(1));
  private static final String FAILURE = "notifications could not be told";
  private static final int SOME = 100;

  /** After so long the rest is put back, since a recall may have come meanwhile. */
  private static final Duration ROUND = Duration.ofSeconds(2);

  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final int DOUBLINGS_MAX = 10;

  /** 5 s, 10 s … 85 min, then every 85 min: three days and more. */
  private static final int ATTEMPTS_MAX = 60;

  private final Jdbi jdbi;
  private final HandOverConfiguration configuration;
  private final Platforms platforms;
  private final Set<String> endpoints;
  private final ScheduledExecutorService threads;

  Notifier(Jdbi jdbi, HandOverConfiguration configuration, Platforms platforms) {
    this.jdbi = jdbi;
    this.configuration = configuration;
    this.platforms = platforms;
    endpoints = new TreeSet<>(platforms.endpoints());
    // Its copies are made also where it is nobody itself.
    endpoints.add(Notification.EVERYBODY);
    threads =
        Executors.newScheduledThreadPool(endpoints.size() + 1, Scheduler.named("schedule-notify"));
  }

  void start() {
    endpoints.forEach(endpoint -> TELL.keep(threads, LOG, FAILURE, () -> tell(endpoint)));
    OTHERS.keep(threads, LOG, FAILURE, this::others);
  }

  /** Tells an endpoint all whose turn it is. */
  void tell(String endpoint) {
    List<NotificationStore.Due> due;
    do {
      due = jdbi.inTransaction(handle -> take(handle, endpoint));
      tell(due);
    } while (due.size() == SOME && !threads.isShutdown());
  }

  /** The copies commit with the first taking, so that each is made once. */
  private List<NotificationStore.Due> take(Handle handle, String endpoint) {
    List<NotificationStore.Due> due = NotificationStore.take(handle, endpoint, SOME);
    NotificationStore.copy(
        handle,
        due.stream()
            .filter(one -> one.attempts() == 1)
            .map(NotificationStore.Due::notification)
            .flatMap(
                one ->
                    configuration.copies(one).stream()
                        .map(copied -> new NotificationStore.Copy(one.id(), copied)))
            .toList());
    return due;
  }

  private void tell(List<NotificationStore.Due> due) {
    long started = System.nanoTime();
    for (int i = 0; i < due.size(); i++) {
      if (threads.isShutdown() || System.nanoTime() - started > ROUND.toNanos()) {
        List<NotificationStore.Due> rest = due.subList(i, due.size());
        jdbi.useHandle(handle -> NotificationStore.putBack(handle, rest));
        return;
      }
      tell(due.get(i));
    }
  }

  private void tell(NotificationStore.Due due) {
    @Nullable String message = message(due);
    try {
      jdbi.useHandle(handle -> record(handle, due, message));
    } catch (RuntimeException failed) {
      LOG.warn(
          "what came of notification {} could not be written, it is told again: {}",
          due.notification().id(),
          failed.getClass().getSimpleName());
    }
  }

  private @Nullable String message(NotificationStore.Due due) {
    try {
      return platforms.tell(due);
    } catch (RuntimeException failed) {
      LOG.warn(
          "notification {} could not be told: {}",
          due.notification().id(),
          failed.getClass().getSimpleName());
      return "failed: " + failed.getClass().getSimpleName();
    }
  }

  private static void record(Handle handle, NotificationStore.Due due, @Nullable String message) {
    var id = due.notification().id();
    if (message == null) {
      NotificationStore.delivered(handle, id);
    } else if (message.isEmpty()) {
      NotificationStore.giveUp(handle, id, "nobody is configured");
    } else if (due.attempts() >= ATTEMPTS_MAX) {
      LOG.warn("notification {} was given up: {}", id, message);
      NotificationStore.giveUp(handle, id, message);
    } else {
      Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(due.attempts() - 1, DOUBLINGS_MAX));
      NotificationStore.later(handle, id, wait, message);
    }
  }

  /** What is for nobody who is configured: recalls go to the team, the rest to nobody. */
  void others() {
    int some;
    do {
      some = jdbi.inTransaction(handle -> NotificationStore.endOthers(handle, endpoints, SOME));
    } while (some == SOME);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(15, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
