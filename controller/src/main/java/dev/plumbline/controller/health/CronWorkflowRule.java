package dev.plumbline.controller.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Argo CronWorkflows. The controller checks the spec only when it fires and says so only in conditions, so one that has never
 * fired is Current. How its runs end is a matter of the runs.
 */
final class CronWorkflowRule implements HealthRule {

    @Override
    public ObjectHealth of(Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related) {
        Status status = new Status(object);
        for (String type : List.of("SpecError", "SubmissionError")) {
            Optional<Status.Condition> error = status.condition(type).filter(Status.Condition::isTrue);
            if (error.isPresent()) {
                return ObjectHealth.failed(type + ": " + error.get().message());
            }
        }
        if (status.flag("spec", "suspend")) {
            return ObjectHealth.current("suspended");
        }
        return ObjectHealth.current(
                status.text("status", "phase").equals("Stopped") ? "stopped by its stopStrategy" : "");
    }
}
