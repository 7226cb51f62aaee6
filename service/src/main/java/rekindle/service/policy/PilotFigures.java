package rekindle.service.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import rekindle.service.ids.TimeOrderedIds;

/**
 * How people fare under a piloted release, beside those under the active one: of each side the
 * latest recorded decision of each contact since the pilot began.
 */
public final class PilotFigures {
  /** Contacts of each side that are looked at, drawn by a hash, so that figures stay cheap. */
  private static final int CONTACTS_MAX = 10_000;

  private static final String LATEST =
      """
      create temporary table pilot_latest on commit drop as
      select contact_id, piloted, verdict, convert_from(outcome, 'UTF8')::jsonb as outcome
        from (select *, row_number() over (partition by piloted order by md5(contact_id)) as place
                from (select distinct on (contact_id)
                             contact_id, verdict, outcome, release_id = :release as piloted
                        from decision
                       where id >= :from and id < :to and erased_at is null
                       order by contact_id, id desc) as latest) as drawn
       where place <= :contactsMax
      """;

  private static final String COUNTS =
      """
      select piloted, 'contacts' as what, '' as code, count(*) as n from pilot_latest group by 1
      union all
      select piloted, 'verdict', verdict, count(*) from pilot_latest group by 1, 3
      union all
      select piloted, 'touch', outcome -> 'touch' ->> 'channel', count(*)
        from pilot_latest where jsonb_typeof(outcome -> 'touch') = 'object' group by 1, 3
      union all
      select piloted, 'incentive', outcome -> 'incentive' ->> 'code', count(*)
        from pilot_latest where jsonb_typeof(outcome -> 'incentive') = 'object' group by 1, 3
      union all
      select piloted, 'allowed', channel.key, count(*)
        from pilot_latest, jsonb_each(outcome -> 'channels') channel
       where (channel.value ->> 'allowed')::boolean group by 1, 3
      union all
      select piloted, 'denied', denial ->> 'code', count(distinct contact_id)
        from pilot_latest, jsonb_each(outcome -> 'channels') channel,
             jsonb_array_elements(channel.value -> 'denials') denial
       group by 1, 3
      union all
      select piloted, 'response', response.kind, count(*)
        from pilot_latest join response using (contact_id)
       where response.at >= :since group by 1, 3
      order by 2, 3, 1
      """;

  private PilotFigures() {}

  /** The sides {@code pilot} and {@code others}, each with counts by what is counted and code. */
  public static ObjectNode of(Handle handle, Trial pilot) {
    return handle.inTransaction(same -> figures(same, pilot));
  }

  private record Count(boolean isPiloted, String what, String code, long count) {}

  private static ObjectNode figures(Handle handle, Trial pilot) {
    UUID to = pilot.endsAt() == null ? new UUID(-1L, -1L) : TimeOrderedIds.first(pilot.endsAt());
    handle
        .createUpdate(LATEST)
        .bind("release", pilot.release())
        .bind("from", TimeOrderedIds.first(pilot.startsAt()))
        .bind("to", to)
        .bind("contactsMax", CONTACTS_MAX)
        .execute();
    List<Count> counts =
        handle
            .createQuery(COUNTS)
            .bind("since", pilot.startsAt())
            .map(
                (row, context) ->
                    new Count(
                        row.getBoolean(1), row.getString(2), row.getString(3), row.getLong(4)))
            .list();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("pilot", side(counts, true));
    json.set("others", side(counts, false));
    return json;
  }

  private static ObjectNode side(List<Count> counts, boolean isPiloted) {
    ObjectNode side = JsonNodeFactory.instance.objectNode();
    side.put("contacts", 0);
    for (String what : List.of("verdict", "touch", "incentive", "allowed", "denied", "response")) {
      side.putObject(what);
    }
    for (Count count : counts) {
      if (count.isPiloted != isPiloted) {
        continue;
      }
      if (count.what.equals("contacts")) {
        side.put("contacts", count.count);
      } else {
        side.withObject("/" + count.what).put(count.code, count.count);
      }
    }
    return side;
  }
}
