package rekindle.service.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;
import rekindle.service.store.ScheduledTouches.State;

/** What the ledger of touches says, for holding it against a platform's own list. */
public final class ReconciliationStore {
  private ReconciliationStore() {}

  private static final String IS_CLIENT =
      """
      select exists (select from api_client c where c.name = :client)
          or exists (select from touch t where t.client = :client)
      """;

  /** Whether there is a client of that name, or it leased a touch once. */
  public static boolean isClient(Handle handle, String client) {
    return handle.createQuery(IS_CLIENT).bind("client", client).mapTo(Boolean.class).one();
  }

  /**
   * A touch of ours.
   *
   * @param state null for one that another system told
   * @param outcome the contract's word
   * @param acknowledged whether a platform ever said that it has it
   */
  public record Ours(
      String id,
      String contactId,
      Instant at,
      @Nullable State state,
      String outcome,
      @Nullable String route,
      @Nullable String client,
      @Nullable Instant sendNotAfter,
      boolean acknowledged) {}

  private static final String SELECT =
      """
      select t.id, t.contact_id, t.at, t.state, t.outcome, t.route, t.client, t.send_not_after,
             exists (select from touch_event e
                      where e.touch_id = t.id and e.outcome in ('handed_over', 'delivered', 'bounced')) as acknowledged
        from touch t
      """;

  private static final String BY_ID =
      SELECT
          + " where t.id in (select w.id from json_array_elements_text(cast(:ids as json)) as w(id))";

  /** Those of the touches that the ledger knows. */
  public static List<Ours> known(Handle handle, Collection<String> ids) {
    return handle
        .createQuery(BY_ID)
        .bind("ids", JsonRows.texts(ids))
        .map(ReconciliationStore::ours)
        .list();
  }

  private static final String IN_SPAN =
      SELECT
          + """
             where t.at >= :from and t.at < :to and t.route = :route
               and (cast(:client as text) is null or t.client = :client)
               and (t.state in ('sending', 'handing_over', 'handed_over', 'in_doubt', 'unknown')
                    or (t.state = 'done' and t.outcome in ('delivered', 'bounced')))
             order by t.at, t.id
             limit :most
            """;

  /**
   * Touches of a span that a platform has, or may have, according to the ledger.
   *
   * @param client who asked for them; null for a platform that is told
   */
  public static List<Ours> handedOver(
      Handle handle, String route, @Nullable String client, Instant from, Instant to, int most) {
    return handle
        .createQuery(IN_SPAN)
        .bind("route", route)
        .bind("client", client)
        .bind("from", from)
        .bind("to", to)
        .bind("most", most)
        .map(ReconciliationStore::ours)
        .list();
  }

  private static Ours ours(ResultSet row, StatementContext context) throws SQLException {
    String state = row.getString("state");
    Timestamp notAfter = row.getTimestamp("send_not_after");
    return new Ours(
        row.getString("id"),
        row.getString("contact_id"),
        row.getTimestamp("at").toInstant(),
        state == null ? null : State.of(state),
        row.getString("outcome"),
        row.getString("route"),
        row.getString("client"),
        notAfter == null ? null : notAfter.toInstant(),
        row.getBoolean("acknowledged"));
  }

  private static final String REOPEN =
      """
      update touch t
         set outcome = 'reserved', updated_at = clock_timestamp()
       where t.id = any(array(select w.id from json_array_elements_text(cast(:ids as json)) as w(id)))
         and t.outcome in ('failed', 'not_sent')
      """;

  /**
   * Has touches count again of which it was told in error that nothing was sent. What is told of
   * them next, in the same transaction, says that they were handed over: otherwise it would say
   * less than what is known.
   */
  public static void reopen(Handle handle, Collection<String> ids) {
    if (!ids.isEmpty()) {
      TouchLocks.lock(handle, ids);
      handle.createUpdate(REOPEN).bind("ids", JsonRows.texts(ids)).execute();
    }
  }

  /**
   * A touch that a platform has and the ledger does not.
   *
   * @param at when the platform accepted it
   * @param incentive that was granted with it; null for none
   */
  public record Unlogged(
      String id,
      String contactId,
      String sequence,
      int step,
      Channel channel,
      Instant at,
      String route,
      @Nullable String client,
      @Nullable String incentive) {}

