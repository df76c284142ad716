package dev.plumbline.controller.health;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pods: succeeded or ready is Current; a container that the kubelet has given up on for now, with its reason, is Failed. */
final class PodRule implements HealthRule {

    /** Reasons of a waiting container after which only a person helps, or the kubelet's ever longer pauses have begun. */
    private static final Set<String> STUCK = Set.of(
            "CrashLoopBackOff",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    @Override
    public ObjectHealth of(Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related) {
        Status status = new Status(object);
        String phase = status.text("status", "phase");
        if (phase.equals("Succeeded")) {
            return ObjectHealth.current("succeeded");
        }
        if (phase.equals("Failed")) {
            String message = status.text("status", "message");
            return ObjectHealth.failed(message.isEmpty() ? status.text("status", "reason") : message);
        }
        Optional<String> stuck = stuck(object);
        if (stuck.isPresent()) {
            return ObjectHealth.failed(stuck.get());
        }
        if (status.isTrue("Ready")) {
            return ObjectHealth.current("ready");
        }
        Optional<Status.Condition> unscheduled =
                status.condition("PodScheduled").filter(Status.Condition::isFalse);
        if (unscheduled.isPresent()) {
            return ObjectHealth.inProgress(unscheduled.get().words());
        }
        return ObjectHealth.inProgress(phase.isEmpty() ? "it has no phase yet" : phase + " and not ready");
    }

    private static Optional<String> stuck(Map<String, @Nullable Object> pod) {
        List<Map<String, @Nullable Object>> containers =
                new ArrayList<>(Tree.maps(pod, "status", "initContainerStatuses"));
        containers.addAll(Tree.maps(pod, "status", "containerStatuses"));
        for (Map<String, @Nullable Object> container : containers) {
            String reason = Tree.text(container, "state", "waiting", "reason");
            if (STUCK.contains(reason)) {
                String message = Tree.text(container, "state", "waiting", "message");
                return Optional.of("container " + Tree.text(container, "name") + ": " + reason
                        + (message.isEmpty() ? "" : ": " + message));
            }
        }
        return Optional.empty();
    }
}
