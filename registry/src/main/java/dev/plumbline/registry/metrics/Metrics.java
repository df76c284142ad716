package dev.plumbline.registry.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts, gauges and times, and their Prometheus text. Many threads may call it. */
public final class Metrics {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Metric, AtomicLong> gauges = new EnumMap<>(Metric.class);

    /** An empty set; gauges begin at 0. */
    public Metrics() {
        for (Metric metric : Metric.values()) {
            if (metric.kind() == Metric.Kind.GAUGE) {
                AtomicLong value = new AtomicLong();
                gauges.put(metric, value);
                Gauge.builder(metric.exported(), value, AtomicLong::doubleValue)
                        .description(metric.help())
                        .register(registry);
            }
        }
    }

    /** Adds one to a counter. {@code labels} are names and values in turn. */
    public void count(Metric metric, String... labels) {
        Counter.builder(metric.exported())
                .description(metric.help())
                .tags(Tags.of(labels))
                .register(registry)
                .increment();
    }

    /** Sets a gauge. */
    public void set(Metric metric, long value) {
        AtomicLong gauge = gauges.get(metric);
        if (gauge == null) {
            throw new IllegalArgumentException(metric + " is not a gauge");
        }
        gauge.set(value);
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
