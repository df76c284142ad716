package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole node: scheduler, kubelet, containerd and runc. The operator's own image is installed on it and follows a repository, and Argo
 * runs what it applied in containers. The tests are the life of one installation, in its order.
 */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodeTest {

    private static final String SYSTEM = "plumbline-system";
    private static final String ARGO = "argoproj.io";

    /** The account of the team that the sync acts as; it is not the operator's. */
    private static final String APPLIER = "plumbline-applier";

    /** The shipped pipeline whose account runs are made with. */
    private static final String ACCOUNT = "data-validation";

    private static final String HELLO = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: hello}
            spec:
              entrypoint: main
              serviceAccountName: data-validation
              artifactGC: {strategy: OnWorkflowDeletion, serviceAccountName: data-validation}
              arguments: {parameters: [{name: who, value: world}]}
              templates:
              - name: main
                steps:
                - - {name: look, template: look}
                - - name: greet
                    template: greet
                    arguments:
                      parameters: [{name: word, value: "{{steps.look.outputs.parameters.word}}"}]
                      artifacts: [{name: page, from: "{{steps.look.outputs.artifacts.page}}"}]
              - name: look
                container: {image: "busybox:tests", imagePullPolicy: Never, command: [sh, -c], args: ["echo hello > /tmp/word"]}
                outputs:
                  parameters: [{name: word, valueFrom: {path: /tmp/word}}]
                  artifacts: [{name: page, path: /tmp/word}]
              - name: greet
                inputs: {parameters: [{name: word}], artifacts: [{name: page, path: /tmp/page}]}
                container:
                  image: busybox:tests
                  imagePullPolicy: Never
                  command: [sh, -c]
                  args: ["cat /tmp/page && echo {{inputs.parameters.word}} {{workflow.parameters.who}}"]
            """;

    @TempDir
    static Path folder;

    private static NodeDesk desk;

    @BeforeAll
    static void start() throws Exception {
        desk = NodeDesk.open(folder, List.of());
    }

    @AfterAll
    static void stop() {
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    @Order(1)
    void aPodRunsAndWhatItPrintedIsReadThroughTheApiServer() throws Exception {
        desk.apply("""
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "hello", "namespace": "default"},
             "spec": {"restartPolicy": "Never", "containers": [{"name": "main", "image": "busybox:tests",
               "imagePullPolicy": "Never", "command": ["sh", "-c", "echo hello from $HOSTNAME"]}]}}
            """);
        desk.await(
                "the pod has succeeded",
                () -> Tree.text(desk.get("", "Pod", "default", "hello"), "status", "phase")
                        .equals("Succeeded"));
        assertEquals("hello from hello\n", desk.log("default", "hello", "main"));
    }

    /** As its Deployment says: its own user, no capability, a read-only root, in a namespace that enforces all that. */
    @Test
    @Order(2)
    void theInstalledOperatorBecomesReady() throws Exception {
        assumeTrue(
                "true".equals(System.getenv("CI")) || Files.exists(NodeDesk.IMAGE),
                "skipped: there is no image; make it with ./mvnw -Pimage package");
        desk.apply("""
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "team-a"}}\
                """);
        desk.install(List.of(NodeDesk.TEAM));
        Map<String, @Nullable Object> pod =
                desk.cluster().list(Selection.of("", "Pod", SYSTEM)).items().getFirst();
        assertEquals("Running", Tree.text(pod, "status", "phase"));
    }

    private static Map<String, @Nullable Object> deployment() throws Exception {
        return desk.get("apps", "Deployment", SYSTEM, "plumbline-controller");
    }

    /** As the account that is shipped for it, with its rights alone. */
    @Test
    @Order(3)
    void whatIsPushedIsAppliedByThePod() throws Exception {
        assumeTrue(!deployment().isEmpty(), "skipped: the operator is not installed");
        for (String file : List.of("account.yaml", "role.yaml")) {
            for (Map<String, @Nullable Object> object : NodeDesk.shipped("platform/applier/pipelines/" + file)) {
                desk.apply(object);
            }
        }
        desk.apply("""
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "git", "namespace": "team-a"},
                 "data": {"ca.crt": %s}}
                """.formatted(Json.write(desk.authority())), """
                {"apiVersion": "plumbline.dev/v1alpha1", "kind": "PipelineSync",
                 "metadata": {"name": "pipelines", "namespace": "team-a"},
                 "spec": {"source": {"url": "%s", "caBundle": {"configMapKeyRef": {"name": "git", "key": "ca.crt"}}},
                   "path": "overlay", "interval": "5s", "serviceAccountName": "plumbline-applier"}}
                """.formatted(NodeDesk.URL));
        desk.repository().write("overlay/hello.yaml", HELLO);
        desk.repository().write("overlay/kustomization.yaml", "namespace: team-a\nresources: [hello.yaml]\n");
        awaitApplied(desk.push("Begin"));
        desk.repository().write("overlay/hello.yaml", HELLO.replace("value: world", "value: everyone"));
        awaitApplied(desk.push("Greet everyone"));
        Map<String, @Nullable Object> template = desk.get(ARGO, "WorkflowTemplate", NodeDesk.TEAM, "hello");
        assertEquals(
                "everyone",
                Tree.text(Tree.maps(template, "spec", "arguments", "parameters").getFirst(), "value"));
    }

    private static void awaitApplied(String commit) throws Exception {
        desk.await(
                "the pod applies " + commit,
                () -> Tree.text(
                                desk.get("plumbline.dev", "PipelineSync", NodeDesk.TEAM, "pipelines"),
                                "status",
                                "appliedRevision",
                                "commit")
                        .equals(commit));
    }

    /** With a person's own rights, through the API server: nothing else leads to the controller. */
    @Test
    @Order(4)
    void aRunInContainersIsRecordedWithTheImagesThatRan() throws Exception {
        assumeTrue(!deployment().isEmpty(), "skipped: the operator is not installed");
        Path ann = desk.runner("ann", NodeDesk.TEAM);
        NodeRuns runs = new NodeRuns(desk);
        runs.account(ACCOUNT, null);
        String run = runs.start(ann, "hello", "-p", "who=ann");
        assertEquals("Succeeded", runs.phase(run), () -> NodeDesk.plumbline(0, ann, "logs", run));
        assertTrue(NodeDesk.plumbline(0, ann, "logs", run).contains("greet: hello\ngreet: hello ann\n"));

        desk.await(
                "the run is recorded",
                () -> NodeDesk.plumbline(0, ann, "runs", "pipelines").contains("MATCH"));
        Map<String, @Nullable Object> known =
                Json.parseObject(NodeDesk.plumbline(0, ann, "provenance", run, "-o", "json"));
        assertEquals("MATCH", Tree.text(known, "verdict"), known.toString());
        assertEquals(desk.repository().head(), Tree.text(known, "commit", "id"), known.toString());
        Map<String, @Nullable Object> plain = desk.get("", "Pod", "default", "hello");
        assertEquals(
                Tree.text(Tree.maps(plain, "status", "containerStatuses").getFirst(), "imageID"),
                Tree.text(known, "images", run + "[0].look main"),
                known.toString());
        assertTrue(NodeDesk.plumbline(0, ann, "history", "pipelines").contains("Greet everyone"));
    }

    /** The pipelines stay and go on working; of the operator nothing is left. */
    @Test
    @Order(5)
    void uninstallingLeavesThePipelinesAndNothingOfTheOperator() throws Exception {
        assumeTrue(!deployment().isEmpty(), "skipped: the operator is not installed");
        NodeDesk.plumbline(0, desk.administrator(), "uninstall", "--with-data");
        desk.await(
                "the namespace is gone",
                () -> desk.find("", "Namespace", "", SYSTEM).isEmpty());
        for (Selection kind : List.of(
                Selection.of("apiextensions.k8s.io", "CustomResourceDefinition", ""),
                Selection.of("rbac.authorization.k8s.io", "ClusterRole", ""),
                Selection.of("rbac.authorization.k8s.io", "ClusterRoleBinding", ""),
                Selection.of("rbac.authorization.k8s.io", "RoleBinding", NodeDesk.TEAM),
                Selection.of("admissionregistration.k8s.io", "ValidatingAdmissionPolicy", ""))) {
            List<String> ours = desk.cluster().list(kind).items().stream()
                    .map(object -> Tree.text(object, "metadata", "name"))
                    .filter(name -> name.contains("plumbline") && !name.equals(APPLIER))
                    .toList();
            assertEquals(List.of(), ours, kind.toString());
        }
        assertTrue(desk.find(ARGO, "WorkflowTemplate", NodeDesk.TEAM, "hello").isPresent());
    }
}
