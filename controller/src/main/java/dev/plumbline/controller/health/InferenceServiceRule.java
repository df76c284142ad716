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
 * status, Knative's revisions and the Deployments of Standard mode must agree with it. Nothing in a status says of which spec it speaks,
 * so in Standard mode the predictor's Deployment must have been asked for the model and the image of the spec, and a failure counts only
 * when no pod of an older model is left that it may speak of.
 */
final class InferenceServiceRule implements HealthRule {

    private static final String LABEL = "serving.kserve.io/inferenceservice";
    private static final String STOP = "serving.kserve.io/stop";
    private static final String SOURCE = "internal.serving.kserve.io/storage-initializer-sourceuri";
    private static final String CONTAINER = "kserve-container";
    private static final String INVALID = "InvalidSpec";
    private static final Set<String> BROKEN = Set.of("BlockedByFailedLoad", INVALID);
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
        if (Tree.text(object, "metadata", "annotations", STOP).equals("true")) {
            return status.isTrue("Stopped")
                    ? ObjectHealth.current("stopped")
                    : ObjectHealth.inProgress("KServe's controller has not stopped it yet");
        }
        Optional<ObjectHealth> unasked = transition.equals(INVALID) ? Optional.empty() : unasked(object, related);
        if (unasked.isPresent()) {
            return unasked.get();
        }
        if (BROKEN.contains(transition) || target.equals("FailedToLoad")) {
            String why = status.text("status", "modelStatus", "lastFailureInfo", "message");
            String failure =
                    "the model: " + (transition.isEmpty() ? target : transition) + (why.isEmpty() ? "" : ": " + why);
            return !transition.equals(INVALID) && related.stream().anyMatch(InferenceServiceRule::replaces)
                    ? ObjectHealth.inProgress("its pods are being replaced, and of one of them KServe says, " + failure)
                    : ObjectHealth.failed(failure);
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

    /** Standard mode: a Deployment of the predictor that was not asked for what the spec says. */
    private static Optional<ObjectHealth> unasked(
            Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related) {
        String name = Tree.text(object, "metadata", "name") + "-predictor";
        String model = Tree.text(object, "spec", "predictor", "model", "storageUri");
        String image = Tree.text(object, "spec", "predictor", "model", "image");
        for (Map<String, @Nullable Object> child : related) {
            if (Tree.text(child, "metadata", "name").equals(name)) {
                Map<String, @Nullable Object> template = Tree.map(child, "spec", "template");
                return differs(model, Tree.text(template, "metadata", "annotations", SOURCE))
                        .or(() -> differs(
                                image, Tree.text(Tree.named(CONTAINER, template, "spec", "containers"), "image")))
                        .map(what -> ObjectHealth.inProgress("its Deployment " + name + " still has " + what));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> differs(String wanted, String there) {
        return wanted.isEmpty() || there.isEmpty() || wanted.equals(there)
                ? Optional.empty()
                : Optional.of(there + ", not " + wanted);
    }

    /** Whether a Deployment has pods of an older template, and has not given up. */
    private static boolean replaces(Map<String, @Nullable Object> deployment) {
        Status status = new Status(deployment);
        return DEPLOYMENT.of(deployment, List.of()).health() != Health.FAILED
                && (status.unobserved().isPresent()
                        || status.number(0, "status", "replicas") > status.number(0, "status", "updatedReplicas"));
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
