package rekindle.service.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import rekindle.service.ids.TimeOrderedIds;

/**
 * Recorded decisions of a time, page by page in the order in which they were recorded: each page is
 * a statement of its own, so that no transaction stays open however many there are.
 */
public final class RecordedDecisions {
  /** One more than the largest hash. */
  private static final long HASHES = 1L << 32;

  // Ids are told apart by MD5 because it stays the same in every version of PostgreSQL.
  private static final String SAMPLED =
      " and cast(cast('x' || left(md5(cast(id as text)), 8) as bit(32)) as bigint) < :below";

  private static final String COUNT =
      "select count(*) from decision where id >= :from and id < :to";

  private static final String ALL =
      """
      select id, release_id, as_of, coalesce(facts, '') as facts, coalesce(outcome, '') as outcome
        from decision
       where id > :after and id < :to
       order by id limit :most
      """;

  /** The index alone says which ones are in the sample. */
  private static final String SAMPLE =
      """
      select d.id, d.release_id, d.as_of, coalesce(d.facts, '') as facts,
             coalesce(d.outcome, '') as outcome
        from (select id from decision
               where id > :after and id < :to %s
               order by id limit :most) w
        join decision d on d.id = w.id and d.id > :after and d.id < :to
       order by d.id
      """
          .formatted(SAMPLED);

  private RecordedDecisions() {}

  /**
   * Which decisions are meant.
   *
   * @param from the first id
   * @param to the first id beyond
   * @param below only those whose hash is less; the same ones each time
   */
  public record Selection(UUID from, UUID to, long below) {
    private boolean isWhole() {
      return below >= HASHES;
    }
  }

  /**
   * What a decision was made from, and what came of it: nothing if its person was erased. The byte
   * arrays are not copied.
   */
  // Read once and never compared.
  @SuppressWarnings("ArrayRecordComponent")
  public record Kept(UUID id, String release, Instant asOf, byte[] facts, byte[] outcome) {}

  /** All decisions that were recorded from one instant on and before another. */
  public static Selection between(Instant from, Instant to) {
    return new Selection(TimeOrderedIds.first(from), TimeOrderedIds.first(to), HASHES);
  }

  /**
   * About as many of the decisions as are asked for, picked by a hash of their ids.
   *
   * @param available how many there are
   */
  public static Selection sample(Selection all, long available, long wanted) {
    if (available <= wanted) {
      return all;
    }
    long below = (long) Math.ceil((double) wanted / available * HASHES);
    return new Selection(all.from(), all.to(), below);
  }

  public static long count(Handle handle, Selection selection) {
    var query =
        handle
            .createQuery(selection.isWhole() ? COUNT : COUNT + SAMPLED)
            .bind("from", selection.from())
            .bind("to", selection.to());
    if (!selection.isWhole()) {
      query.bind("below", selection.below());
    }
    return query.mapTo(Long.class).one();
  }

  /**
   * The next decisions.
   *
   * @param after the last id of the page before, or the first id of the selection
   */
  public static List<Kept> page(Handle handle, Selection selection, UUID after, int most) {
    var query =
        handle
            .createQuery(selection.isWhole() ? ALL : SAMPLE)
            .bind("after", after)
            .bind("to", selection.to())
            .bind("most", most);
    if (!selection.isWhole()) {
      query.bind("below", selection.below());
    }
    return query.map((row, context) -> kept(row)).list();
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        row.getObject("id", UUID.class),
        row.getString("release_id"),
        row.getObject("as_of", OffsetDateTime.class).toInstant(),
        PackedDocument.unpack(row.getBytes("facts")),
        PackedDocument.unpack(row.getBytes("outcome")));
  }
}
