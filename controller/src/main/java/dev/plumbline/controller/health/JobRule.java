package dev.plumbline.controller.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs: complete is Current, failed is Failed; one that a person suspended waits for that person and is as asked for. */
final class JobRule implements HealthRule {

    @Override
    public ObjectHealth of(Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related) {
        Status status = new Status(object);
        Optional<Status.Condition> failed = status.condition("Failed").filter(Status.Condition::isTrue);
        if (failed.isPresent()) {
            return ObjectHealth.failed(failed.get().words());
        }
        if (status.isTrue("Complete")) {
            return ObjectHealth.current("complete");
        }
        if (status.flag("spec", "suspend")) {
            return ObjectHealth.current("suspended");
        }
        return ObjectHealth.inProgress(
                status.text("status", "startTime").isEmpty()
                        ? "it has not started"
                        : status.number(0, "status", "active") + " pods are active, "
                                + status.number(0, "status", "succeeded") + " succeeded, "
                                + status.number(0, "status", "failed") + " failed");
    }
}
