package dev.plumbline.tests.operator;

import dev.plumbline.controller.app.operator.OperatorOptions;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A desk before a cluster with a real Argo controller: pipelines whose training calls a library, a controller that keeps them
 * applied, and pods that end by themselves.
 */
final class ArgoDesk implements AutoCloseable {

    static final String SYNC = "pipelines";
    private static final String ME = "tests";

    private final OperatorDesk desk;
    private final ArgoPods pods;

    private ArgoDesk(OperatorDesk desk) {
        this.desk = desk;
        this.pods = new ArgoPods(desk.cluster(), desk.namespace());
    }

    /** A desk with the first commit applied. */
    static ArgoDesk ready(RealCluster argo, Path root, Map<String, ?> spec) throws Exception {
        OperatorDesk desk = new OperatorDesk(argo, root, OperatorOptions.ARGO_CONFIG);
        desk.apply("v1", "ServiceAccount", desk.namespace(), "default", Map.of());
        ArgoDesk ready = new ArgoDesk(desk);
        ArgoPipelines.write(desk.repository(), desk.namespace());
        String first = desk.repository().commit("Begin");
        desk.start();
        desk.sync(SYNC, spec);
        desk.awaitApplied(SYNC, first);
        nextSecond();
        return ready;
    }

    OperatorDesk desk() {
        return desk;
    }

    ArgoPods pods() {
        return pods;
    }

    String head() throws Exception {
        return desk.repository().head();
    }

    /** Commits another text of a file, and waits until that is applied. */
    String edit(String file, String text, String other) throws Exception {
        Path path = desk.repository().folder().resolve("overlay").resolve(file);
        String before = java.nio.file.Files.readString(path);
        if (!before.contains(text)) {
            throw new IllegalArgumentException(file + " has no " + text);
        }
        java.nio.file.Files.writeString(path, before.replace(text, other));
        return applied(desk.repository().commit("Change " + file));
    }

    /** The text of a file of the overlay. */
    String text(String file) throws Exception {
        return java.nio.file.Files.readString(
                desk.repository().folder().resolve("overlay").resolve(file));
    }

    /** How a run ended, as it is recorded. */
    String phase(String run) throws Exception {
        return Tree.text(desk.records().of(SYNC, run), "run", "phase");
    }

    /** How many attempts of a run are recorded. */
    long attempts(String run) throws Exception {
        return desk.records().attempts(SYNC).stream()
                .filter(each -> run.equals(each.get("name")))
                .count();
    }

    /**
     * Has a commit applied in seconds of its own: a cluster tells in whole seconds when a run was created, so one of the same second
     * counts as created during the apply.
     */
    String applied(String commit) throws Exception {
        nextSecond();
        desk.poke(SYNC);
        desk.awaitApplied(SYNC, commit);
        nextSecond();
        return commit;
    }

