package rekindle.service.database;

import java.sql.Connection;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The monthly partitions of the tables that are partitioned by their UUIDv7 ids, whose first 48
 * bits are the milliseconds since 1970. Several processes may make them at once.
 */
public final class Partitions {
  private static final List<String> TABLES = List.of("decision", "audit_event");
  private static final int MONTHS_BEFORE = 2;
  private static final int MONTHS_AHEAD = 13;

  /** Any number that nothing else of ours locks. */
  private static final long LOCK = 0x72656b_70617274L;

  private Partitions() {}

  /**
   * Makes what is missing from two months before to 13 months ahead of the database's clock.
   *
   * @return how many were made
   */
  public static int extend(Jdbi jdbi) {
    return jdbi.inTransaction(
        h -> {
          YearMonth now =
              YearMonth.parse(
                  h.createQuery("select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM')")
                      .mapTo(String.class)
                      .one());
          return make(
              h,
              IntStream.rangeClosed(-MONTHS_BEFORE, MONTHS_AHEAD)
                  .mapToObj(now::plusMonths)
                  .toList());
        });
  }

  /** Makes what is missing of those months, in the caller's transaction. */
  static int make(Handle handle, List<YearMonth> months) {
    Set<String> missing = missing(handle, months);
    if (missing.isEmpty()) {
      return 0; // the usual case locks nothing
    }
    handle
        .createQuery("select pg_advisory_xact_lock(:lock)::text")
        .bind("lock", LOCK)
        .mapTo(String.class)
        .one();
    int made = 0;
    missing = missing(handle, months);
    for (String table : TABLES) {
      for (YearMonth month : months) {
        if (missing.contains(name(table, month))) {
          make(handle, table, month);
          made++;
        }
      }
    }
    return made;
  }

  private static Set<String> missing(Handle handle, List<YearMonth> months) {
    var missing = new TreeSet<String>();
    for (String table : TABLES) {
      months.forEach(month -> missing.add(name(table, month)));
    }
    missing.removeAll(present(handle));
    return missing;
  }

  private static Set<String> present(Handle handle) {
    return handle
        .createQuery(
            """
            select child.relname
              from pg_inherits
              join pg_class child on child.oid = inhrelid
              join pg_class parent on parent.oid = inhparent
             where parent.relname in (<tables>)
               and parent.relnamespace = current_schema()::regnamespace
            """)
        .bindList("tables", TABLES)
        .mapTo(String.class)
        .set();
  }

  private static void make(Handle handle, String table, YearMonth month) {
    String name = name(table, month);
    handle.execute(
        "create table %s partition of %s for values from ('%s') to ('%s')"
            .formatted(name, table, firstId(month), firstId(month.plusMonths(1))));
    // Triggers for each statement are not inherited.
    handle.execute(
        "create trigger append_only_truncate before truncate on %s for each statement execute function refuse_change()"
            .formatted(name));
  }

  /** The months for which the partitioned tables have partitions, {@code 2026-03}. */
  static List<String> months(Connection connection) {
    return Jdbi.create(connection).withHandle(Partitions::present).stream()
        .map(name -> name.substring(name.length() - "2026_03".length()).replace('_', '-'))
        .filter(text -> text.matches("[0-9]{4}-[0-9]{2}"))
        .distinct()
        .sorted()
        .toList();
  }

  private static String name(String table, YearMonth month) {
    return String.format(
        Locale.ROOT, "%s_%04d_%02d", table, month.getYear(), month.getMonthValue());
  }

  /** The smallest id that can be made in a month. */
  static String firstId(YearMonth month) {
    long millis = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    String digits = String.format(Locale.ROOT, "%012x", millis);
    return digits.substring(0, 8) + "-" + digits.substring(8) + "-0000-0000-000000000000";
  }
}
