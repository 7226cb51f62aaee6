package rekindle.service.database;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedPooledDataSource;
import io.dropwizard.util.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** How connections are made: pooled and bounded for callers, plain for long work. */
final class Connections {
  private static final String POOL = "database";
  private static final String CONNECT_SECONDS = "5";
  private static final Duration TRUSTED = Duration.milliseconds(500);
  private static final long SOCKET_GRACE_SECONDS = 15;

  private Connections() {}

  /** The pool for everything that answers somebody: nothing in it waits without end. */
  static ManagedPooledDataSource pool(
      DatabaseConfiguration configuration, ServerAddress address, MetricRegistry metrics) {
    var factory = new DataSourceFactory();
    factory.setDriverClass("org.postgresql.Driver");
    factory.setUrl(address.url());
    if (!address.user().isEmpty()) {
      factory.setUser(address.user());
      factory.setPassword(address.password());
    }
    factory.setInitialSize(1);
    factory.setMinSize(2);
    factory.setMaxSize(configuration.connectionsMax());
    factory.setMaxWaitForConnection(configuration.connectionWait());
    factory.setProperties(properties(configuration));
    factory.setAutoCommitByDefault(true);
    factory.setRollbackOnReturn(true);
    factory.setJdbcInterceptors(Optional.of("ConnectionState"));
    // After PostgreSQL was away, no connection from before may be handed out for long.
    factory.setCheckConnectionOnBorrow(true);
    factory.setValidationInterval(TRUSTED);
    factory.setValidationQueryTimeout(Duration.seconds(1));
    return (ManagedPooledDataSource) factory.build(metrics, POOL);
  }

  private static Map<String, String> properties(DatabaseConfiguration configuration) {
    var properties = new LinkedHashMap<>(common());
    properties.put("reWriteBatchedInserts", "true");
    properties.put("prepareThreshold", "2");
    properties.put("preparedStatementCacheQueries", "512");
    long statementSeconds = configuration.statementTimeout().toSeconds();
    properties.put("socketTimeout", Long.toString(statementSeconds + SOCKET_GRACE_SECONDS));
    properties.put(
        "options",
        String.join(
            " ",
            "-c plan_cache_mode=force_generic_plan",
            "-c jit=off",
            setting("statement_timeout", configuration.statementTimeout()),
            setting("lock_timeout", configuration.lockTimeout()),
            setting(
                "idle_in_transaction_session_timeout", configuration.idleInTransactionTimeout())));
    return properties;
  }

  private static String setting(String name, Duration duration) {
    return "-c " + name + "=" + duration.toMilliseconds();
  }

  private static Map<String, String> common() {
    return Map.of(
        "ApplicationName", "rekindle",
        "connectTimeout", CONNECT_SECONDS,
        // What a row holds has no place in a log.
        "logServerErrorDetail", "false",
        "loginTimeout", CONNECT_SECONDS,
        "tcpKeepAlive", "true");
  }

  /** Connections of their own for migrations, backups and the like, which may take their time. */
  static DataSource plain(ServerAddress address) {
    var source = new PGSimpleDataSource();
    source.setUrl(address.url());
    if (!address.user().isEmpty()) {
      source.setUser(address.user());
      source.setPassword(address.password());
    }
    source.setApplicationName("rekindle");
    source.setConnectTimeout(Integer.parseInt(CONNECT_SECONDS));
    source.setLoginTimeout(Integer.parseInt(CONNECT_SECONDS));
    source.setTcpKeepAlive(true);
    source.setLogServerErrorDetail(false);
    return source;
  }
}
