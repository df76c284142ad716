package dev.plumbline.controller.app;

import static dev.plumbline.controller.app.Routes.map;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the API answers about templates and runs. */
final class RunRoutes {

    private static final String MANAGER = "plumbline-cli";
    private static final int MAX_RUNS = 10_000;
    private static final int MAX_LOG_BYTES = 4 * 1024 * 1024;

    private final Engine engine;

    RunRoutes(Engine engine) {
        this.engine = engine;
    }

    @Nullable
    Object templates(ApiRequest request) throws StoreException {
        List<Object> list = new ArrayList<>();
        Optional<ReleaseRecord> release = engine.inForce();
        if (release.isPresent()) {
            for (Manifest manifest : release.get().objects()) {
                ObjectKey version = release.get().versions().get(manifest.key());
                if (version != null) {
                    list.add(map(
                            "name", manifest.key().name(),
                            "namespace", manifest.key().namespace(),
                            "version", version.name(),
                            "parameters", parameters(manifest.content())));
                }
            }
        }
        return map("templates", list);
    }

    @Nullable
    Object start(ApiRequest request) throws ApiException, SourceException, StoreException, ClusterException {
        if (!engine.runsSteps()) {
            throw ApiException.conflict(
                    "steps of this repository do not run here; start `plumbline up` with --trust-steps to allow them");
        }
        String name = request.text("template");
        Map<String, @Nullable Object> parameters = Tree.map(request.body(), "parameters");
        Map<String, @Nullable Object> created;
        if (request.body().containsKey("workflow")) {
            created = submit(Tree.copy(Tree.map(request.body(), "workflow")), parameters);
        } else {
            created = engine.sync()
                    .undisturbed(() -> create(name, parameters))
                    .orElseThrow(() -> ApiException.notFound(
                            "no template " + name + " is applied here; `plumbline templates` lists them"));
        }
        return map(
                "name", Tree.text(created, "metadata", "name"),
                "namespace", Tree.text(created, "metadata", "namespace"),
                "uid", Tree.text(created, "metadata", "uid"),
                "version", Tree.text(created, "spec", "workflowTemplateRef", "name"));
    }

    /** A Workflow as somebody wrote it, in the namespace that it names, else in the one that the sync applies to. */
    private Map<String, @Nullable Object> submit(
            Map<String, @Nullable Object> workflow, Map<String, @Nullable Object> parameters)
            throws ApiException, StoreException, ClusterException {
        if (!Tree.text(workflow, "kind").equals(ArgoKinds.WORKFLOW)
                || !Tree.text(workflow, "apiVersion").equals(ArgoKinds.API_VERSION)) {
            throw ApiException.badRequest(
                    "the file holds a " + Tree.text(workflow, "kind") + ", not a Workflow of " + ArgoKinds.API_VERSION);
        }
        if (Tree.text(workflow, "metadata", "namespace").isEmpty()) {
            List<String> namespaces = engine.namespaces();
            if (namespaces.size() != 1) {
                throw ApiException.badRequest(
                        "the Workflow names no namespace; set metadata.namespace to one of " + namespaces);
            }
            Tree.set(workflow, namespaces.getFirst(), "metadata", "namespace");
        }
        if (!parameters.isEmpty()) {
            List<@Nullable Object> arguments = new ArrayList<>(Tree.list(workflow, "spec", "arguments", "parameters"));
            arguments.removeIf(argument -> parameters.containsKey(Tree.text(argument, "name")));
            parameters.forEach((key, value) -> arguments.add(map("name", key, "value", String.valueOf(value))));
            Tree.set(workflow, arguments, "spec", "arguments", "parameters");
        }
        return engine.cluster().create(workflow, MANAGER);
    }

    private Optional<Map<String, @Nullable Object>> create(String name, Map<String, @Nullable Object> parameters)
            throws StoreException, ClusterException {
        Optional<ReleaseRecord> release = engine.inForce();
        Optional<ObjectKey> plain = release.flatMap(one -> one.versions().keySet().stream()
                .filter(key -> key.name().equals(name))
                .findFirst());
        if (release.isEmpty() || plain.isEmpty()) {
            return Optional.empty();
        }
        ObjectKey version = Objects.requireNonNull(release.get().versions().get(plain.get()));
        return Optional.of(engine.cluster().create(workflow(plain.get(), version.name(), parameters), MANAGER));
    }

    /** Live runs with what is recorded of them, then recorded runs whose Workflow is gone. */
    @Nullable
    Object list(ApiRequest request) throws ClusterException, StoreException {
        Map<String, Map<String, @Nullable Object>> recorded = recorded();
        List<Object> runs = new ArrayList<>();
        for (Map<String, @Nullable Object> workflow : workflows()) {
            runs.add(with(summary(workflow), recorded.remove(Tree.text(workflow, "metadata", "uid"))));
        }
        runs.addAll(recorded.values());
        return map("runs", runs);
    }

