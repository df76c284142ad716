package dev.plumbline.controller.apply;

import dev.plumbline.controller.health.Health;
import dev.plumbline.controller.health.HealthReport;
import dev.plumbline.controller.health.HealthRules;
import dev.plumbline.controller.health.ObjectHealth;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.model.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Looks again, ever less often, at those objects that are not Current yet, and at no other. */
public final class HealthGate implements Gate {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** How long an object must have been seen as failed: many kinds do not say of which spec their status speaks. */
    private static final Duration STEADY = Duration.ofSeconds(2);

    private final ClusterReader reader;
    private final HealthRules rules;
    private final Duration timeout;
    private final InstantSource clock;
    private final Pause pause;

    /**
     * A gate.
     *
     * @param reader where it looks; a cache of what is watched saves the calls
     * @param timeout longest wait
     */
    public HealthGate(ClusterReader reader, HealthRules rules, Duration timeout, InstantSource clock, Pause pause) {
        this.reader = reader;
        this.rules = rules;
        this.timeout = timeout;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public ObjectHealth first(Map<String, @Nullable Object> answer) {
        // What decides beside the object itself is looked at when it is waited for.
        return rules.related(answer).isEmpty()
                ? rules.of(answer, List.of())
                : ObjectHealth.inProgress("it was just applied");
    }

    @Override
    public HealthReport settled(SortedMap<ObjectKey, ObjectHealth> objects, BooleanSupplier cancelled) {
        SortedMap<ObjectKey, ObjectHealth> known = new TreeMap<>(objects);
        Map<ObjectKey, Instant> failedSince = new HashMap<>();
        Instant end = clock.instant().plus(timeout);
        Duration next = FIRST_PAUSE;
        while (true) {
            known.replaceAll((key, health) -> health.health() == Health.CURRENT ? health : look(key));
            boolean done = known.values().stream().allMatch(one -> one.health() == Health.CURRENT);
            Instant now = clock.instant();
            if (done || failed(known, failedSince, now) || cancelled.getAsBoolean() || !now.isBefore(end)) {
                return new HealthReport(known);
            }
            try {
                pause.last(next);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new HealthReport(known);
            }
            Duration doubled = next.multipliedBy(2);
            next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }

    /** Whether some object has been failed for a while. */
    private static boolean failed(Map<ObjectKey, ObjectHealth> known, Map<ObjectKey, Instant> since, Instant now) {
        known.forEach((key, health) -> {
            if (health.health() == Health.FAILED) {
                since.putIfAbsent(key, now);
            } else {
                since.remove(key);
            }
        });
        return since.values().stream().anyMatch(first -> !first.plus(STEADY).isAfter(now));
    }

    private ObjectHealth look(ObjectKey key) {
        try {
            Optional<Map<String, @Nullable Object>> live = reader.get(key);
            return live.isEmpty() ? ObjectHealth.notFound() : rules.of(live.get(), related(live.get()));
        } catch (ClusterException e) {
            return new ObjectHealth(Health.UNKNOWN, String.valueOf(e.getMessage()));
        }
    }

    private List<Map<String, @Nullable Object>> related(Map<String, @Nullable Object> object) throws ClusterException {
        List<Map<String, @Nullable Object>> related = new ArrayList<>();
        for (Selection selection : rules.related(object)) {
            try {
                related.addAll(reader.list(selection).items());
            } catch (ClusterException e) {
                if (e.reason() != ClusterException.Reason.UNSUPPORTED) {
                    throw e;
                }
                // A cluster without the kind has none of it.
            }
        }
        return related;
    }
}
