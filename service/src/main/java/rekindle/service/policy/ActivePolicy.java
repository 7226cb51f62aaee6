package rekindle.service.policy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import rekindle.service.policy.Standing.RunningPilot;

/**
 * Which release decides, in this process as in all others. What the store says holds for a second:
 * a switch is announced longer ahead than that, so nobody decides by the release before it once it
 * has come. Instants are the database's; this process only counts from them. Thread-safe.
 */
public final class ActivePolicy {
  /** How long a reading holds. */
  static final Duration HOLDS = Duration.ofSeconds(1);

  /**
   * How long ahead a switch is announced: a reading holds, and the announcement needs to commit.
   */
  static final Duration ANNOUNCED_AHEAD = HOLDS.plusMillis(500);

  private static final String READ =
      """
      select active.release_id, active.next_id, active.next_at, clock_timestamp() as now,
             pilot.id as pilot_id, pilot.release_id as pilot_release, pilot.share, pilot.starts_at,
             shadow.id as shadow_id, shadow.release_id as shadow_release
        from active_release active
        left join pilot on pilot.ends_at is null
        left join shadow on shadow.ends_at is null
      """;

  private final Jdbi jdbi;
  private final AtomicReference<@Nullable CompletableFuture<Standing>> reading =
      new AtomicReference<>();
  private volatile @Nullable Standing standing;

  public ActivePolicy(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The id of the release that decides for everybody now. */
  public String release() {
    return current().release(System.nanoTime());
  }

  /**
   * The release that is tried with a person instead of the active one; null if none is.
   *
   * @param person null where it is not known
   */
  public @Nullable String piloted(@Nullable String person) {
    return current().piloted(person, System.nanoTime());
  }

  /** The release that decides beside the active one without effect; null if none does. */
  public @Nullable RunningShadow shadow() {
    return current().shadow();
  }

  /** Releases that are asked for at any moment. */
  public Set<String> inUse() {
    Standing known = standing;
    return known == null ? Set.of() : known.inUse();
  }

  private Standing current() {
    Standing known = standing;
    return known == null || System.nanoTime() - known.readNanos() > HOLDS.toNanos()
        ? readOnce()
        : known;
  }

  /** Those who find the reading too old at once share one question, and its failure. */
  private Standing readOnce() {
    var mine = new CompletableFuture<Standing>();
    CompletableFuture<Standing> asked = reading.compareAndExchange(null, mine);
    if (asked != null) {
      try {
        return asked.join();
      } catch (CompletionException failed) {
        throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
      }
    }
    try {
      Standing read = refresh();
      mine.complete(read);
      return read;
    } catch (RuntimeException failed) {
      mine.completeExceptionally(failed);
      throw failed;
    } finally {
      reading.set(null);
    }
  }

  /** Reads what the store says now. */
  Standing refresh() {
    Standing read = jdbi.withHandle(this::read);
    keep(read);
    return read;
  }

  /** Of two readings that cross, the later counts. */
  private synchronized void keep(Standing read) {
    Standing known = standing;
    if (known == null || read.readNanos() - known.readNanos() > 0) {
      standing = read;
    }
  }

  private Standing read(Handle handle) {
    long asked = System.nanoTime();
    return handle
        .createQuery(READ)
        .map((row, context) -> standing(handle, row, asked))
        .findOne()
        .orElseThrow(() -> new IllegalStateException("no release is active"));
  }

  private Standing standing(Handle handle, ResultSet row, long asked) throws SQLException {
    // In the middle between question and answer.
    long nanos = asked + (System.nanoTime() - asked) / 2;
    Instant now = Objects.requireNonNull(instant(row, "now"));
    Instant nextAt = instant(row, "next_at");
    Instant startsAt = instant(row, "starts_at");
    UUID shadow = row.getObject("shadow_id", UUID.class);
    return new Standing(
        row.getString("release_id"),
        row.getString("next_id"),
        nextAt == null ? 0 : nanos + Duration.between(now, nextAt).toNanos(),
        startsAt == null
            ? null
            : new RunningPilot(
                group(handle, row), nanos + Duration.between(now, startsAt).toNanos()),
        shadow == null ? null : new RunningShadow(shadow, row.getString("shadow_release")),
        asked);
  }

  /** A pilot never changes, so its persons are read once. */
  private PilotGroup group(Handle handle, ResultSet row) throws SQLException {
    String id = row.getString("pilot_id");
    Standing known = standing;
    RunningPilot before = known == null ? null : known.pilot();
    if (before != null && before.group().id().equals(id)) {
      return before.group();
    }
    List<String> persons =
        handle
            .createQuery("select person_id from pilot_person where pilot_id = :id::uuid")
            .bind("id", id)
            .mapTo(String.class)
            .list();
    return new PilotGroup(
        id, row.getString("pilot_release"), row.getBigDecimal("share"), Set.copyOf(persons));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
