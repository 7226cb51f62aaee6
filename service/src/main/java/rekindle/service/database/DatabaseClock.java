package rekindle.service.database;

import io.dropwizard.lifecycle.Managed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of the database, which all processes share: by a wrong clock of one of them quiet hours
 * would seem to be over, and a no not yet said. A machine whose clock is right within a tenth of a
 * second is believed; what another one is wrong by is measured every ten seconds, and at once where
 * its clock jumps. Thread-safe.
 */
public final class DatabaseClock extends Clock implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
  private static final Duration BELIEVED = Duration.ofMillis(100);
  private static final Duration JUMP = Duration.ofSeconds(1);
  private static final long MEASURED_EVERY_SECONDS = 10;

  /** Of so many questions the one that was answered soonest tells best. */
  private static final int QUESTIONS = 3;

  /** Opens connections to the database. */
  interface Connecting {
    Connection connect() throws SQLException;
  }

  /**
   * @param ahead of the database, seen from this machine's clock; zero where that is believed
   * @param offsetNanos of the machine's clock from its monotonic one
   */
  private record Measured(Duration ahead, long offsetNanos) {}

  private final Connecting connecting;
  private final InstantSource machine;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var daemon = new Thread(task, "database-clock");
            daemon.setDaemon(true);
            return daemon;
          });
  private volatile Measured measured;

  /** The clock of a database that is open. */
  public DatabaseClock(Database database) {
    this(() -> database.unpooled().getConnection(), InstantSource.system());
  }

  DatabaseClock(Connecting connecting, InstantSource machine) {
    this.connecting = connecting;
    this.machine = machine;
    measured = new Measured(Duration.ZERO, offset(machine));
    measure();
  }

  @Override
  public void start() {
    thread.scheduleWithFixedDelay(
        this::measure, MEASURED_EVERY_SECONDS, MEASURED_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public Instant instant() {
    if (jumped().abs().compareTo(JUMP) > 0) {
      measureAfterJump();
    }
    return machine.instant().plus(measured.ahead());
  }

  /** How far the machine's clock went while the monotonic one stood still. */
  private Duration jumped() {
    return Duration.ofNanos(offset(machine) - measured.offsetNanos());
  }

  private synchronized void measureAfterJump() {
    Duration jumped = jumped();
    if (jumped.abs().compareTo(JUMP) > 0 && !measure()) {
      // Until it can be asked, as much time has passed as the monotonic clock says.
      measured = new Measured(measured.ahead().minus(jumped), offset(machine));
    }
  }

  /** How far the database's clock is ahead of this machine's; zero where that is believed. */
  public Duration ahead() {
    return measured.ahead();
  }

  private synchronized boolean measure() {
    try (Connection connection = connecting.connect();
        var statement = connection.prepareStatement("select clock_timestamp()")) {
      Duration soonest = Duration.ofDays(1);
      Duration ahead = Duration.ZERO;
      for (int i = 0; i < QUESTIONS; i++) {
        Instant asked = machine.instant();
        try (var row = statement.executeQuery()) {
          row.next();
          Duration took = Duration.between(asked, machine.instant());
          if (took.compareTo(soonest) < 0) {
            soonest = took;
            Instant between = asked.plus(took.dividedBy(2));
            ahead = Duration.between(between, row.getTimestamp(1).toInstant());
          }
        }
      }
      believe(ahead);
      return true;
    } catch (SQLException | RuntimeException failed) {
      // It is asked again, whatever was the matter.
      LOG.warn("the database does not tell its time: {}", failed.getClass().getSimpleName());
      return false;
    }
  }

  private void believe(Duration ahead) {
    boolean isBelieved = ahead.abs().compareTo(BELIEVED) < 0;
    boolean wasBelieved = measured.ahead().isZero();
    if (isBelieved != wasBelieved) {
      LOG.warn(
          isBelieved
              ? "this machine's clock is right again"
              : "this machine's clock is {} ms behind the database's, which counts",
          ahead.toMillis());
    }
    measured = new Measured(isBelieved ? Duration.ZERO : ahead, offset(machine));
  }

  private static long offset(InstantSource machine) {
    Instant now = machine.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - System.nanoTime();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** Not needed: instants have no zone. */
  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the zone of " + this + " is UTC");
  }

  @Override
  public void stop() {
    thread.shutdownNow();
  }
}
