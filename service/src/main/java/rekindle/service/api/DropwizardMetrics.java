package rekindle.service.api;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What Dropwizard, Jetty, the connection pool and the log count, under names of Prometheus. */
final class DropwizardMetrics implements MultiCollector {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Pattern PACKAGE = Pattern.compile("^([a-z0-9_-]+\\.)+(?=[A-Z])");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");

  private final MetricRegistry registry;

  DropwizardMetrics(MetricRegistry registry) {
    this.registry = registry;
  }

  @Override
  public MetricSnapshots collect() {
    // By name: of two metrics whose names become equal the first counts.
    Map<String, MetricSnapshot> found = new TreeMap<>();
    registry.getGauges().forEach((name, gauge) -> gauge(found, name, gauge));
    registry.getCounters().forEach((name, counter) -> counter(found, name, counter));
    registry.getMeters().forEach((name, meter) -> meter(found, name, meter));
    registry.getHistograms().forEach((name, histogram) -> histogram(found, name, histogram));
    registry.getTimers().forEach((name, timer) -> timer(found, name, timer));
    return new MetricSnapshots(found.values());
  }

  private static void gauge(Map<String, MetricSnapshot> found, String from, Gauge<?> gauge) {
    Object value = gauge.getValue();
    if (value instanceof Boolean yes) {
      value = yes ? 1 : 0;
    }
    // The JVM's own are told by the library, under the names that dashboards know.
    if (value instanceof Number number && !from.startsWith("jvm.")) {
      put(found, name(from), gauge(name(from), from, number.doubleValue()));
    }
  }

  /** Dropwizard's counters may go down. */
  private static void counter(Map<String, MetricSnapshot> found, String from, Counter counter) {
    put(found, name(from), gauge(name(from), from, (double) counter.getCount()));
  }

  private static MetricSnapshot gauge(String name, String from, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help(from))
        .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
        .build();
  }

  private static void meter(Map<String, MetricSnapshot> found, String from, Meter meter) {
    String name = name(from);
    put(
        found,
        name,
        CounterSnapshot.builder()
            .name(name)
            .help(help(from))
            .dataPoint(CounterDataPointSnapshot.builder().value((double) meter.getCount()).build())
            .build());
  }

  private static void histogram(
      Map<String, MetricSnapshot> found, String from, Histogram histogram) {
    put(
        found,
        name(from),
        summary(name(from), from, histogram.getCount(), histogram.getSnapshot(), 1));
  }

  private static void timer(Map<String, MetricSnapshot> found, String from, Timer timer) {
    String name = name(from) + "_seconds";
    put(found, name, summary(name, from, timer.getCount(), timer.getSnapshot(), NANOS));
  }

  private static MetricSnapshot summary(
      String name, String from, long count, Snapshot values, double divisor) {
    Quantiles quantiles =
        Quantiles.builder()
            .quantile(0.5, values.getMedian() / divisor)
            .quantile(0.95, values.get95thPercentile() / divisor)
            .quantile(0.99, values.get99thPercentile() / divisor)
            .quantile(0.999, values.get999thPercentile() / divisor)
            .build();
    return SummarySnapshot.builder()
        .name(name)
        .help(help(from))
        .dataPoint(SummaryDataPointSnapshot.builder().count(count).quantiles(quantiles).build())
        .build();
  }

  private static void put(Map<String, MetricSnapshot> found, String name, MetricSnapshot metric) {
    found.putIfAbsent(name, metric);
  }

  private static String help(String from) {
    return "Of Dropwizard: " + from;
  }

  /** {@code org.eclipse.Pool.idle-threads} becomes {@code dropwizard_pool_idle_threads}. */
  static String name(String from) {
    String humps = HUMP.matcher(PACKAGE.matcher(from).replaceFirst("")).replaceAll("_");
    String plain = OTHER.matcher(humps.toLowerCase(Locale.ROOT)).replaceAll("_");
    return "dropwizard_" + plain.replaceAll("^_|_$|_total$|_info$|_created$", "");
  }
}
