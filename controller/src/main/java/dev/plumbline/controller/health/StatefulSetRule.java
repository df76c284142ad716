package dev.plumbline.controller.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * StatefulSets: all replicas are ready and of the update revision, down to the partition. With {@code OnDelete} a person decides
 * when pods are updated, so that is not waited for.
 */
final class StatefulSetRule implements HealthRule {

    @Override
    public ObjectHealth of(Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related) {
        Status status = new Status(object);
        Optional<ObjectHealth> unobserved = status.unobserved();
        if (unobserved.isPresent()) {
            return unobserved.get();
        }
        long wanted = status.number(1, "spec", "replicas");
        long replicas = status.number(0, "status", "replicas");
        long ready = status.number(0, "status", "readyReplicas");
        if (ready < wanted) {
            return ObjectHealth.inProgress(ready + " of " + wanted + " replicas are ready");
        }
        if (replicas > wanted) {
            return ObjectHealth.inProgress((replicas - wanted) + " surplus replicas are still there");
        }
        if (status.text("spec", "updateStrategy", "type").equals("OnDelete")) {
            return ObjectHealth.current(ready + " replicas are ready; pods are updated when they are deleted");
        }
        long partition = status.number(0, "spec", "updateStrategy", "rollingUpdate", "partition");
        long updated = status.number(0, "status", "updatedReplicas");
        long due = Math.max(0, wanted - partition);
        boolean sameRevision = status.text("status", "currentRevision").equals(status.text("status", "updateRevision"));
        if (updated < due && !sameRevision) {
            return ObjectHealth.inProgress(updated + " of " + due + " replicas are updated");
        }
        return ObjectHealth.current(ready + " replicas are ready");
    }
}
