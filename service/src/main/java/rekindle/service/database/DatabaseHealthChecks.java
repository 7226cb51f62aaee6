package rekindle.service.database;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import java.sql.Connection;
import java.sql.SQLException;

/** Whether PostgreSQL answers, and whether the pool has connections left. */
public final class DatabaseHealthChecks {
  private static final int ANSWER_SECONDS = 3;

  private DatabaseHealthChecks() {}

  /** Registers {@code database} and {@code connection-pool}. */
  public static void register(HealthCheckRegistry registry, Database database) {
    registry.register("database", new Answers(database));
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
