package rekindle.service.schedule;

import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import rekindle.service.decide.DecisionObserver;
import rekindle.service.decide.Engines;
import rekindle.service.decide.TouchLinks;
import rekindle.service.event.EventIntake;
import rekindle.service.handoff.HandOverConfiguration;
import rekindle.service.handoff.Platform;
import rekindle.service.handoff.Platforms;
import rekindle.service.ids.TimeOrderedIds;
import rekindle.service.optout.Silence;

/**
 * The scheduler of one process with everything that it needs: it looks at people, hands over, and
 * lets platforms that ask have touches. Closed before its database. Thread-safe.
 */
public final class Schedule implements AutoCloseable {
  private final ScheduleConfiguration configuration;
  private final Platforms platforms;
  private final HandOvers handOvers;
  private final Scheduler scheduler;
  private final Upkeep upkeep;
  private final Leases leases;
  private final Confirmations confirmations;
  private final Watch watch;

  /** What the rest of the service gives. */
  public record Parts(
      Jdbi jdbi,
      Engines engines,
      DecisionObserver observer,
      TouchLinks links,
      Composer composer,
      EventIntake events,
      Silence silence,
      TimeOrderedIds ids,
      InstantSource clock) {}

  public Schedule(
      ScheduleConfiguration configuration,
      HandOverConfiguration ways,
      Platforms platforms,
      Parts parts) {
    this.configuration = configuration;
    this.platforms = platforms;
    List<Lane> lanes = platforms.all().stream().map(Lane::new).toList();
    var routes = new Routes(ways, parts.composer(), configuration.lease(), lanes);
    var execution =
        new Execution(
            parts.engines(),
            parts.observer(),
            new LookWriter(parts.links(), parts.ids()),
            parts.ids(),
            parts.clock());
    handOvers =
        new HandOvers(
            ways,
            lanes,
            new Bounces(parts.events(), parts.clock()),
            parts.jdbi(),
            parts.ids(),
            parts.clock());
    scheduler =
        new Scheduler(
            parts.jdbi(), execution, routes, lanes, handOvers, configuration, parts.clock());
    upkeep = new Upkeep(parts.jdbi(), ways, platforms, parts.silence(), parts.clock());
    leases = new Leases(parts.jdbi(), execution, ways, parts.clock());
    confirmations = new Confirmations(parts.jdbi(), execution, routes);
    watch = new Watch(parts.jdbi(), lanes, configuration, parts.ids(), parts.clock());
  }

  /** Begins to look at people, if that is what this process is for. */
  public void start() {
    upkeep.start();
    if (configuration.isRunning()) {
      scheduler.start();
      watch.start();
    }
  }

  /**
   * Looks at everybody who is due, in the caller's thread, whether or not this process does so by
   * itself.
   *
   * @return how many were looked at
   */
  public int lookNow() {
    scheduler.forgetWhereItWas();
    int all = 0;
    int some;
    do {
      some = scheduler.round();
      all += some;
    } while (some > 0);
    return all;
  }

  /** Touches for platforms that ask. */
  public Leases leases() {
    return leases;
  }

  /** The last word before a platform sends. */
  public Confirmations confirmations() {
    return confirmations;
  }

  /** Names of the platforms that are told. */
  public List<String> platforms() {
    return platforms.all().stream().map(Platform::name).toList();
  }

  /** How it goes. */
  public Watch watch() {
    return watch;
  }

  @Override
  public void close() {
    watch.close();
    scheduler.close();
    handOvers.close();
    upkeep.close();
    platforms.close();
  }
}
