package rekindle.service.store;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import rekindle.facts.Channel;

/**
 * Touches that the service makes, from the reservation to the last that is known of them. Each step
 * is a change of the touch's state and a row in its ledger. What is told of a touch may come in any
 * order, twice or late: of two outcomes the one that says more counts.
 */
public final class ScheduledTouches {
  /** The route of what a mail server takes. */
  public static final String SMTP = "smtp";

  private ScheduledTouches() {}

  /** What becomes of a touch; RELIABILITY's states, as the table has them. */
  public enum State {
    /** A platform asked for it, and may not send it yet. */
    LEASED,
    /** A platform that asked may send it. */
    SENDING,
    /** A process of ours is handing it over. */
    HANDING_OVER,
    /** A person does it by hand. */
    TASK,
    HANDED_OVER,
    IN_DOUBT,
    DONE,
    REJECTED,
    /** Nothing was sent; it may be made again under the same id. */
    RELEASED,
    WITHHELD,
    /** Nobody will know any more; it counts as sent. */
    UNKNOWN;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * Something that is told of a touch.
   *
   * @param attempt the reservation that it is told of; null for whichever there is
   * @param outcome the contract's word
   * @param detail what else is known; a sentence without personal data
   * @param watchUntil by when more must be told, if this is not the last
   */
  public record Told(
      String touchId,
      @Nullable Integer attempt,
      String outcome,
      State state,
      Instant at,
      @Nullable String detail,
      @Nullable Instant watchUntil) {}

  /** Outcomes from the one that says least to the one that says most. */
  private static final String RANKS =
      "array['reserved', 'withheld', 'in_doubt', 'handed_over', 'not_sent', 'failed', 'delivered', 'bounced']";

  private static final String TELL =
      """
      with told as materialized (
        select r.*, t.outcome as before, t.state as state_before, t.route, t.contact_id,
               coalesce(r.attempt <> t.attempt, false)
                 or t.state is distinct from 'released'
                 and array_position(%1$s, r.outcome) <= array_position(%1$s, t.outcome) as known
          from json_to_recordset(cast(:rows as json)) as r(
            n integer, touch_id text, attempt integer, outcome text, state text, at timestamptz, detail text, watch_until timestamptz)
          join touch t on t.id = r.touch_id),
      moved as (
        update touch t
           set outcome = m.outcome, state = case when t.state is null then null else m.state end, lease_until = null,
               watch_until = m.watch_until, updated_at = clock_timestamp()
          from told m
         where t.id = m.touch_id and not m.known
        returning t.id),
      written as (
        insert into touch_event (touch_id, at, outcome, detail)
        select m.touch_id, m.at, m.outcome,
               jsonb_strip_nulls(jsonb_build_object('detail', m.detail, 'counts', not m.known))
          from told m
         where not m.known or not exists (
                 select from touch_event e
                  where e.touch_id = m.touch_id and e.outcome = m.outcome and e.at = m.at))
      select n, known, state_before, contact_id from told
      """
          .formatted(RANKS);

  /**
   * What a telling came to.
   *
   * @param index of the telling
   * @param counted whether it changed the touch
   * @param before the state in which the touch was; null for one that another system told
   */
  public record Heard(int index, boolean counted, @Nullable State before, String contactId) {}

