package rekindle.service.database;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.ManagedPooledDataSource;
import io.dropwizard.lifecycle.Managed;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;

/**
 * The open database: a server that is up, the newest tables in it, and connections to it. Whoever
 * opens it closes it; managed by Dropwizard's lifecycle it must come first, so that it is stopped
 * last. Safe for use by several threads.
 */
public final class Database implements Managed, AutoCloseable {
  private final Server server;
  private final String version;
  private final ManagedPooledDataSource pool;
  private final Jdbi jdbi;
  private final boolean waitsForGuests;
  private final Thread closer = new Thread(() -> close(false), "database-closer");
  private boolean closed;

  private Database(
      Server server, DatabaseConfiguration configuration, Use use, MetricRegistry metrics) {
    this.server = server;
    if (server instanceof EmbeddedServer embedded) {
      ServerCheck.prepareEmbedded(embedded);
    }
    this.version = ServerCheck.usable(server.address());
    if (use.migrates()) {
      migrate();
    }
    this.pool = Connections.pool(configuration, server.address(), metrics);
    this.jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
    // Messages of failures get into logs, where neither SQL nor what was bound to it belongs.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    this.waitsForGuests = use != Use.SERVICE;
    if (server instanceof EmbeddedServer embedded) {
      embedded.onRestart(this::follow);
    }
    Runtime.getRuntime().addShutdownHook(closer);
  }

  private enum Use {
    /** Alone on the data folder, and with the newest tables. */
    SERVICE,
    /** As a guest if the service runs, and with the newest tables. */
    COMMAND,
    /** As a guest if the service runs, and with the tables as they are. */
    BACKUP,
    /** Alone on the data folder, and with the tables as they are. */
    RESTORE;

    boolean isAlone() {
      return this == SERVICE || this == RESTORE;
    }

    boolean migrates() {
      return this == SERVICE || this == COMMAND;
    }
  }

  /**
   * Opens it for the service, which alone may hold the data folder.
   *
   * @throws DatabaseFailure if that is not possible, with what to do
   */
  public static Database forService(DatabaseLocation location, MetricRegistry metrics) {
    return open(location, Use.SERVICE, metrics);
  }

  /**
   * Opens it for a command: the database of the service that runs on the data folder, if one does.
   *
   * @throws DatabaseFailure if that is not possible, with what to do
   */
  public static Database forCommand(DatabaseLocation location) {
    return open(location, Use.COMMAND, new MetricRegistry());
  }

  /** Opens it with the tables as they are, to read them. */
  static Database unmigrated(DatabaseLocation location) {
    return open(location, Use.BACKUP, new MetricRegistry());
  }

  /** Opens it with the tables as they are, for the one who makes them. */
  static Database unshared(DatabaseLocation location) {
    return open(location, Use.RESTORE, new MetricRegistry());
  }

  private static Database open(DatabaseLocation location, Use use, MetricRegistry metrics) {
    Server server = server(location, use);
    @Nullable Database database = null;
    try {
      database = new Database(server, location.configuration(), use, metrics);
      return database;
    } finally {
      if (database == null) {
        server.close();
      }
    }
  }

  private static Server server(DatabaseLocation location, Use use) {
    DatabaseConfiguration configuration = location.configuration();
    if (!configuration.embeds()) {
      return ExternalServer.of(configuration);
    }
    Optional<DataFolder> folder = DataFolder.hold(location.dataFolder());
    if (folder.isPresent()) {
      return EmbeddedServer.start(folder.get(), configuration.embedded());
    }
    if (use.isAlone()) {
      throw DataFolder.held(location.dataFolder());
    }
    return AttachedServer.join(location.dataFolder());
  }

  private void migrate() {
    try {
      if (server instanceof AttachedServer && Migrations.pending(unpooled())) {
        throw new DatabaseFailure(
            "This jar is newer than the Rekindle that runs on the data folder, and would change its tables. Use the jar that runs, or stop it first.");
      }
      Migrations.migrate(unpooled());
    } catch (FlywayException e) {
      throw new DatabaseFailure(
          "The tables cannot be brought to the version of this jar (%s). If a newer Rekindle wrote them, use that one; nothing was lost."
              .formatted(server.address()),
          e);
    }
  }

  private void follow(ServerAddress address) {
    pool.setUrl(address.url());
    pool.purge();
  }

  /** Pooled connections, with the time limits of the configuration. */
  public DataSource dataSource() {
    return pool;
  }

  /** JDBI on the pool. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** Connections outside the pool and without time limits, for long work such as a backup. */
  public DataSource unpooled() {
    return Connections.plain(server.address());
  }

  /** How the pool is doing. */
  public PoolState poolState() {
    return new PoolState(pool.getActive(), pool.getMaxActive(), pool.getWaitCount());
  }

  /**
   * Connections of the pool.
   *
   * @param waiting callers that wait for one
   */
  public record PoolState(int active, int activeMax, int waiting) {
    boolean exhausted() {
      return active >= activeMax && waiting > 0;
    }
  }

  /** The server's version. */
  String version() {
    return version;
  }

  /** What it is, for the person at the terminal: {@code PostgreSQL 18.1 embedded in …}. */
  public String description() {
    return "PostgreSQL " + version + " " + server.description();
  }

  /** From here on the lifecycle closes it, in its turn. */
  @Override
  public void start() {
    removeCloser();
  }

  @Override
  public void stop() {
    close();
  }

  @Override
  public void close() {
    close(waitsForGuests);
  }

  /** A process that is told to end does not wait for others. */
  private void close(boolean afterGuests) {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    removeCloser();
    pool.close();
    if (afterGuests && server instanceof EmbeddedServer embedded) {
      embedded.data().awaitGuests();
    }
    server.close();
  }

  private void removeCloser() {
    try {
      Runtime.getRuntime().removeShutdownHook(closer);
    } catch (IllegalStateException e) {
      return; // the process is ending already, perhaps through this very hook
    }
  }
}
