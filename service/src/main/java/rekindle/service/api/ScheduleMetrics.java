package rekindle.service.api;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.List;
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
  }

  private static void gauge(MetricRegistry metrics, String name, Gauge<Long> value) {
    metrics.registerGauge(name, value);
  }
}
