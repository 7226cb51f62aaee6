package rekindle.service.database;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Whether PostgreSQL answers, tells our time, and whether the pool has connections left. */
public final class DatabaseHealthChecks {
  private static final int ANSWER_SECONDS = 3;

  private DatabaseHealthChecks() {}

  /** Registers {@code database}, {@code clock} and {@code connection-pool}. */
  public static void register(HealthCheckRegistry registry, Database database) {
    registry.register("database", new Answers(database));
    registry.register("clock", new TellsOurTime(database));
    registry.register("connection-pool", new HasConnections(database));
  }

  private static final class Answers extends HealthCheck {
    private final Database database;

    Answers(Database database) {
      this.database = database;
    }

    /** Outside the pool: a pool that is in full use is no sign of a dead database. */
    @Override
    protected Result check() {
      try (Connection connection = database.unpooled().getConnection()) {
        return connection.isValid(ANSWER_SECONDS)
            ? Result.healthy()
            : Result.unhealthy("PostgreSQL does not answer within " + ANSWER_SECONDS + " s");
      } catch (SQLException e) {
        return Result.unhealthy(
            "PostgreSQL takes no connection (SQLSTATE " + e.getSQLState() + ")");
      }
    }
  }

  private static final class TellsOurTime extends HealthCheck {
    private final Database database;

    TellsOurTime(Database database) {
      this.database = database;
    }

    @Override
    protected Result check() {
      try (Connection connection = database.unpooled().getConnection();
          var statement = connection.createStatement();
          var row = statement.executeQuery("select clock_timestamp()")) {
        row.next();
        Instant theirs = row.getTimestamp(1).toInstant();
        return Clocks.differ(theirs)
            ? Result.unhealthy(
                "the clock of this machine and the database's differ by more than %d s: nobody is"
                    + " looked at until they agree",
                Clocks.DIFFER_MAX.toSeconds())
            : Result.healthy();
      } catch (SQLException e) {
        return Result.unhealthy("PostgreSQL does not tell its time: " + e.getSQLState());
      }
    }
  }

  private static final class HasConnections extends HealthCheck {
    private final Database database;

    HasConnections(Database database) {
      this.database = database;
    }

    @Override
    protected Result check() {
      Database.PoolState pool = database.poolState();
      return pool.exhausted()
          ? Result.unhealthy(
              "all %d connections are in use and %d callers wait", pool.activeMax(), pool.waiting())
          : Result.healthy("%d of %d connections in use", pool.active(), pool.activeMax());
    }
  }
}
