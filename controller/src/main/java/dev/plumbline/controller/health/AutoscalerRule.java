package dev.plumbline.controller.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * HorizontalPodAutoscalers: it can scale and sees its metrics. {@code ScalingDisabled} is what zero replicas ask for. Metrics
 * that are missing may come: a target that has just been made has none.
 */
final class AutoscalerRule implements HealthRule {

    @Override
    public ObjectHealth of(Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related) {
        Status status = new Status(object);
        Optional<Status.Condition> able = status.condition("AbleToScale");
        Optional<Status.Condition> active = status.condition("ScalingActive");
        if (able.isEmpty()) {
            return ObjectHealth.inProgress("its controller has not looked at it yet");
        }
        if (able.get().isFalse()) {
            return ObjectHealth.failed(able.get().words());
        }
        if (active.filter(Status.Condition::isFalse).isPresent()) {
            String reason = active.get().reason();
            if (reason.equals("ScalingDisabled")) {
                return ObjectHealth.current(active.get().words());
            }
            boolean wrong = reason.startsWith("Invalid") || reason.equals("AmbiguousSelector");
            return wrong
                    ? ObjectHealth.failed(active.get().words())
                    : ObjectHealth.inProgress(active.get().words());
        }
        return ObjectHealth.current(active.map(Status.Condition::message).orElse(""));
    }
}
