package rekindle.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import rekindle.service.database.Partitions;
import rekindle.service.database.TestDatabase;

/** A process whose clock is an hour away from the database's. */
class WrongClockTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @TempDir static Path folder;

  private static Jdbi wherePublicComesFirst() {
    var source = (PGSimpleDataSource) DATABASE.dataSource();
    source.setOptions("-c search_path=public,pg_catalog");
    return Jdbi.create(source).installPlugin(new PostgresPlugin());
  }

  @Test
  void nobodyIsLookedAt_orCounted_untilTheClocksAgree() throws Exception {
    Jdbi jdbi = wherePublicComesFirst();
    Partitions.extend(jdbi);
    try (Service service =
        ClockedService.of(jdbi, folder, Clock.systemUTC(), configuration -> {})) {
      jdbi.useHandle(
          handle -> {
            handle.execute("insert into person (id) values ('p')");
            handle.execute("insert into contact (id, content) values ('c', '')");
            handle.execute("insert into contact_person (contact_id, person_id) values ('c', 'p')");
            handle.execute(
                "insert into next_look (person_id, due_at) values ('p', now() - interval '1 day')");
            handle.execute(
                """
                create function public.clock_timestamp() returns timestamptz language sql
                  as $$ select pg_catalog.clock_timestamp() - interval '1 hour' $$
                """);
          });
      assertThat(service.schedule.lookNow()).isZero();
      assertThat(claims(jdbi)).isZero();
      jdbi.useHandle(handle -> handle.execute("drop function public.clock_timestamp()"));
      assertThat(service.schedule.lookNow()).isPositive();
    }
  }

  private static int claims(Jdbi jdbi) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select claims from next_look").mapTo(Integer.class).one());
  }
}
