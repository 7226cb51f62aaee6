package rekindle.service.optout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import rekindle.json.Rfc3339;
import rekindle.json.StrictJson;
import rekindle.service.optout.OptOutRules.Deadline;

/**
 * How fast noes took effect: from when each was received until nothing could be decided against it
 * any more, against the deadlines of its rows, and what was sent after it. Thread-safe.
 */
public final class RevocationReport {
  /** Revocations of one report, at most. */
  public static final int ROWS_MAX = 10_000;

  private static final double MEDIAN = 0.5;
  private static final double SLOWEST_HUNDREDTH = 0.99;
  private static final int MILLIS = 1000;

  private static final String SELECT =
      """
      select v.id, v.contact_id, v.channel, v.scope, v.reason, v.source, v.source_id, v.row_reference,
             v.rule, v.received_at, v.effective_at, v.legal_deadline, v.strict_deadline, v.deadlines,
             coalesce(c.jurisdictions, '{}') as jurisdictions, coalesce(c.time_zones, '{}') as time_zones
        from revocation v
        left join contact c on c.id = v.contact_id
       where v.received_at >= :from and v.received_at < :to
       order by v.received_at, v.id
       limit :most
      """;

  // A touch after a later yes is none after a no. One that was withheld for the no, and is told of
  // as
  // sent, was sent after it.
  private static final String SENT_AFTER =
      """
      select v.id as revocation, t.id, t.contact_id, t.channel, t.at, t.outcome
        from revocation v
        join contact_person own on own.contact_id = v.contact_id
        join contact_person cp on cp.person_id = own.person_id
        join touch t on t.contact_id = cp.contact_id
       where v.received_at >= :from and v.received_at < :to
         and (t.at > v.received_at
              or exists (
                select from touch_event e
                 where e.touch_id = t.id and e.outcome = 'withheld' and e.recorded_at >= v.received_at))
         and t.outcome in ('handed_over', 'in_doubt', 'delivered', 'bounced', 'failed')
         and (v.scope @> array['all'] or v.scope @> array[t.channel])
         and not exists (
           select from suppression s
            where s.contact_id = v.contact_id
              and s.since = v.received_at and s.reason = v.reason
              and s.scope in ('all', t.channel) and s.until <= t.at)
       order by t.at, t.id
       limit :most
      """;

  private final OptOutRules rules;

  public RevocationReport(OptOutRules rules) {
    this.rules = rules;
  }

  private record Row(ObjectNode json, Duration toEffect, boolean pastStrict, boolean pastLegal) {}

  /**
   * Noes that were received in a span of time.
   *
   * @param to the first instant beyond
   */
  public ObjectNode of(Handle handle, Instant from, Instant to) {
    List<Row> rows =
        handle
            .createQuery(SELECT)
            .bind("from", from)
            .bind("to", to)
            .bind("most", ROWS_MAX)
            .map((row, context) -> row(row))
            .list();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("from", Rfc3339.format(from));
    json.put("to", Rfc3339.format(to));
    json.put("received", rows.size());
    json.put("complete", rows.size() < ROWS_MAX);
    json.set("secondsToEffect", seconds(rows.stream().map(Row::toEffect).sorted().toList()));
    json.put("pastStrictDeadline", rows.stream().filter(Row::pastStrict).count());
    json.put("pastLegalDeadline", rows.stream().filter(Row::pastLegal).count());
    ArrayNode sent = json.putArray("sentAfter");
    handle
        .createQuery(SENT_AFTER)
        .bind("from", from)
        .bind("to", to)
        .bind("most", ROWS_MAX)
        .map((row, context) -> sent(row))
        .forEach(sent::add);
    ArrayNode revocations = json.putArray("revocations");
    rows.forEach(row -> revocations.add(row.json()));
    return json;
  }

  private static ObjectNode seconds(List<Duration> sorted) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (!sorted.isEmpty()) {
      json.put("median", text(sorted.get((int) ((sorted.size() - 1) * MEDIAN))));
      json.put("p99", text(sorted.get((int) Math.ceil((sorted.size() - 1) * SLOWEST_HUNDREDTH))));
      json.put("longest", text(sorted.get(sorted.size() - 1)));
    }
    return json;
  }

  /** Seconds as a decimal text. */
  private static String text(Duration duration) {
    return java.math.BigDecimal.valueOf(duration.toMillis())
        .divide(java.math.BigDecimal.valueOf(MILLIS))
        .toPlainString();
  }

  private Row row(ResultSet row) throws SQLException {
    Instant received = instant(row, "received_at");
    Instant effective = instant(row, "effective_at");
    Instant legal = orNull(row, "legal_deadline");
    Instant strict = orNull(row, "strict_deadline");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", row.getLong("id"));
    json.put("contactId", row.getString("contact_id"));
    json.put("channel", row.getString("channel"));
    ArrayNode scope = json.putArray("scope");
    List<String> ends = List.of((String[]) row.getArray("scope").getArray());
    ends.forEach(scope::add);
    for (String column : List.of("reason", "source", "rule")) {
      json.put(column, row.getString(column));
    }
    json.put("sourceId", row.getString("source_id"));
    json.put("row", row.getString("row_reference"));
    json.put("receivedAt", Rfc3339.format(received));
    json.put("effectiveAt", Rfc3339.format(effective));
    String told = row.getString("deadlines");
    if (told.isEmpty()) {
      List<Deadline> found = deadlines(row, received, ends);
      List<Deadline> own = OptOutRules.ofChannel(found, row.getString("channel"));
      legal = own.stream().map(Deadline::legal).min(Comparator.naturalOrder()).orElse(null);
      strict = own.stream().map(Deadline::strict).min(Comparator.naturalOrder()).orElse(null);
      json.set("deadlines", OptOuts.json(found));
    } else {
      json.set("deadlines", StrictJson.read(told));
    }
    json.put("legalDeadline", legal == null ? null : Rfc3339.format(legal));
    json.put("strictDeadline", strict == null ? null : Rfc3339.format(strict));
    // Told with a date to come, it is in force before it has to be.
    Duration toEffect =
        effective.isBefore(received) ? Duration.ZERO : Duration.between(received, effective);
    json.put("secondsToEffect", text(toEffect));
    return new Row(
        json,
        toEffect,
        strict != null && !effective.isBefore(strict),
        legal != null && !effective.isBefore(legal));
  }

  private List<Deadline> deadlines(ResultSet row, Instant received, List<String> ends)
      throws SQLException {
    return rules.deadlines(
        received,
        ends,
        List.of((String[]) row.getArray("jurisdictions").getArray()),
        List.of((String[]) row.getArray("time_zones").getArray()));
  }

  private static ObjectNode sent(ResultSet row) throws SQLException {
    return JsonNodeFactory.instance
        .objectNode()
        .put("revocation", row.getLong("revocation"))
        .put("touchId", row.getString("id"))
        .put("contactId", row.getString("contact_id"))
        .put("channel", row.getString("channel"))
        .put("at", Rfc3339.format(instant(row, "at")))
        .put("outcome", row.getString("outcome"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class)
        .toInstant()
        .truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
  }

  private static @Nullable Instant orNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