  /**
   * Takes in what is told of touches; of several about one touch in one call the last is enough.
   *
   * @return what each came to; those of unknown touches are missing
   */
  public static List<Heard> tell(Handle handle, List<Told> told) {
    if (told.isEmpty()) {
      return List.of();
    }
    TouchLocks.lock(handle, told.stream().map(Told::touchId).toList());
    record Numbered(int n, Told told) {}
    List<Numbered> numbered =
        java.util.stream.IntStream.range(0, told.size())
            .mapToObj(n -> new Numbered(n, told.get(n)))
            .toList();
    String rows =
        JsonRows.of(
            numbered,
            (one, row) ->
                row.integer("n", (long) one.n())
                    .text("touch_id", one.told().touchId())
                    .integer("attempt", number(one.told().attempt()))
                    .text("outcome", one.told().outcome())
                    .text("state", one.told().state().code())
                    .instant("at", one.told().at())
                    .text("detail", one.told().detail())
                    .instant("watch_until", one.told().watchUntil()));
    return handle
        .createQuery(TELL)
        .bind("rows", rows)
        .map(
            (row, context) -> {
              String before = row.getString("state_before");
              return new Heard(
                  row.getInt("n"),
                  !row.getBoolean("known"),
                  before == null ? null : State.of(before),
                  row.getString("contact_id"));
            })
        .list();
  }

  private static @Nullable Long number(@Nullable Integer number) {
    return number == null ? null : number.longValue();
  }

  private static final String RELEASE =
      """
      with released as (
        update touch t
           set outcome = 'not_sent', state = 'released', lease_until = null, watch_until = null,
               updated_at = clock_timestamp()
          from json_to_recordset(cast(:touches as json)) as w(id text, attempt integer)
         where t.id = w.id and t.attempt = coalesce(w.attempt, t.attempt)
           and t.state in (select s.id from json_array_elements_text(cast(:states as json)) as s(id))
        returning t.id, t.contact_id),
      told as (
        insert into touch_event (touch_id, at, outcome, detail)
        select id, clock_timestamp(), 'not_sent', jsonb_build_object('state', 'released', 'detail', cast(:detail as text))
          from released)
      select contact_id from released
      """;

  /**
   * Gives up reservations of touches of which nothing was sent for certain.
   *
   * @param from only touches in these states
   * @return contacts of those that were given up
   */
  public static List<String> release(
      Handle handle, Collection<String> ids, Set<State> from, String detail) {
    return releaseAttempts(
        handle, ids.stream().map(id -> new Attempt(id, null)).toList(), from, detail);
  }

  /**
   * A reservation of a touch.
   *
   * @param number the first, second …; null for whichever there is
   */
  public record Attempt(String touchId, @Nullable Integer number) {}

  /** The same, unless the touch was reserved once more since. */
  public static List<String> releaseAttempts(
      Handle handle, Collection<Attempt> attempts, Set<State> from, String detail) {
    if (attempts.isEmpty()) {
      return List.of();
    }
    TouchLocks.lock(handle, attempts.stream().map(Attempt::touchId).toList());
    return handle
        .createQuery(RELEASE)
        .bind(
            "touches",
            JsonRows.of(
                attempts,
                (one, row) ->
                    row.text("id", one.touchId()).integer("attempt", number(one.number()))))
        .bind("states", JsonRows.texts(from.stream().map(State::code).toList()))
        .bind("detail", detail)
        .mapTo(String.class)
        .list();
  }

  /**
   * A touch as it stands.
   *
   * @param decisionId of the decision that reserved it; null for one that another system told
   */
  public record Standing(
      String id,
      String contactId,
      String sequence,
      int step,
      Channel channel,
      Instant at,
      String outcome,
      @Nullable State state,
      @Nullable String route,
      @Nullable String client,
      @Nullable UUID decisionId,
      int attempt,
      @Nullable Instant sendNotAfter,
      @Nullable String confirmKey) {}

  private static final String STANDING =
      """
      select id, contact_id, sequence, step, channel, at, outcome, state, route, client, decision_id, attempt,
             send_not_after, confirm_key
        from touch
      """;

  public static Optional<Standing> find(Handle handle, String id) {
    return handle
        .createQuery(STANDING + " where id = :id")
        .bind("id", id)
        .map(ScheduledTouches::standing)
        .findOne();
  }

  /**
   * What must be known of a touch when something is told of it.
   *
   * @param holder the client that asked for it; null if none did
   * @param passedOn whether somebody else had it in hand before
   */
  public record ToldOf(Channel channel, @Nullable String holder, boolean passedOn) {}