    /** Waits for the next second. */
    static void nextSecond() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1100);
    }

    /** A version of a template, as a schedule from Git would name it; of several the one whose name is last. */
    String version(String template) throws Exception {
        String version = "";
        for (ObjectKey key : versions()) {
            if (key.name().matches(template + "-[0-9a-f]{8}")) {
                version = key.name();
            }
        }
        if (version.isEmpty()) {
            throw new IllegalStateException("there is no version of " + template);
        }
        return version;
    }

    private List<ObjectKey> versions() throws Exception {
        return desk.cluster().list(Selection.of("argoproj.io", "WorkflowTemplate", desk.namespace())).items().stream()
                .map(Manifest::keyOf)
                .toList();
    }

    /** Creates a Workflow that refers to a template; the JSON is merged over it. */
    void submit(String name, String template, String more) throws Exception {
        Map<String, @Nullable Object> run = Json.parseObject("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
                 "metadata": {"name": "%s", "namespace": "%s"},
                 "spec": {"workflowTemplateRef": {"name": "%s"}}}
                """.formatted(name, desk.namespace(), template));
        merge(run, Json.parseObject(more));
        desk.cluster().create(run, ME);
    }

    /** Creates a Workflow with a spec of its own. */
    void submitOwn(String name, Map<String, @Nullable Object> spec) throws Exception {
        Map<String, @Nullable Object> run = new LinkedHashMap<>();
        run.put("apiVersion", "argoproj.io/v1alpha1");
        run.put("kind", "Workflow");
        Tree.set(run, name, "metadata", "name");
        Tree.set(run, desk.namespace(), "metadata", "namespace");
        run.put("spec", spec);
        desk.cluster().create(run, ME);
    }

    private static void merge(Map<String, @Nullable Object> into, Map<String, @Nullable Object> more) {
        more.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map && into.get(key) instanceof Map<?, ?> there) {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>(Tree.cast(there));
                merge(copy, Tree.cast(map));
                into.put(key, copy);
            } else {
                into.put(key, value);
            }
        });
    }

    Map<String, @Nullable Object> workflow(String name) throws Exception {
        return desk.cluster().get(key(name)).orElse(Map.of());
    }

    Map<String, @Nullable Object> template(String name) throws Exception {
        return desk.cluster()
                .get(new ObjectKey("argoproj.io", "WorkflowTemplate", desk.namespace(), name))
                .orElseThrow();
    }

    ObjectKey key(String name) {
        return new ObjectKey("argoproj.io", "Workflow", desk.namespace(), name);
    }

    void patch(String name, String patch) throws Exception {
        desk.cluster().mergePatch(key(name), Json.parseObject(patch), ME);
    }

    /** Changes the image of the one pod of a template while it runs. */
    void changeImage(String template, String image) throws Exception {
        for (Map<String, @Nullable Object> pod :
                desk.cluster().list(Selection.of("", "Pod", desk.namespace())).items()) {
            if (Tree.text(pod, "metadata", "name").contains("-" + template + "-")) {
                desk.cluster().mergePatch(Manifest.keyOf(pod), withImage(pod, image), ME);
            }
        }
    }

    private static Map<String, @Nullable Object> withImage(Map<String, @Nullable Object> pod, String image) {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        List<@Nullable Object> containers = new ArrayList<>();
        for (Map<String, @Nullable Object> container : Tree.maps(pod, "spec", "containers")) {
            Map<String, @Nullable Object> changed = new LinkedHashMap<>(container);
            if ("main".equals(container.get("name"))) {
                changed.put("image", image);
            }
            containers.add(changed);
        }
        Tree.set(patch, containers, "spec", "containers");
        return patch;
    }

    /** Changes the workflowDefaults of Argo, and waits until its controller has them. */
    void defaults(String yaml) throws Exception {
        ObjectKey configMap = OperatorOptions.configMap(OperatorOptions.ARGO_CONFIG);
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, yaml.isEmpty() ? null : yaml, "data", "workflowDefaults");
        desk.cluster().mergePatch(configMap, patch, ME);
        for (int probe = 0; ; probe++) {
            String name = "probe-" + probe + (yaml.isEmpty() ? "-without" : "-with");
            submit(name, "train", "{}");
            awaitWorkflow(name, "is taken up", run -> Tree.at(run, "status", "storedWorkflowTemplateSpec") != null);
            boolean has = Tree.at(workflow(name), "status", "storedWorkflowTemplateSpec", "nodeSelector") != null;
            if (has != yaml.isEmpty()) {
                return;
            }
        }
    }

    /** Writes another node into an entry of a cache, as anybody may who can write ConfigMaps beside Argo. */
    void pretendThatAnotherFilled(String cache, String entry, String node) throws Exception {
        ObjectKey key = new ObjectKey(
                "",
                "ConfigMap",
                OperatorOptions.configMap(OperatorOptions.ARGO_CONFIG).namespace(),
                cache);
        String before = Tree.text(desk.cluster().get(key).orElseThrow(), "data", entry);
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, before.replaceFirst("\"nodeID\":\"[^\"]*\"", "\"nodeID\":\"" + node + "\""), "data", entry);
        desk.cluster().mergePatch(key, patch, ME);
    }

    void delete(String name) throws Exception {
        desk.cluster().delete(key(name), new DeleteOptions(null, null, false));
    }

    /** Waits until a run has a pod of a template. */
    void awaitNode(String run, String step) throws Exception {
        desk.await(
                run + " is at " + step,
                () -> Tree.map(workflow(run), "status", "nodes").values().stream()
                        .anyMatch(node ->
                                step.equals(Tree.text(node, "displayName")) && "Pod".equals(Tree.text(node, "type"))));
    }

    void awaitWorkflow(String run, String what, Predicate<Map<String, @Nullable Object>> condition) throws Exception {
        desk.await(run + " " + what, () -> condition.test(workflow(run)));
    }

    /** Does what {@code argo retry} does to a failed run. */
    void retry(String run) throws Exception {
        new ArgoRetry(desk).retry(key(run));
    }

    /** The verdict and the commit of a run, when it is recorded. */
    String verdict(String run) throws Exception {
        Map<String, @Nullable Object> record = desk.records().await(SYNC, run);
        String commit = Tree.text(record, "commit", "id");
        return (Tree.text(record, "verdict") + " " + commit).strip();
    }

    /** What is recorded of a run, in words, for messages of tests. */
    String said(String run) throws Exception {
        return Json.write(desk.records().of(SYNC, run));
    }

    @Override
    public void close() throws Exception {
        pods.close();
        desk.close();
    }
}
