package dev.plumbline.controller.health;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Argo Workflows, by their phase; no phase yet means that the controller has not looked at it. */
final class WorkflowRule implements HealthRule {

    @Override
    public ObjectHealth of(Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related) {
        Status status = new Status(object);
        String phase = status.text("status", "phase");
        String message = status.text("status", "message");
        return switch (phase) {
            case "Succeeded" -> ObjectHealth.current("succeeded");
            case "Failed", "Error" -> ObjectHealth.failed(message.isEmpty() ? phase : phase + ": " + message);
            case "" -> ObjectHealth.inProgress("Argo's controller has not looked at it yet");
            case "Pending", "Running" ->
                ObjectHealth.inProgress(
                        status.flag("spec", "suspend")
                                ? "suspended"
                                : message.isEmpty() ? phase : phase + ": " + message);
            default -> new ObjectHealth(Health.UNKNOWN, "its phase is " + phase);
        };
    }
}
