package rekindle.service.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import rekindle.decision.Decision.PlannedTouch;
import rekindle.facts.Channel;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.intake.ContactIntake;
import rekindle.service.schedule.Look.Outcome;
import rekindle.service.store.NextLooks;
import rekindle.service.store.NextLooks.Claim;
import rekindle.service.store.ScheduledTouches;
import rekindle.service.store.ScheduledTouches.Standing;
import rekindle.service.store.ScheduledTouches.State;

/**
 * Due touches for platforms that ask for them: decided anew and reserved, and given back if nothing
 * is confirmed in time. Thread-safe.
 */
public final class Leases {
  private static final int GROUP = 16;
  private static final int UNRESOLVED_MAX = 100;

  private final Jdbi jdbi;
  private final Execution execution;
  private final HandOverConfiguration ways;
  private final InstantSource clock;

  Leases(Jdbi jdbi, Execution execution, HandOverConfiguration ways, InstantSource clock) {
    this.jdbi = jdbi;
    this.execution = execution;
    this.ways = ways;
    this.clock = clock;
  }

  /**
   * What a platform asks for.
   *
   * @param client who asks
   * @param max touches at most
   * @param lease how long they are reserved without a confirmation
   */
  public record Order(String client, Set<Channel> channels, int max, Duration lease) {}

  /**
   * A touch that is reserved for whoever asked.
   *
   * @param decision the recorded decision, canonical JSON; not copied
   */
  public record Leased(String touchId, String contactId, Instant leasedUntil, byte[] decision) {}

  /** Whether a touch waits on one of the channels. */
  public boolean isAnyReady(Set<Channel> channels) {
    return jdbi.withHandle(handle -> NextLooks.isAnyReady(handle, codes(channels)));
  }

  private static List<String> codes(Set<Channel> channels) {
    return channels.stream().map(Channel::code).sorted().toList();
  }

  /**
   * Reserves touches that wait, those first that wait longest; some in each transaction, so that
   * nobody else waits long for their persons.
   */
  public List<Leased> lease(Order order) {
    var leased = new ArrayList<Leased>();
    var seen = new HashSet<String>();
    Some some;
    do {
      int most = Math.min(GROUP, order.max() - leased.size());
      some =
          ContactIntake.patiently(
              () -> jdbi.inTransaction(handle -> some(handle, order, most, Set.copyOf(seen))));
      leased.addAll(some.leased());
      seen.addAll(some.persons());
    } while (!some.persons().isEmpty() && leased.size() < order.max());
    return leased;
  }

  /** What some came to; nobody is left if there are no persons. */
  private record Some(List<Leased> leased, List<String> persons) {}

  private Some some(Handle handle, Order order, int most, Set<String> seen) {
    List<Claim> ready = NextLooks.ready(handle, codes(order.channels()), most);
    List<Claim> fresh = ready.stream().filter(claim -> !seen.contains(claim.personId())).toList();
    var leased = new ArrayList<Leased>();
    Instant until = clock.instant().plus(order.lease());
    for (Outcome outcome : execution.look(handle, fresh, false, new LeaseTaker(order))) {
      if (outcome.reserved() != null && outcome.reserved().state() == State.LEASED) {
        Decided decided = Objects.requireNonNull(outcome.decided());
        leased.add(
            new Leased(
                Objects.requireNonNull(outcome.touchId()),
                decided.decision().contactId(),
                until,
                Objects.requireNonNull(outcome.recording()).decision().outcome()));
      }
    }
    return new Some(leased, fresh.stream().map(Claim::personId).toList());
  }

  /** Reserves what was asked for; everything else waits for whoever is to have it. */
  private final class LeaseTaker implements Taker {
    private final Order order;

    LeaseTaker(Order order) {
      this.order = order;
    }

    @Override
    public Taking take(Handle handle, Decided decided, PlannedTouch touch, String touchId) {
      boolean isPulled =
          touch.by().equals("machine")
              && ways.route(touch.channel()).equals(HandOverConfiguration.PULL);
      if (!isPulled) {
        return new Held("step_due", decided.asOf());
      }
      return order.channels().contains(touch.channel())
          ? new Reserve(
              State.LEASED,
              HandOverConfiguration.PULL,
              order.client(),
              order.lease(),
              null,
              null,
              null,
              null)
          : new Ready();
    }
  }

  /** Touches that a platform may have sent, and has not said so; it should say. */
  public List<Standing> unresolved(String client) {
    return jdbi.withHandle(
        handle ->
            ScheduledTouches.inDoubt(handle, HandOverConfiguration.PULL, client, UNRESOLVED_MAX));
  }
}