  // As a platform has it that may send it: whatever is told next moves it on from there.
  private static final String ADD =
      """
      with added as (
        insert into touch (id, contact_id, address_id, sequence, step, channel, at, outcome, state, route, client,
                           attempt, incentive)
        select r.id, r.contact_id, ca.address_id, r.sequence, r.step, r.channel, r.at, 'reserved', 'sending', r.route,
               r.client, 1, r.incentive
          from json_to_recordset(cast(:rows as json)) as r(
            id text, contact_id text, sequence text, step integer, channel text, at timestamptz, route text,
            client text, incentive text)
          left join contact_address ca on ca.contact_id = r.contact_id and ca.channel = r.channel
         order by r.id
        on conflict (id) do nothing
        returning id, at, route),
      told as (
        insert into touch_event (touch_id, at, outcome, detail)
        select id, at, 'reserved', jsonb_build_object('state', 'sending', 'route', route, 'unlogged', true) from added)
      select id from added
      """;

  /**
   * Writes touches into the ledger; their persons are locked. What is told of them next, in the
   * same transaction, says that they were handed over.
   *
   * @return ids of those that were written; one that came meanwhile is not
   */
  public static Set<String> add(Handle handle, List<Unlogged> touches) {
    return touches.isEmpty()
        ? Set.of()
        : new HashSet<>(
            handle
                .createQuery(ADD)
                .bind("rows", JsonRows.of(touches, ReconciliationStore::fields))
                .mapTo(String.class)
                .list());
  }

  private static void fields(Unlogged touch, JsonRows row) {
    row.text("id", touch.id())
        .text("contact_id", touch.contactId())
        .text("sequence", touch.sequence())
        .integer("step", (long) touch.step())
        .text("channel", touch.channel().code())
        .instant("at", touch.at())
        .text("route", touch.route())
        .text("client", touch.client())
        .text("incentive", touch.incentive());
  }

  /**
   * How the comparison of one list came out, in numbers.
   *
   * @param unloggedFrom when the first of {@code theirsOnly} was accepted; null if there is none
   * @param unloggedTo when the last was
   */
  public record Result(
      UUID id,
      String route,
      @Nullable String client,
      Instant from,
      Instant to,
      int listed,
      int both,
      int oursOnly,
      int theirsOnly,
      @Nullable Instant unloggedFrom,
      @Nullable Instant unloggedTo,
      String caller) {}

  private static final String RECORD =
      """
      insert into reconciliation (id, route, client, span_from, span_to, listed, known, ours_only, theirs_only,
                                  unlogged_from, unlogged_to, caller)
      values (:id, :route, :client, :from, :to, :listed, :both, :oursOnly, :theirsOnly, :unloggedFrom, :unloggedTo,
              :caller)
      """;

  public static void record(Handle handle, Result result) {
    handle
        .createUpdate(RECORD)
        .bind("id", result.id())
        .bind("route", result.route())
        .bind("client", result.client())
        .bind("from", result.from())
        .bind("to", result.to())
        .bind("listed", result.listed())
        .bind("both", result.both())
        .bind("oursOnly", result.oursOnly())
        .bind("theirsOnly", result.theirsOnly())
        .bind("unloggedFrom", result.unloggedFrom())
        .bind("unloggedTo", result.unloggedTo())
        .bind("caller", result.caller())
        .execute();
  }

  private static final String UNLOGGED =
      """
      select coalesce(sum(r.theirs_only), 0)
        from reconciliation r
       where r.theirs_only > 0
         and not exists (
               select from reconciliation later
                where later.route = r.route and later.client is not distinct from r.client
                  and later.recorded_at > r.recorded_at
                  and later.span_from <= coalesce(r.unlogged_from, r.span_from)
                  and later.span_to >= coalesce(r.unlogged_to, r.span_to))
      """;

  /** How many touches nobody here handed over, by the last list that covers them. */
  public static long unlogged(Handle handle) {
    return handle.createQuery(UNLOGGED).mapTo(Long.class).one();
  }
}