    private Map<String, Map<String, @Nullable Object>> recorded() throws StoreException {
        Map<String, Map<String, @Nullable Object>> byUid = new LinkedHashMap<>();
        engine.recording().queries().runs(MAX_RUNS).forEach(run -> byUid.putIfAbsent(Tree.text(run, "uid"), run));
        return byUid;
    }

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> run, @Nullable Map<String, @Nullable Object> recorded) {
        run.put("verdict", Tree.text(recorded, "verdict"));
        Object commit = Tree.at(recorded, "commit");
        run.put("commit", commit instanceof String id ? id : Tree.text(commit, "id"));
        return run;
    }

    @Nullable
    Object get(ApiRequest request) throws ApiException, ClusterException, StoreException {
        Map<String, @Nullable Object> workflow = find(request.part("name"));
        Map<String, @Nullable Object> run =
                with(summary(workflow), recorded().get(Tree.text(workflow, "metadata", "uid")));
        run.put("outputs", outputs(workflow));
        List<Object> nodes = new ArrayList<>();
        for (Map<String, @Nullable Object> node : nodes(workflow)) {
            nodes.add(node(Tree.text(workflow, "metadata", "name"), node));
        }
        run.put("nodes", nodes);
        return run;
    }

    @Nullable
    Object logs(ApiRequest request) throws ApiException, ClusterException {
        Map<String, @Nullable Object> workflow = find(request.part("name"));
        String uid = Tree.text(workflow, "metadata", "uid");
        List<Object> nodes = new ArrayList<>();
        for (Map<String, @Nullable Object> node : nodes(workflow)) {
            Map<String, @Nullable Object> one = node(Tree.text(workflow, "metadata", "name"), node);
            one.put("text", log(engine.runner().log(uid, Tree.text(node, "id"))));
            nodes.add(one);
        }
        return map(
                "name", Tree.text(workflow, "metadata", "name"),
                "phase", Tree.text(workflow, "status", "phase"),
                "nodes", nodes);
    }

    private static Map<String, @Nullable Object> workflow(
            ObjectKey plain, String version, Map<String, @Nullable Object> parameters) {
        List<Object> arguments = new ArrayList<>();
        parameters.forEach((name, value) -> arguments.add(map("name", name, "value", String.valueOf(value))));
        Map<String, @Nullable Object> spec = map("workflowTemplateRef", map("name", version));
        if (!arguments.isEmpty()) {
            spec.put("arguments", map("parameters", arguments));
        }
        return map(
                "apiVersion",
                ArgoKinds.API_VERSION,
                "kind",
                ArgoKinds.WORKFLOW,
                "metadata",
                map("generateName", plain.name() + "-", "namespace", plain.namespace()),
                "spec",
                spec);
    }

    private static Map<String, @Nullable Object> summary(Map<String, @Nullable Object> workflow) {
        return map(
                "name", Tree.text(workflow, "metadata", "name"),
                "namespace", Tree.text(workflow, "metadata", "namespace"),
                "uid", Tree.text(workflow, "metadata", "uid"),
                "template", Tree.text(workflow, "spec", "workflowTemplateRef", "name"),
                "phase", Tree.text(workflow, "status", "phase"),
                "message", Tree.text(workflow, "status", "message"),
                "startedAt", Tree.text(workflow, "status", "startedAt"),
                "finishedAt", Tree.text(workflow, "status", "finishedAt"));
    }

    private List<Map<String, @Nullable Object>> workflows() throws ClusterException {
        return engine.cluster().list(Selection.of(ArgoKinds.GROUP, ArgoKinds.WORKFLOW, "")).items().stream()
                .sorted(Comparator.comparing((Map<String, @Nullable Object> workflow) ->
                                Tree.text(workflow, "metadata", "creationTimestamp"))
                        .thenComparingLong(
                                workflow -> Long.parseLong("0" + Tree.text(workflow, "metadata", "generation")))
                        .reversed())
                .toList();
    }

    private Map<String, @Nullable Object> find(String name) throws ApiException, ClusterException {
        List<Map<String, @Nullable Object>> all = workflows();
        if (name.equals("@latest") && !all.isEmpty()) {
            return all.getFirst();
        }
        return all.stream()
                .filter(workflow -> Tree.text(workflow, "metadata", "name").equals(name)
                        || Tree.text(workflow, "metadata", "uid").equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("there is no run " + name + "; `plumbline runs` lists them"));
    }

    private static List<Map<String, @Nullable Object>> nodes(Map<String, @Nullable Object> workflow) {
        List<Map<String, @Nullable Object>> pods = new ArrayList<>();
        for (Object node : Tree.map(workflow, "status", "nodes").values()) {
            if (node instanceof Map<?, ?> map && List.of("Pod", "Skipped").contains(Tree.text(map, "type"))) {
                pods.add(Tree.cast(map));
            }
        }
        pods.sort(Comparator.comparing(node -> Tree.text(node, "startedAt")));
        return pods;
    }

    /** A node under the name of its step: a first attempt has no number, an exit handler not the run's name. */
    private static Map<String, @Nullable Object> node(String run, Map<String, @Nullable Object> node) {
        String step = Tree.text(node, "displayName").replaceAll("\\(0\\)$", "");
        return map(
                "id", Tree.text(node, "id"),
                "displayName", step.startsWith(run + ".") ? step.substring(run.length() + 1) : step,
                "phase", Tree.text(node, "phase"),
                "message", Tree.text(node, "message"),
                "startedAt", Tree.text(node, "startedAt"),
                "finishedAt", Tree.text(node, "finishedAt"));
    }

    private static Map<String, @Nullable Object> outputs(Map<String, @Nullable Object> workflow) {
        Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
        Tree.maps(workflow, "status", "outputs", "parameters")
                .forEach(parameter -> outputs.put(Tree.text(parameter, "name"), parameter.get("value")));
        return outputs;
    }

    private static List<Object> parameters(Map<String, @Nullable Object> template) {
        List<Object> list = new ArrayList<>();
        Tree.maps(template, "spec", "arguments", "parameters")
                .forEach(parameter -> list.add(map(
                        "name", Tree.text(parameter, "name"),
                        "default", parameter.get("value"),
                        "description", Tree.text(parameter, "description"))));
        return list;
    }

    private static String log(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int from = Math.max(0, bytes.length - MAX_LOG_BYTES);
            return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            return "(the log " + file + " cannot be read: " + e.getMessage() + ")\n";
        }
    }
}
