package rekindle.service.schedule;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL that keeps what it committed, as the one in production does, with autovacuum as it
 * comes; and what its tables have become.
 */
public final class DurableServer implements AutoCloseable {
  private static final String USER = "postgres";

  private static final String SIZE =
      """
      select coalesce(s.n_dead_tup, 0) as dead, pg_total_relation_size(c.oid) as bytes,
             coalesce(s.autovacuum_count, 0) as vacuums
        from pg_class c left join pg_stat_user_tables s on s.relid = c.oid
       where c.oid = cast(:table as regclass)
      """;

  private final EmbeddedPostgres postgres;

  public DurableServer() throws IOException {
    postgres =
        EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofMinutes(2))
            .setServerConfig("max_connections", "200")
            .setServerConfig("shared_buffers", "128MB")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start();
  }

  public String url() {
    return postgres.getJdbcUrl(USER, "postgres").replaceFirst("\\?.*", "");
  }

  public Jdbi jdbi() {
    var source = new PGSimpleDataSource();
    source.setUrl(url());
    source.setUser(USER);
    return Jdbi.create(source).installPlugin(new PostgresPlugin());
  }

  /**
   * What a table has become, with its indexes.
   *
   * @param dead versions of rows that nothing but an old snapshot can see
   */
  public record Size(long dead, long bytes, long vacuums) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%d dead, %.1f MB, %d vacuums", dead, bytes / 1e6, vacuums);
    }
  }

  /** Sizes of tables by their names. */
  public Map<String, Size> sizes(Iterable<String> tables) {
    Map<String, Size> sizes = new TreeMap<>();
    jdbi()
        .useHandle(
            handle -> {
              // Else one session sees what it saw first.
              handle.execute("select pg_stat_clear_snapshot()");
              for (String table : tables) {
                sizes.put(
                    table,
                    handle
                        .createQuery(SIZE)
                        .bind("table", table)
                        .map(
                            (row, context) ->
                                new Size(
                                    row.getLong("dead"),
                                    row.getLong("bytes"),
                                    row.getLong("vacuums")))
                        .one());
              }
            });
    return sizes;
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
