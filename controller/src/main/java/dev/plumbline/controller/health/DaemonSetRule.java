package dev.plumbline.controller.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DaemonSets: every node that should run a pod runs one of the newest template, and it is available. */
final class DaemonSetRule implements HealthRule {

    @Override
    public ObjectHealth of(Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related) {
        Status status = new Status(object);
        Optional<ObjectHealth> unobserved = status.unobserved();
        if (unobserved.isPresent()) {
            return unobserved.get();
        }
        long wanted = status.number(-1, "status", "desiredNumberScheduled");
        if (wanted < 0) {
            return ObjectHealth.inProgress("its controller has not counted the nodes yet");
        }
        long updated = status.number(0, "status", "updatedNumberScheduled");
        long available = status.number(0, "status", "numberAvailable");
        boolean byHand = status.text("spec", "updateStrategy", "type").equals("OnDelete");
        if (updated < wanted && !byHand) {
            return ObjectHealth.inProgress(updated + " of " + wanted + " nodes are updated");
        }
        return available < wanted
                ? ObjectHealth.inProgress(available + " of " + wanted + " nodes have an available pod")
                : ObjectHealth.current(available + " nodes have an available pod");
    }
}
