package dev.plumbline.tests.operator;

import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs of the shipped steps that deploy, as the shipped account: one with all that it may do where models are served, and one for each right
 * that is taken away, in a namespace of its own. They run side by side, because most of a run on a node is waiting.
 */
final class DeploymentRights {

    /** Where it stands what the account may do there. */
    static final String ACCOUNTS = "model-deployment/serving/accounts.yaml";

    private static final String ACCOUNT = "model-deployment";
    private static final String TEMPLATE = "model-deployment-template";
    private static final String WHOLE = "whole";
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** One thing that is lacking, where, and the run that needs it. */
    private record Lacking(NodeRuns.Right right, String namespace, String run) {}

    private final NodeDesk desk;
    private final String uri;
    private final String image;
    private final List<Lacking> all = new ArrayList<>();

    private DeploymentRights(NodeDesk desk, String uri, String image) {
        this.desk = desk;
        this.uri = uri;
        this.image = image;
    }

    /** Begins all of them, to serve this model with this image. */
    static DeploymentRights begin(NodeDesk desk, String uri, String image) throws Exception {
        DeploymentRights begun = new DeploymentRights(desk, uri, image);
        begun.begin(WHOLE, NodePlatform.MODELS, List.of("apply", "probe"));
        for (NodeRuns.Right right : NodeRuns.rights(NodeDesk.shipped(ACCOUNTS))) {
            String name = "no-" + right.verb() + "-" + right.resource();
            Lacking lacking = new Lacking(right, "models-" + name, name);
            begun.all.add(lacking);
            begun.take(lacking);
            begun.begin(name, lacking.namespace(), List.of(right.resource().equals("deployments") ? "probe" : "apply"));
        }
        return begun;
    }

    private void take(Lacking lacking) throws Exception {
        desk.apply("{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"%s\"}}"
                .formatted(lacking.namespace()));
        for (var object : NodeDesk.shipped(ACCOUNTS, lacking.namespace(), NodePlatform.PIPELINES)) {
            desk.apply(NodeRuns.without(object, lacking.right()));
        }
    }

    private void begin(String run, String namespace, List<String> steps) throws Exception {
        List<Object> groups = new ArrayList<>();
        for (String step : steps) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", step);
            one.put("templateRef", Map.of("name", TEMPLATE, "template", step));
            one.put("arguments", Map.of("parameters", parameters(namespace)));
            groups.add(List.of(one));
        }
        desk.apply("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "metadata": {"name": "%s", "namespace": "%s"},
                 "spec": {"entrypoint": "main", "serviceAccountName": "%s", "templates": [{"name": "main", "steps": %s}]}}
                """.formatted(run, NodePlatform.PIPELINES, ACCOUNT, Json.write(groups)));
    }

    /** What both steps take; a step leaves what it does not know. */
    private List<Map<String, String>> parameters(String namespace) {
        List<Map<String, String>> parameters = new ArrayList<>();
        Map.of(
                        "model-name",
                        "churn",
                        "model-version",
                        "1",
                        "deployment-namespace",
                        namespace,
                        "image",
                        image,
                        "storage-uri",
                        uri,
                        "serving-url",
                        "http://churn-predictor." + namespace + ".svc.cluster.local",
                        "features",
                        "2")
                .forEach((name, value) -> parameters.add(Map.of("name", name, "value", value)));
        return parameters;
    }

    /** The run that lacks nothing, when it has ended. */
    Map<String, @Nullable Object> whole() throws Exception {
        return ended(WHOLE);
    }

    /** Which rights were taken away. */
    List<String> names() {
        return all.stream().map(Lacking::run).sorted().toList();
    }

    /** Waits until each run that lacks a right has ended; answers what those say that did not fail by just that. */
    Map<String, String> silent() throws Exception {
        Map<String, String> silent = new LinkedHashMap<>();
        for (Lacking lacking : all) {
            Map<String, @Nullable Object> run = ended(lacking.run());
            String said = said(run);
            if (!Tree.text(run, "status", "phase").equals("Failed")
                    || !said.replace("\\", "").contains(lacking.right().refusal())
                    || !said.contains(lacking.namespace())) {
                silent.put(lacking.run(), said);
            }
        }
        return silent;
    }

    private Map<String, @Nullable Object> ended(String run) throws Exception {
        desk.await(
                run + " has ended",
                PATIENCE,
                () -> !Tree.text(workflow(run), "status", "finishedAt").isEmpty());
        return workflow(run);
    }

    private Map<String, @Nullable Object> workflow(String run) throws Exception {
        return desk.get("argoproj.io", "Workflow", NodePlatform.PIPELINES, run);
    }

    /** What a run says of itself, and what its steps printed. */
    String said(Map<String, @Nullable Object> run) {
        StringBuilder said = new StringBuilder(Json.write(run.get("status")));
        Map<String, String> label = Map.of("workflows.argoproj.io/workflow", Tree.text(run, "metadata", "name"));
        try {
            for (Map<String, @Nullable Object> pod : desk.cluster()
                    .list(new Selection("", "Pod", NodePlatform.PIPELINES, label))
                    .items()) {
                said.append(desk.log(NodePlatform.PIPELINES, Tree.text(pod, "metadata", "name"), "main"));
            }
        } catch (Exception e) {
            throw new IllegalStateException("the pods of a run were not read", e);
        }
        return said.toString();
    }
}
