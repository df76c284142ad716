package dev.plumbline.tests.operator;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs in containers of the team's namespace, whose artifacts are kept on the node's S3 server.
 *
 * @param desk where
 */
record NodeRuns(NodeDesk desk) {

    private static final String ARGO = "argoproj.io";
    private static final String ACCOUNT = "/account.yaml";

    /** One thing that a Role allows. */
    record Right(String resource, String verb) {
        /** How the API server refuses whoever lacks it. */
        String refusal() {
            return "cannot " + verb + " resource \"" + resource + "\"";
        }
    }

    /** What the account of a shipped pipeline may do where it runs. */
    static List<Right> rights(String pipeline) throws Exception {
        return rights(NodeDesk.shipped(pipeline + ACCOUNT));
    }

    /** What the roles among some objects allow. */
    static List<Right> rights(List<Map<String, @Nullable Object>> objects) {
        List<Right> rights = new ArrayList<>();
        for (Map<String, @Nullable Object> object : objects) {
            for (Map<String, @Nullable Object> rule : Tree.maps(object, "rules")) {
                for (Object verb : Tree.list(rule, "verbs")) {
                    rights.add(new Right(resource(rule), String.valueOf(verb)));
                }
            }
        }
        return rights;
    }

    /** The right that each of these pipelines' accounts has at a place in its list; those that have fewer are left out. */
    static Map<String, Right> rights(List<String> pipelines, int place) throws Exception {
        Map<String, Right> rights = new LinkedHashMap<>();
        for (String pipeline : pipelines) {
            List<Right> all = rights(pipeline);
            if (place < all.size()) {
                rights.put(pipeline, all.get(place));
            }
        }
        return rights;
    }

    private static String resource(Map<String, @Nullable Object> rule) {
        return String.valueOf(Tree.list(rule, "resources").getFirst());
    }

    /** Gives the team the account that a shipped pipeline runs as, without one of its rights if one is named, and its artifacts a place. */
    void account(String pipeline, @Nullable Right lacking) throws Exception {
        for (Map<String, @Nullable Object> object : NodeDesk.shipped(pipeline + ACCOUNT)) {
            desk.apply(lacking == null ? object : without(object, lacking));
        }
        desk.apply("""
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s3", "namespace": "team-a"},
                 "stringData": {"access": "tests", "secret": "tests-secret"}}
                """, """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "artifact-repositories", "namespace": "team-a",
                   "annotations": {"workflows.argoproj.io/default-artifact-repository": "s3"}},
                 "data": {"s3": "{s3: {endpoint: '10.255.0.1:9000', insecure: true, bucket: artifacts,\
                 accessKeySecret: {name: s3, key: access}, secretKeySecret: {name: s3, key: secret},\
                 keyFormat: '{{workflow.name}}/{{pod.name}}'}}"}}
                """);
    }

    /** Somebody who may start runs, look at them, and change them. */
    Path changer(String account) throws Exception {
        Path person = desk.runner(account, NodeDesk.TEAM);
        desk.apply("""
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "changer", "namespace": "team-a"},
                 "rules": [{"apiGroups": ["argoproj.io"], "resources": ["workflows"], "verbs": ["patch"]}]}
                """, """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "changer", "namespace": "team-a"},
                 "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "changer"},
                 "subjects": [{"kind": "ServiceAccount", "name": "%s", "namespace": "team-a"}]}
                """.formatted(account));
        return person;
    }

    /** An object; if it is a Role, without one of its rights. */
    static Map<String, @Nullable Object> without(Map<String, @Nullable Object> object, Right lacking) {
        if (!Tree.text(object, "kind").equals("Role")) {
            return object;
        }
        List<Object> left = new ArrayList<>();
        for (Map<String, @Nullable Object> rule : Tree.maps(object, "rules")) {
            List<@Nullable Object> verbs = new ArrayList<>(Tree.list(rule, "verbs"));
            if (resource(rule).equals(lacking.resource())) {
                verbs.remove(lacking.verb());
            }
            if (!verbs.isEmpty()) {
                rule.put("verbs", verbs);
                left.add(rule);
            }
        }
        object.put("rules", left);
        return object;
    }

    /** Begins a run of a template as an account of a shipped pipeline; answers its name. */
    String begin(String template, String account, int number) throws Exception {
        String run = account + "-" + number;
        desk.apply("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "metadata": {"name": "%s", "namespace": "team-a"},
                 "spec": {"workflowTemplateRef": {"name": "%s"}, "serviceAccountName": "%s", "artifactGC": %s}}
                """.formatted(
                        run,
                        template,
                        account,
                        collects(account)
                                ? "{\"strategy\": \"OnWorkflowDeletion\", \"serviceAccountName\": \"" + account + "\"}"
                                : "{\"strategy\": \"Never\"}"));
        return run;
    }

    /** Whether a pipeline's account may collect what its runs kept. */
    static boolean collects(String pipeline) throws Exception {
        return rights(pipeline).stream().anyMatch(right -> right.resource().startsWith("workflowartifactgctasks"));
    }

    void awaitEnd(String run) throws Exception {
        desk.await(
                run + " has ended",
                () -> !Tree.text(workflow(run), "status", "finishedAt").isEmpty());
    }

    /** Starts a run as somebody, and answers its name when it has ended. */
    String start(Path person, String template, String... more) throws Exception {
        List<String> line = new ArrayList<>(List.of("run", template, "-o", "name"));
        line.addAll(List.of(more));
        String run = NodeDesk.plumbline(0, person, line.toArray(String[]::new)).strip();
        awaitEnd(run);
        return run;
    }

    /** How long a run took. */
    static long seconds(Map<String, @Nullable Object> run) {
        return Duration.between(
                        Instant.parse(Tree.text(run, "status", "startedAt")),
                        Instant.parse(Tree.text(run, "status", "finishedAt")))
                .toSeconds();
    }

    String phase(String run) throws Exception {
        return Tree.text(workflow(run), "status", "phase");
    }

    private Map<String, @Nullable Object> workflow(String run) throws Exception {
        return desk.get(ARGO, "Workflow", NodeDesk.TEAM, run);
    }

    void delete(String run) throws Exception {
        desk.cluster()
                .delete(new ObjectKey(ARGO, "Workflow", NodeDesk.TEAM, run), new DeleteOptions(null, null, false));
    }

    /** Waits until a run, or a pod of it, says this. */
    void awaitSaid(String run, String text) throws Exception {
        desk.await(run + " says: " + text, () -> workflow(run).toString().contains(text) || podsSay(run, text));
    }

    private boolean podsSay(String run, String text) throws Exception {
        for (Map<String, @Nullable Object> pod :
                desk.cluster().list(Selection.of("", "Pod", NodeDesk.TEAM)).items()) {
            String name = Tree.text(pod, "metadata", "name");
            if (name.startsWith(run)
                    && Tree.text(pod, "status", "phase").equals("Failed")
                    && desk.log(NodeDesk.TEAM, name, "main").contains(text)) {
                return true;
            }
        }
        return false;
    }

    /** How many artifacts of a run are kept. */
    long kept(String run) throws Exception {
        Path folder = desk.artifacts().resolve(run);
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
