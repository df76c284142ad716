package dev.plumbline.controller.local.serving;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status of an InferenceService in KServe's Standard mode, from what is known of its model. Unlike KServe's (kserve#6081) its
 * {@code observedGeneration} is the service's own.
 */
final class ServiceStatus {

    private static final List<String> CONDITIONS = List.of("IngressReady", "PredictorReady", "Ready");

    private ServiceStatus() {}

    /**
     * What is known.
     *
     * @param url address of the service; empty before it has one
     * @param serving whether a model answers there
     * @param transition KServe's word: UpToDate, InProgress, BlockedByFailedLoad or InvalidSpec
     * @param failure why the wanted model does not answer; empty when nothing failed
     * @param generation of the spec that all this is about
     * @param now the time as Kubernetes writes it
     */
    record Facts(String url, boolean serving, String transition, String failure, long generation, String now) {}

    /**
     * The whole status.
     *
     * @param object the InferenceService as it is, whose conditions keep their time where they do not change
     */
    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> object, Facts facts) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        if (!facts.url().isEmpty()) {
            status.put("address", new LinkedHashMap<>(Map.of("url", facts.url())));
            status.put("url", facts.url());
            Tree.set(status, facts.url(), "components", "predictor", "url");
        }
        List<@Nullable Object> conditions = new ArrayList<>();
        for (String type : CONDITIONS) {
            conditions.add(condition(object, type, facts));
        }
        status.put("conditions", conditions);
        status.put("deploymentMode", "Standard");
        status.put("modelStatus", model(facts));
        status.put("observedGeneration", facts.generation());
        return status;
    }

    private static Map<String, @Nullable Object> condition(
            Map<String, @Nullable Object> object, String type, Facts facts) {
        Map<String, @Nullable Object> condition = new LinkedHashMap<>();
        String value = facts.serving() ? "True" : facts.failure().isEmpty() ? "Unknown" : "False";
        Map<String, @Nullable Object> before = Tree.maps(object, "status", "conditions").stream()
                .filter(one -> Tree.text(one, "type").equals(type))
                .findFirst()
                .orElse(Map.of());
        boolean same = Tree.text(before, "status").equals(value);
        condition.put("lastTransitionTime", same ? Tree.text(before, "lastTransitionTime") : facts.now());
        condition.put("status", value);
        condition.put("type", type);
        if (!facts.serving()) {
            condition.put("reason", facts.failure().isEmpty() ? "ModelLoading" : "ModelFailed");
            condition.put("message", facts.failure().isEmpty() ? "the model is being loaded" : facts.failure());
        }
        return condition;
    }

    private static Map<String, @Nullable Object> model(Facts facts) {
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        boolean failed = !facts.failure().isEmpty();
        model.put("copies", new LinkedHashMap<>(Map.of("failedCopies", failed ? 1L : 0L, "totalCopies", 1L)));
        Map<String, @Nullable Object> states = new LinkedHashMap<>();
        states.put("activeModelState", facts.serving() ? "Loaded" : failed ? "FailedToLoad" : "Pending");
        states.put(
                "targetModelState",
                failed ? "FailedToLoad" : facts.transition().equals("UpToDate") ? "Loaded" : "Loading");
        model.put("states", states);
        model.put("transitionStatus", facts.transition());
        if (failed) {
            Map<String, @Nullable Object> info = new LinkedHashMap<>();
            info.put("message", facts.failure());
            info.put("reason", facts.transition().equals("InvalidSpec") ? "InvalidPredictorSpec" : "ModelLoadFailed");
            info.put("time", facts.now());
            model.put("lastFailureInfo", info);
        }
        return model;
    }
}
