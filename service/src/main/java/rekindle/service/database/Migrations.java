package rekindle.service.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the tables to the version of this jar. */
public final class Migrations {
  private static final String HISTORY = "flyway_schema_history";

  private Migrations() {}

  /** Applies what is missing; several processes may start at once. */
  public static void migrate(DataSource dataSource) {
    configuration(dataSource).load().migrate();
  }

  /** Applies what is missing up to a version. */
  static void migrateTo(DataSource dataSource, String version) {
    configuration(dataSource).target(MigrationVersion.fromVersion(version)).load().migrate();
  }

  /** Whether this jar knows that version of the tables. */
  static boolean knows(DataSource dataSource, String version) {
    var wanted = MigrationVersion.fromVersion(version);
    return Arrays.stream(configuration(dataSource).load().info().all())
        .map(MigrationInfo::getVersion)
        .anyMatch(wanted::equals);
  }

  /** Whether this jar would change the tables. */
  static boolean pending(DataSource dataSource) {
    return configuration(dataSource).load().info().pending().length > 0;
  }

  /** The version of the tables that are there; empty if there are none. */
  static Optional<String> version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery("select to_regclass('" + HISTORY + "') is not null")) {
        row.next();
        if (!row.getBoolean(1)) {
          return Optional.empty();
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "select version from "
                  + HISTORY
                  + " where success and version is not null order by installed_rank desc limit 1")) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  private static FluentConfiguration configuration(DataSource dataSource) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:db/migration")
        // Tables of a newer jar are not ours to write.
        .ignoreMigrationPatterns("")
        .loggers("slf4j");
  }
}
