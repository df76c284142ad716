/**
 * Metrics (Micrometer, Prometheus text). The only home of Micrometer. All names stand in {@link
 * dev.plumbline.registry.metrics.Metric}.
 */
@NullMarked
package dev.plumbline.registry.metrics;

import org.jspecify.annotations.NullMarked;
