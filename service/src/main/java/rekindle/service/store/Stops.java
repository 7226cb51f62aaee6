package rekindle.service.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Kill switches. Whoever reserves touches holds a shared lock until the commit, whoever sets a
 * switch takes it alone: once a switch is committed, nothing that it stops is reserved.
 */
public final class Stops {
  private Stops() {}

  /**
   * A kill switch.
   *
   * @param kind {@code everything}, {@code program}, {@code channel} or {@code sequence}
   * @param name which one; null for everything
   */
  public record Stop(
      UUID id,
      String kind,
      @Nullable String name,
      String reason,
      String client,
      Instant since,
      @Nullable Instant liftedAt,
      @Nullable String liftedBy) {
    /** Whether it stops a touch of that program, channel and sequence. */
    public boolean stops(@Nullable String program, String channel, String sequence) {
      return switch (kind) {
        case "everything" -> true;
        case "program" -> name != null && name.equals(program);
        case "channel" -> channel.equals(name);
        default -> sequence.equals(name);
      };
    }
  }

  private static final String SHARED = "select pg_advisory_xact_lock_shared(7302, 0)";
  private static final String ALONE = "select pg_advisory_xact_lock(7302, 0)";
  private static final String SELECT =
      "select id, kind, name, reason, client, since, lifted_at, lifted_by from stop ";

  /** The switches that are set, and none other until the transaction ends. */
  public static List<Stop> hold(Handle handle) {
    handle.createQuery(SHARED).mapTo(String.class).list();
    return active(handle);
  }

  public static List<Stop> active(Handle handle) {
    return list(handle, SELECT + "where lifted_at is null order by since, id");
  }

  /** All that ever were, the latest first. */
  public static List<Stop> all(Handle handle, int most) {
    return list(handle, SELECT + "order by since desc, id desc limit " + most);
  }

  /** Sequences that somebody is in. */
  public static List<String> openSequences(Handle handle) {
    return names(handle, "select distinct sequence from journey where ended_at is null");
  }

  /** Programs of contacts. */
  public static List<String> programs(Handle handle) {
    return names(handle, "select distinct program from contact where program is not null");
  }

  private static List<String> names(Handle handle, String sql) {
    return handle.createQuery(sql).mapTo(String.class).list();
  }

  private static List<Stop> list(Handle handle, String sql) {
    return handle
        .createQuery(sql)
        .map(
            (row, context) -> {
              java.sql.Timestamp lifted = row.getTimestamp("lifted_at");
              return new Stop(
                  row.getObject("id", UUID.class),
                  row.getString("kind"),
                  row.getString("name"),
                  row.getString("reason"),
                  row.getString("client"),
                  row.getTimestamp("since").toInstant(),
                  lifted == null ? null : lifted.toInstant(),
                  row.getString("lifted_by"));
            })
        .list();
  }

  /** Sets a switch; waits for reservations that are about to be committed. */
  public static Stop set(
      Handle handle, UUID id, String kind, @Nullable String name, String reason, String client) {
    handle.createQuery(ALONE).mapTo(String.class).list();
    handle
        .createUpdate(
            "insert into stop (id, kind, name, reason, client) values (:id, :kind, :name, :reason, :client)")
        .bind("id", id)
        .bind("kind", kind)
        .bind("name", name)
        .bind("reason", reason)
        .bind("client", client)
        .execute();
    return find(handle, id).orElseThrow();
  }

  public static Optional<Stop> find(Handle handle, UUID id) {
    return list(handle, SELECT + "where id = '" + id + "'").stream().findFirst();
  }

  /**
   * Lifts a switch; waits for looks that still see it. Whom it held back is woken afterwards, some
   * at a time: nobody can reserve anything meanwhile.
   *
   * @return false if it was lifted before
   */
  public static boolean lift(Handle handle, UUID id, String client) {
    handle.createQuery(ALONE).mapTo(String.class).list();
    return handle
            .createUpdate(
                "update stop set lifted_at = clock_timestamp(), lifted_by = :client"
                    + " where id = :id and lifted_at is null")
            .bind("id", id)
            .bind("client", client)
            .execute()
        == 1;
  }

  private static final String LIFTED =
      """
      select id, coalesce(woken_to, '') as woken_to from stop
       where lifted_at is not null and woken_at is null
       order by lifted_at, id
       limit 1
         for update skip locked
      """;

  private static final String WOKEN =
      """
      update stop
         set woken_to = :to, woken_at = case when cast(:to as text) is null then clock_timestamp() end
       where id = :id
      """;

  private record Lifted(UUID id, String wokenTo) {}

  /**
   * Has some of those looked at whom a lifted switch held back; whoever does so next goes on from
   * there.
   *
   * @return false if there is no such switch, or others are at them
   */
  public static boolean wakeHeldBack(Handle handle, int most) {
    Optional<Lifted> lifted =
        handle
            .createQuery(LIFTED)
            .map(
                (row, context) ->
                    new Lifted(row.getObject("id", UUID.class), row.getString("woken_to")))
            .findOne();
    lifted.ifPresent(
        stop ->
            handle
                .createUpdate(WOKEN)
                .bind("id", stop.id())
                .bind("to", Wakes.wakeStopped(handle, stop.wokenTo(), most))
                .execute());
    return lifted.isPresent();
  }
}
