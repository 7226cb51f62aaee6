package rekindle.service.api;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import rekindle.facts.Channel;
import rekindle.service.schedule.Watch;

/** What the schedule counts, among the metrics of the service. */
public final class ScheduleMetrics {
  private static final List<String> STATES =
      List.of("leased", "sending", "handing_over", "task", "handed_over", "in_doubt");

  private ScheduleMetrics() {}

  public static void register(MetricRegistry metrics, Watch watch) {
    gauge(metrics, "schedule.looks.due", () -> watch.figures().due());
    gauge(metrics, "schedule.looks.delay.seconds", () -> watch.figures().delay().toSeconds());
    gauge(metrics, "schedule.persons.parked", () -> watch.figures().parked());
    for (String state : STATES) {
      gauge(
          metrics,
          "schedule.touches." + state,
          () -> watch.figures().underWay().getOrDefault(state, 0L));
    }
    for (Channel channel : Channel.values()) {
      gauge(
          metrics,
          "schedule.ready." + channel.code(),
          () -> watch.figures().ready().getOrDefault(channel.code(), 0L));
    }
    for (String alarm : Watch.ALARMS) {
      gauge(
          metrics,
          "schedule.alarms." + alarm,
          () -> watch.counted().alarms().contains(alarm) ? 1L : 0L);
    }
    people(metrics, watch);
  }

  /** Names that are made when somebody first stands so; those of nobody make room for others. */
  private static void people(MetricRegistry metrics, Watch watch) {
    Set<String> names = ConcurrentHashMap.newKeySet();
    watch.onCount(
        counted -> {
          Set<String> now = persons(counted).keySet();
          long fresh = now.stream().filter(name -> !names.contains(name)).count();
          if (names.size() + fresh > Watch.STANDINGS) {
            names.stream().filter(name -> !now.contains(name)).forEach(metrics::remove);
            names.retainAll(now);
          }
          for (String name : now) {
            if (names.add(name)) {
              gauge(metrics, name, () -> persons(watch.counted()).getOrDefault(name, 0L));
            }
          }
        });
  }

  private static Map<String, Long> persons(Watch.Counted counted) {
    var persons = new TreeMap<String, Long>();
    for (var standing : counted.standings()) {
      String reasons = String.join("_and_", standing.reasons());
      String name = "schedule.persons." + standing.verdict() + (reasons.isEmpty() ? "" : ".");
      persons.merge(name + reasons, standing.persons(), Long::sum);
    }
    return persons;
  }

  private static void gauge(MetricRegistry metrics, String name, Gauge<Long> value) {
    metrics.registerGauge(name, value);
  }
}
