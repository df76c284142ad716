package dev.plumbline.controller.app;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.app.answers.RecordAnswers;
import dev.plumbline.controller.app.answers.WorkflowTrees;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.ArgoText;
import dev.plumbline.registry.argo.RunResubmission;
import dev.plumbline.registry.argo.RunResume;
import dev.plumbline.registry.argo.RunRetry;
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
import java.time.InstantSource;
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

    private static final InstantSource CLOCK = InstantSource.system();
    /** Field manager of what people order. */
    static final String MANAGER = "plumbline-cli";

    private static final int MAX_LOG_BYTES = 4 * 1024 * 1024;

    private final Engine engine;

    RunRoutes(Engine engine) {
        this.engine = engine;
    }

    @Nullable
    Object start(ApiRequest request) throws ApiException, SourceException, StoreException, ClusterException {
        requireTrust();
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
        return WorkflowTrees.started(created);
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
        WorkflowTrees.override(workflow, parameters);
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
        return Optional.of(engine.cluster()
                .create(
                        WorkflowTrees.of(plain.get().name(), plain.get().namespace(), version.name(), parameters),
                        MANAGER));
    }

    /** Live runs with what is recorded of them, then recorded runs whose Workflow is gone; no more than {@code limit}. */
    @Nullable
    Object list(ApiRequest request) throws ApiException, ClusterException, StoreException {
        int limit = RecordAnswers.limit(request);
        Map<String, Map<String, @Nullable Object>> recorded = recorded();
        List<Object> runs = new ArrayList<>();
        for (Map<String, @Nullable Object> workflow : workflows()) {
            runs.add(WorkflowTrees.recorded(
                    WorkflowTrees.summary(workflow), recorded.remove(Tree.text(workflow, "metadata", "uid"))));
        }
        runs.addAll(recorded.values());
        return RecordAnswers.newest("runs", runs, limit);
    }

    private Map<String, Map<String, @Nullable Object>> recorded() throws StoreException {
        Map<String, Map<String, @Nullable Object>> byUid = new LinkedHashMap<>();
        engine.recording()
                .queries()
                .runs(RecordAnswers.MAX_LISTED + 1)
                .forEach(run -> byUid.putIfAbsent(Tree.text(run, "uid"), run));
        return byUid;
    }

    @Nullable
    Object get(ApiRequest request) throws ApiException, ClusterException, StoreException {
        Map<String, @Nullable Object> workflow = find(request.part("name"));
        Map<String, @Nullable Object> run = WorkflowTrees.recorded(
                WorkflowTrees.summary(workflow), recorded().get(Tree.text(workflow, "metadata", "uid")));
        WorkflowTrees.details(run, workflow);
        return run;
    }

    @Nullable
    Object logs(ApiRequest request) throws ApiException, ClusterException {
        Map<String, @Nullable Object> workflow = find(request.part("name"));
        String uid = Tree.text(workflow, "metadata", "uid");
        List<Object> nodes = new ArrayList<>();
        for (Map<String, @Nullable Object> node : WorkflowTrees.steps(workflow)) {
            Map<String, @Nullable Object> one = WorkflowTrees.step(Tree.text(workflow, "metadata", "name"), node);
            log(engine.runner().log(uid, Tree.text(node, "id")), one);
            nodes.add(one);
        }
        return map(
                "name", Tree.text(workflow, "metadata", "name"),
                "phase", Tree.text(workflow, "status", "phase"),
                "nodes", nodes);
    }

    /** Lets a run that waits go on, with the values that are given. */
    @Nullable
    Object resume(ApiRequest request) throws ApiException, ClusterException {
        Map<String, @Nullable Object> workflow = find(request.part("name"));
        RunResume resume = RunResume.of(workflow, texts(request), Tree.text(request.body(), "node"), CLOCK.instant());
        if (!resume.refusal().isEmpty()) {
            throw ApiException.conflict(
                    "the run " + Tree.text(workflow, "metadata", "name") + " is not resumed: " + resume.refusal());
        }
        return WorkflowTrees.summary(engine.cluster().mergePatch(Manifest.keyOf(workflow), resume.patch(), MANAGER));
    }

    /** Ends a run before its time. */
    @Nullable
    Object stop(ApiRequest request) throws ApiException, ClusterException {
        Map<String, @Nullable Object> workflow = find(request.part("name"));
        if (!Tree.text(workflow, "status", "finishedAt").isEmpty()) {
            throw ApiException.conflict("the run " + Tree.text(workflow, "metadata", "name") + " has ended already, "
                    + Tree.text(workflow, "status", "phase"));
        }
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        boolean terminate = Boolean.TRUE.equals(request.body().get("terminate"));
        Tree.set(patch, terminate ? "Terminate" : "Stop", "spec", "shutdown");
        return WorkflowTrees.summary(engine.cluster().mergePatch(Manifest.keyOf(workflow), patch, MANAGER));
    }

    /** Lets a run that failed go on where it failed, with the templates that it began with. */
    @Nullable
    Object retry(ApiRequest request) throws ApiException, ClusterException {
        requireTrust();
        Map<String, @Nullable Object> workflow = find(request.part("name"));
        String refusal = RunRetry.refusal(workflow);
        if (!refusal.isEmpty()) {
            throw ApiException.conflict(
                    "the run " + Tree.text(workflow, "metadata", "name") + " is not retried: " + refusal);
        }
        Map<String, @Nullable Object> patch =
                RunRetry.of(workflow, texts(request), CLOCK.instant()).patch();
        // For the runner here, a Workflow without a phase is a new one, and nothing that it was created with has
        // happened.
        Tree.set(patch, "Running", "status", "phase");
        return WorkflowTrees.summary(engine.cluster().mergePatch(Manifest.keyOf(workflow), patch, MANAGER));
    }

    /** Starts a run anew, with the templates as they are now. */
    @Nullable
    Object resubmit(ApiRequest request) throws ApiException, ClusterException {
        requireTrust();
        Map<String, @Nullable Object> again = RunResubmission.of(find(request.part("name")));
        WorkflowTrees.override(again, texts(request));
        return WorkflowTrees.started(engine.cluster().create(again, MANAGER));
    }

    private void requireTrust() throws ApiException {
        if (!engine.runsSteps()) {
            throw ApiException.conflict(
                    "steps of this repository do not run here; start `plumbline up` with --trust-steps to allow them");
        }
    }

    private static Map<String, String> texts(ApiRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Tree.map(request.body(), "parameters")
                .forEach((name, value) -> parameters.put(name, String.valueOf(ArgoText.of(value))));
        return parameters;
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

    /** The end of a log as {@code text}, and as {@code skippedLines} how many lines stand before it. */
    private static void log(Path file, Map<String, @Nullable Object> node) {
        String text = "";
        long skipped = 0;
        try {
            byte[] bytes = Files.readAllBytes(file);
            int from = wholeLine(bytes, Math.max(0, bytes.length - MAX_LOG_BYTES));
            for (int i = 0; i < from; i++) {
                skipped += bytes[i] == '\n' ? 1 : 0;
            }
            text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            text = ""; // It has printed nothing yet.
        } catch (IOException e) {
            text = "(the log " + file + " cannot be read: " + e.getMessage() + ")\n";
        }
        node.put("text", text);
        node.put("skippedLines", skipped);
    }

    /** Where the first line begins at or after a place; the place itself within a line that is longer than all that is shown. */
    private static int wholeLine(byte[] bytes, int place) {
        for (int i = place; place > 0 && i < bytes.length; i++) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        return place;
    }
}
