package dev.plumbline.controller.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The conditions convention, for every kind without a rule of its own: {@code observedGeneration}, {@code Stalled},
 * {@code Reconciling}, then {@code Ready} or else {@code Available} (the contract of kstatus). A kind whose controller writes none of these is
 * Current as soon as it exists.
 */
final class ConditionsRule implements HealthRule {

    @Override
    public ObjectHealth of(Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related) {
        Status status = new Status(object);
        if (status.number(-1, "status", "observedGeneration") >= 0) {
            Optional<ObjectHealth> unobserved = status.unobserved();
            if (unobserved.isPresent()) {
                return unobserved.get();
            }
        }
        Optional<Status.Condition> stalled = status.condition("Stalled").filter(Status.Condition::isTrue);
        if (stalled.isPresent()) {
            return ObjectHealth.failed(stalled.get().words());
        }
        Optional<Status.Condition> reconciling = status.condition("Reconciling").filter(Status.Condition::isTrue);
        if (reconciling.isPresent()) {
            return ObjectHealth.inProgress(reconciling.get().words());
        }
        return status.condition("Ready")
                .or(() -> status.condition("Available"))
                .map(condition -> decided(condition, status.number(0, "metadata", "generation")))
                .orElse(ObjectHealth.current(""));
    }

    private static ObjectHealth decided(Status.Condition condition, long generation) {
        Long observed = condition.observedGeneration();
        if (observed != null && observed < generation) {
            return ObjectHealth.inProgress("its condition speaks of generation " + observed + ", not of " + generation);
        }
        return condition.isTrue()
                ? ObjectHealth.current(condition.message())
                : ObjectHealth.inProgress(condition.words());
    }
}
