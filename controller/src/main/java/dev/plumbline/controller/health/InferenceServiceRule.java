package dev.plumbline.controller.health;

import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * KServe InferenceServices. {@code status.observedGeneration} is the counter of a child (kserve#6081), so it is never compared;
 * {@code Ready} stays true for the old revision while a new one comes up (kserve#4626) or crashes (kserve#1859), so the model's own
 * status, Knative's revisions and the Deployments of Standard mode must agree with it.
 */
final class InferenceServiceRule implements HealthRule {

    private static final String LABEL = "serving.kserve.io/inferenceservice";
    private static final Set<String> BROKEN = Set.of("BlockedByFailedLoad", "InvalidSpec");
    private static final HealthRule DEPLOYMENT = new DeploymentRule();

    @Override
    public List<Selection> related(Map<String, @Nullable Object> object) {
        return List.of(new Selection(
                "apps",
                "Deployment",
                Tree.text(object, "metadata", "namespace"),
                Map.of(LABEL, Tree.text(object, "metadata", "name"))));
    }

    @Override
    public ObjectHealth of(Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related) {
        Status status = new Status(object);
        String transition = status.text("status", "modelStatus", "transitionStatus");
        String target = status.text("status", "modelStatus", "states", "targetModelState");
        if (BROKEN.contains(transition) || target.equals("FailedToLoad")) {
            String why = status.text("status", "modelStatus", "lastFailureInfo", "message");
            return ObjectHealth.failed(
                    "the model: " + (transition.isEmpty() ? target : transition) + (why.isEmpty() ? "" : ": " + why));
        }
        if (status.isTrue("Stopped")) {
            return ObjectHealth.current("stopped");
        }
        Optional<Status.Condition> ready = status.condition("Ready");
        if (ready.filter(Status.Condition::isTrue).isEmpty()) {
            return ObjectHealth.inProgress(
                    ready.map(Status.Condition::words).orElse("KServe's controller has not looked at it yet"));
        }
        if (!transition.isEmpty() && !transition.equals("UpToDate")) {
            return ObjectHealth.inProgress(
                    "an older model serves, the new one is " + (target.isEmpty() ? transition : target));
        }
        return revision(object).or(() -> children(related)).orElse(ObjectHealth.current(status.text("status", "url")));
    }

    /** Knative: a revision that was made and is not ready yet. */
    private static Optional<ObjectHealth> revision(Map<String, @Nullable Object> object) {
        for (String component : Tree.map(object, "status", "components").keySet()) {
            String created = Tree.text(object, "status", "components", component, "latestCreatedRevision");
            String ready = Tree.text(object, "status", "components", component, "latestReadyRevision");
            if (!created.equals(ready)) {
                return Optional.of(ObjectHealth.inProgress(component + ": revision " + created + " is not ready, "
                        + (ready.isEmpty() ? "and none was before" : ready + " serves")));
            }
        }
        return Optional.empty();
    }

    /** Standard mode: the Deployments that KServe made. */
    private static Optional<ObjectHealth> children(List<Map<String, @Nullable Object>> related) {
        for (Map<String, @Nullable Object> child : related) {
            ObjectHealth health = DEPLOYMENT.of(child, List.of());
            if (health.health() != Health.CURRENT) {
                return Optional.of(new ObjectHealth(
                        health.health(),
                        "its Deployment " + Tree.text(child, "metadata", "name") + ": " + health.reason()));
            }
        }
        return Optional.empty();
    }
}
