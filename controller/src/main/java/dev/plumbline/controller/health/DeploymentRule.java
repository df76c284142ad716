package dev.plumbline.controller.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deployments: the newest template runs in all replicas, no older pod is left, and they are available. A rollout that passes
 * {@code progressDeadlineSeconds} has failed.
 */
final class DeploymentRule implements HealthRule {

    @Override
    public ObjectHealth of(Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related) {
        Status status = new Status(object);
        Optional<ObjectHealth> unobserved = status.unobserved();
        if (unobserved.isPresent()) {
            return unobserved.get();
        }
        Optional<Status.Condition> progressing = status.condition("Progressing");
        if (progressing
                .filter(condition -> condition.reason().equals("ProgressDeadlineExceeded"))
                .isPresent()) {
            return ObjectHealth.failed(progressing.get().words());
        }
        long wanted = status.number(1, "spec", "replicas");
        long replicas = status.number(0, "status", "replicas");
        long updated = status.number(0, "status", "updatedReplicas");
        long available = status.number(0, "status", "availableReplicas");
        String paused = status.flag("spec", "paused") ? "; it is paused" : "";
        if (updated < wanted) {
            String failure = status.condition("ReplicaFailure")
                    .filter(Status.Condition::isTrue)
                    .map(condition -> "; " + condition.message())
                    .orElse("");
            return ObjectHealth.inProgress(updated + " of " + wanted + " replicas are updated" + paused + failure);
        }
        if (replicas > updated) {
            return ObjectHealth.inProgress((replicas - updated) + " old replicas are still there" + paused);
        }
        if (available < updated) {
            return ObjectHealth.inProgress(available + " of " + updated + " replicas are available");
        }
        return status.isTrue("Available")
                ? ObjectHealth.current(available + " replicas are available")
                : ObjectHealth.inProgress(status.condition("Available")
                        .map(Status.Condition::words)
                        .orElse("it is not available yet"));
    }
}
