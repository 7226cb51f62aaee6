package rekindle.service.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the tables to the version of this jar. */
public final class Migrations {
  private Migrations() {}

  /** Applies what is missing; several processes may start at once. */
  public static void migrate(DataSource dataSource) {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:db/migration")
        .loggers("slf4j")
        .load()
        .migrate();
  }
}
