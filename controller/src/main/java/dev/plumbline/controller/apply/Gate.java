package dev.plumbline.controller.apply;

import dev.plumbline.controller.health.HealthReport;
import dev.plumbline.controller.health.ObjectHealth;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Says whether what was applied can be built upon, and waits for it. */
public interface Gate {

    /** Waits for nothing. */
    Gate OPEN = new Gate() {
        @Override
        public ObjectHealth first(Map<String, @Nullable Object> answer) {
            return ObjectHealth.current("");
        }

        @Override
        public HealthReport settled(SortedMap<ObjectKey, ObjectHealth> objects, BooleanSupplier cancelled) {
            return new HealthReport(new TreeMap<>(objects));
        }
    };

    /** How an object is, as far as the server's answer to its apply tells. Asks nobody. */
    ObjectHealth first(Map<String, @Nullable Object> answer);

    /**
     * Waits until each object is Current, one has failed, a bound of time is passed, or it is cancelled.
     *
     * @param objects how they were when they were looked at last
     * @return how they are
     */
    HealthReport settled(SortedMap<ObjectKey, ObjectHealth> objects, BooleanSupplier cancelled);
}