  private static final String TOLD_OF =
      """
      select t.id, t.channel, case when t.route = 'pull' then t.client end,
             exists (select from task k where k.touch_id = t.id and k.passed_on)
        from touch t
       where t.id in (select w.id from json_array_elements_text(cast(:ids as json)) as w(id))
      """;

  /** Those touches that are known; nobody else has them until the transaction ends. */
  public static Map<String, ToldOf> toldOf(Handle handle, Collection<String> ids) {
    TouchLocks.lock(handle, ids);
    var touches = new HashMap<String, ToldOf>();
    handle
        .createQuery(TOLD_OF)
        .bind("ids", JsonRows.texts(ids))
        .map(
            (row, context) ->
                Map.entry(
                    row.getString(1),
                    new ToldOf(
                        Channel.of(row.getString(2)).orElseThrow(),
                        row.getString(3),
                        row.getBoolean(4))))
        .forEach(entry -> touches.put(entry.getKey(), entry.getValue()));
    return touches;
  }

  private static final String LEDGER =
      "select at, outcome, detail, recorded_at from touch_event where touch_id = :id order by id";

  /**
   * A row of a touch's ledger.
   *
   * @param detail JSON; null for none
   */
  public record Entry(Instant at, String outcome, @Nullable String detail, Instant recordedAt) {}

  /** All that was told of a touch, in the order in which it came. */
  public static List<Entry> ledger(Handle handle, String id) {
    return handle
        .createQuery(LEDGER)
        .bind("id", id)
        .map(
            (row, context) ->
                new Entry(
                    row.getTimestamp("at").toInstant(),
                    row.getString("outcome"),
                    row.getString("detail"),
                    row.getTimestamp("recorded_at").toInstant()))
        .list();
  }

  private static final String WAS_TAKEN =
      """
      select exists (
        select from touch_event e
         where e.touch_id = :id and e.outcome in ('handed_over', 'delivered', 'bounced'))
      """;

  /** Whether anybody ever said that they have a touch, or had it. */
  public static boolean wasTaken(Handle handle, String id) {
    return handle.createQuery(WAS_TAKEN).bind("id", id).mapTo(Boolean.class).one();
  }

  /** Touches of a route of which nobody knows whether they were sent, the oldest first. */
  public static List<Standing> inDoubt(
      Handle handle, String route, @Nullable String client, int most) {
    return handle
        .createQuery(
            STANDING
                + """
                 where state = 'in_doubt' and watch_until is not null and route = :route
                   and (cast(:client as text) is null or client = :client)
                 order by watch_until
                 limit :most
                """)
        .bind("route", route)
        .bind("client", client)
        .bind("most", most)
        .map(ScheduledTouches::standing)
        .list();
  }

  private static Standing standing(java.sql.ResultSet row, StatementContext context)
      throws java.sql.SQLException {
    String state = row.getString("state");
    java.sql.Timestamp notAfter = row.getTimestamp("send_not_after");
    return new Standing(
        row.getString("id"),
        row.getString("contact_id"),
        row.getString("sequence"),
        row.getInt("step"),
        Channel.of(row.getString("channel")).orElseThrow(),
        row.getTimestamp("at").toInstant(),
        row.getString("outcome"),
        state == null ? null : State.of(state),
        row.getString("route"),
        row.getString("client"),
        row.getObject("decision_id", UUID.class),
        row.getInt("attempt"),
        notAfter == null ? null : notAfter.toInstant(),
        row.getString("confirm_key"));
  }

  private static final String BY_DECISION =
      """
      select contact_id from decision
       where touch_id = :touch and erased_at is null
       order by id desc
       limit 1
      """;

  /** The contact of a touch that a recorded decision named, though nothing was reserved. */
  public static Optional<String> contactOf(Handle handle, String touchId) {
    return handle.createQuery(BY_DECISION).bind("touch", touchId).mapTo(String.class).findOne();
  }
}
