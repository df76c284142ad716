package dev.plumbline.controller.health;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Kinds of which one or two fields say everything. */
final class SmallRules {

    private SmallRules() {}

    /** A load balancer has an address; other Services are what they are at once. */
    static ObjectHealth service(Map<String, @Nullable Object> object) {
        boolean waits = Tree.text(object, "spec", "type").equals("LoadBalancer")
                && Tree.list(object, "status", "loadBalancer", "ingress").isEmpty();
        return waits ? ObjectHealth.inProgress("the load balancer has no address yet") : ObjectHealth.current("");
    }

    /** Bound, or waiting for a volume, which may wait for the first pod that uses it. */
    static ObjectHealth volumeClaim(Map<String, @Nullable Object> object) {
        String phase = Tree.text(object, "status", "phase");
        return switch (phase) {
            case "Bound" -> ObjectHealth.current("bound");
            case "Lost" -> ObjectHealth.failed("its volume is lost");
            default ->
                ObjectHealth.inProgress("not bound yet; its storage class may wait for the first pod that uses it");
        };
    }

    /** Many ingress controllers never write a status, so it is not waited for. */
    static ObjectHealth ingress(Map<String, @Nullable Object> object) {
        return ObjectHealth.current(
                Tree.list(object, "status", "loadBalancer", "ingress").isEmpty() ? "no address is published" : "");
    }

    /** Served, or its names are taken by another definition. */
    static ObjectHealth definition(Map<String, @Nullable Object> object) {
        Status status = new Status(object);
        if (status.isTrue("Established")) {
            return ObjectHealth.current("established");
        }
        Optional<Status.Condition> refused = status.condition("NamesAccepted").filter(Status.Condition::isFalse);
        return refused.map(condition -> ObjectHealth.failed(condition.words()))
                .orElse(ObjectHealth.inProgress("the API server does not serve it yet"));
    }

    /** The API server reaches the one behind it. */
    static ObjectHealth apiService(Map<String, @Nullable Object> object) {
        Status status = new Status(object);
        return status.isTrue("Available")
                ? ObjectHealth.current("available")
                : ObjectHealth.inProgress(status.condition("Available")
                        .map(Status.Condition::words)
                        .orElse("the API server has not asked it yet"));
    }

    /** Usable, or going away. */
    static ObjectHealth namespace(Map<String, @Nullable Object> object) {
        return switch (Tree.text(object, "status", "phase")) {
            case "Active" -> ObjectHealth.current("active");
            case "Terminating" -> new ObjectHealth(Health.TERMINATING, "it is being deleted");
            default -> ObjectHealth.inProgress("it has no phase yet");
        };
    }

    /** Suspended or not, it is as asked for; how its Jobs end is a matter of the Jobs. */
    static ObjectHealth cronJob(Map<String, @Nullable Object> object) {
        return ObjectHealth.current(Boolean.TRUE.equals(Tree.at(object, "spec", "suspend")) ? "suspended" : "");
    }

    /** Argo Events' kinds: every condition that the controller writes must hold. */
    static ObjectHealth allConditions(Map<String, @Nullable Object> object) {
        var conditions = Tree.maps(object, "status", "conditions");
        if (conditions.isEmpty()) {
            return ObjectHealth.inProgress("its controller has not looked at it yet");
        }
        for (Map<String, @Nullable Object> condition : conditions) {
            if (!"True".equals(condition.get("status"))) {
                return ObjectHealth.inProgress(Tree.text(condition, "type") + ": " + Tree.text(condition, "reason")
                        + " " + Tree.text(condition, "message"));
            }
        }
        return ObjectHealth.current("");
    }
}
