package dev.plumbline.registry.metrics;

import dev.plumbline.registry.model.SyncId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts, gauges and times, and their Prometheus text. Many threads may call it. */
public final class Metrics {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Series, Kept> gauges = new ConcurrentHashMap<>();

    /** A gauge of one sync. */
    private record Series(Metric metric, SyncId sync) {}

    /** Its value, and where it is exported. */
    private record Kept(AtomicLong value, Gauge gauge) {}

    /**
     * Metrics of a program.
     *
     * @param version its version
     */
    public Metrics(String version) {
        Gauge.builder(Metric.RUNNING.exported(), () -> 1)
                .description(Metric.RUNNING.help())
                .tag("version", version)
                .register(registry);
    }

    /** Adds one to a counter. {@code labels} are names and values in turn. */
    public void count(Metric metric, String... labels) {
        Counter.builder(metric.exported())
                .description(metric.help())
                .tags(Tags.of(labels))
                .register(registry)
                .increment();
    }

    /** Sets a gauge of one sync. */
    public void set(Metric metric, SyncId sync, long value) {
        if (metric.kind() != Metric.Kind.GAUGE) {
            throw new IllegalArgumentException(metric + " is not a gauge");
        }
        gauges.computeIfAbsent(new Series(metric, sync), this::register).value.set(value);
    }

    /** Exports no gauge of a sync any more, because it is not served here now. */
    public void forget(SyncId sync) {
        for (Metric metric : Metric.values()) {
            Kept kept = gauges.remove(new Series(metric, sync));
            if (kept != null) {
                registry.remove(kept.gauge);
            }
        }
    }

    private Kept register(Series series) {
        AtomicLong value = new AtomicLong();
        Gauge gauge = Gauge.builder(series.metric.exported(), value, AtomicLong::doubleValue)
                .description(series.metric.help())
                .tag("sync", series.sync.toString())
                .register(registry);
        return new Kept(value, gauge);
    }

    /** Records a time. */
    public void time(Metric metric, Duration duration) {
        Timer.builder(metric.exported().replaceAll("_seconds$", ""))
                .description(metric.help())
                .publishPercentiles(0.5, 0.95)
                .register(registry)
                .record(duration);
    }

    /** The Prometheus text format. */
    public String text() {
        return registry.scrape();
    }
}
