package rekindle.service.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A migrated database of its own for each test class, in one real PostgreSQL for each JVM:
 * {@code @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();}. Sessions
 * have a zone that differs from the JVM's, which brings hidden defaults to light.
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
  private static final String TEMPLATE = "rekindle_template";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final int CONNECTIONS_MAX = 100;

  private String name = "";
  private org.apache.tomcat.jdbc.pool.@Nullable DataSource pool;

  /** One server for each JVM, stopped with it; the template is migrated once. */
  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        var postgres =
            EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setServerConfig("max_connections", "200")
                .start();
        execute(postgres, "create database " + TEMPLATE);
        Migrations.migrate(dataSource(postgres, TEMPLATE));
        return postgres;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    name = "test_" + COUNT.incrementAndGet();
    execute(Server.POSTGRES, "create database " + name + " template " + TEMPLATE);
    var properties = new PoolProperties();
    properties.setDataSource(dataSource());
    properties.setInitialSize(0);
    properties.setMinIdle(0);
    properties.setMaxActive(CONNECTIONS_MAX);
    properties.setMaxIdle(CONNECTIONS_MAX);
    properties.setRollbackOnReturn(true);
    properties.setJdbcInterceptors("ConnectionState");
    pool = new org.apache.tomcat.jdbc.pool.DataSource(properties);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Objects.requireNonNull(pool).close(true);
    execute(Server.POSTGRES, "drop database if exists " + name + " with (force)");
  }

  /** Sessions outside the pool, a new one each time. */
  public DataSource dataSource() {
    return dataSource(Server.POSTGRES, name);
  }

  /** JDBI on a pool: a new session plans everything anew, which most of a test would wait for. */
  public Jdbi jdbi() {
    return Jdbi.create(Objects.requireNonNull(pool)).installPlugin(new PostgresPlugin());
  }

  /** For a service under test: {@code jdbc:postgresql://…}, user {@code postgres}, no password. */
  public String url() {
    return Server.POSTGRES.getJdbcUrl("postgres", name).replaceFirst("\\?.*", "");
  }

  private static DataSource dataSource(EmbeddedPostgres postgres, String database) {
    var source = (PGSimpleDataSource) postgres.getDatabase("postgres", database);
    source.setOptions("-c timezone=America/Los_Angeles");
    return source;
  }

  private static void execute(EmbeddedPostgres postgres, String sql) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
