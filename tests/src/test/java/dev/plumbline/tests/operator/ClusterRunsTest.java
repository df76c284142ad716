package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.cli.Main;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs and schedules on a cluster by command line: what is written, with whose rights, and what a sync makes of it. */
@Tag("cluster")
class ClusterRunsTest {

    private static final String TEMPLATE = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: training}
            spec:
              entrypoint: main
              arguments: {parameters: [{name: model, value: churn}]}
              templates:
              - name: main
                inputs: {parameters: [{name: model, value: "{{workflow.parameters.model}}"}]}
                container: {image: "python:3.11", command: [echo], args: ["%s {{inputs.parameters.model}}"]}
            """;

    private static final String CRON = """
            apiVersion: argoproj.io/v1alpha1
            kind: CronWorkflow
            metadata: {name: nightly}
            spec:
              schedules: ["0 2 * * *"]
              timezone: Etc/UTC
              workflowSpec: {workflowTemplateRef: {name: training}}
            """;

    private static final List<?> RUNNER = List.of(
            Map.of(
                    "apiGroups",
                    List.of("argoproj.io"),
                    "resources",
                    List.of("workflows", "workflowtemplates", "cronworkflows"),
                    "verbs",
                    List.of("get", "list", "create", "patch")),
            Map.of("apiGroups", List.of(""), "resources", List.of("pods"), "verbs", List.of("delete")),
            Map.of("apiGroups", List.of(""), "resources", List.of("pods/log"), "verbs", List.of("get")));

    @TempDir
    Path folder;

    private record Said(int code, String out, String err) {
        String good() {
            assertEquals(0, code, out + err);
            return out;
        }

        void refused(int expected, String word) {
            assertEquals(expected, code, out + err);
            assertTrue(err.contains(word), err);
        }
    }

    private static Said plumbline(OperatorDesk desk, Path kubeconfig, String... line) {
        List<String> all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString(), "-n", desk.namespace()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        return new Said(code, out.toString(), err.toString());
    }

    private static OperatorDesk desk(Path folder) throws Exception {
        OperatorDesk desk = OperatorDesk.prepared(folder);
        desk.repository().write("overlay/training.yaml", TEMPLATE.formatted("first"));
        desk.repository().write("overlay/nightly.yaml", CRON);
        desk.kustomization("training", "nightly");
        String commit = desk.repository().commit("Begin");
        desk.start();
        desk.sync("pipelines", Map.of());
        desk.awaitApplied("pipelines", commit);
        return desk;
    }

    private static Map<String, @Nullable Object> argo(OperatorDesk desk, String kind, String name) throws Exception {
        return desk.cluster()
                .get(new ObjectKey("argoproj.io", kind, desk.namespace(), name))
                .orElseThrow();
    }

    @Test
    void aRunIsOfTheVersionThatThePlainNameStandsFor() throws Exception {
        try (OperatorDesk desk = desk(folder)) {
            Path kubeconfig = Person.with(desk, "runner").and("runner", RUNNER).kubeconfig();
            String first = plumbline(desk, kubeconfig, "run", "training", "-p", "model=fraud", "-o", "name")
                    .good()
                    .strip();
            Map<String, @Nullable Object> run = argo(desk, "Workflow", first);
            String version = Tree.text(run, "spec", "workflowTemplateRef", "name");
            assertTrue(version.matches("training-[0-9a-f]{8}"), version);
            assertEquals(
                    List.of(Map.of("name", "model", "value", "fraud")),
                    Tree.list(run, "spec", "arguments", "parameters"));

            desk.repository().write("overlay/training.yaml", TEMPLATE.formatted("second"));
            String commit = desk.repository().commit("Second");
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", commit);
            String second = plumbline(desk, kubeconfig, "run", "training", "-o", "name")
                    .good()
                    .strip();
            String newer = Tree.text(argo(desk, "Workflow", second), "spec", "workflowTemplateRef", "name");
            assertTrue(newer.matches("training-[0-9a-f]{8}") && !newer.equals(version), newer);
            String runs = plumbline(desk, kubeconfig, "runs", "-o", "name").good();
            assertTrue(runs.contains(first + "\n") && runs.contains(second + "\n"), runs);
            String missing = plumbline(desk, kubeconfig, "runs").err();
            assertTrue(missing.contains("so not every run that ended is listed with its verdict"), missing);

            plumbline(desk, kubeconfig, "run", "nothing").refused(1, "there is no WorkflowTemplate nothing");
            Path stranger = Person.with(desk, "stranger").kubeconfig();
            plumbline(desk, stranger, "run", "training").refused(2, "403");
        }
    }

    @Test
    void aRunIsStoppedRetriedAndResubmitted() throws Exception {
        try (OperatorDesk desk = desk(folder)) {
            Path kubeconfig = Person.with(desk, "runner").and("runner", RUNNER).kubeconfig();
            String name = plumbline(desk, kubeconfig, "run", "training", "-o", "name")
                    .good()
                    .strip();
            plumbline(desk, kubeconfig, "retry", name).refused(1, "it is Pending");
            plumbline(desk, kubeconfig, "stop", "@latest").good();
            assertEquals("Stop", Tree.text(argo(desk, "Workflow", name), "spec", "shutdown"));

            failed(desk, name);
            plumbline(desk, kubeconfig, "stop", name).refused(1, "has ended already, Failed");
            String logs = plumbline(desk, kubeconfig, "logs", name).good();
            assertTrue(logs.contains("the pod is gone"), logs);
            plumbline(desk, kubeconfig, "retry", name).good();
            Map<String, @Nullable Object> again = argo(desk, "Workflow", name);
            assertEquals("", Tree.text(again, "status", "phase"));
            assertNull(Tree.at(again, "spec", "shutdown"));
            assertEquals(Map.of(), Tree.map(again, "status", "nodes"));
            assertNull(Tree.at(again, "metadata", "labels", "workflows.argoproj.io/completed"));

            String other = plumbline(desk, kubeconfig, "resubmit", name, "-p", "model=b", "-o", "name")
                    .good()
                    .strip();
            Map<String, @Nullable Object> copy = argo(desk, "Workflow", other);
            assertEquals(
                    name, Tree.text(copy, "metadata", "labels", "workflows.argoproj.io/resubmitted-from-workflow"));
            assertEquals(Tree.at(again, "spec", "workflowTemplateRef"), Tree.at(copy, "spec", "workflowTemplateRef"));
        }
    }

    /** What Argo's controller writes when the only step failed. */
    private static void failed(OperatorDesk desk, String name) throws Exception {
        Map<String, @Nullable Object> node = new LinkedHashMap<>(Map.of(
                "id", name,
                "name", name,
                "displayName", name,
                "type", "Pod",
                "phase", "Failed",
                "templateName", "main",
                "startedAt", "2026-11-26T10:00:00Z",
                "finishedAt", "2026-11-26T10:00:01Z"));
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, "true", "metadata", "labels", "workflows.argoproj.io/completed");
        Tree.set(patch, "Failed", "status", "phase");
        Tree.set(patch, "2026-11-26T10:00:01Z", "status", "finishedAt");
        Tree.set(patch, node, "status", "nodes", name);
        desk.cluster().mergePatch(new ObjectKey("argoproj.io", "Workflow", desk.namespace(), name), patch, "argo");
    }

    @Test
    void aSuspendedScheduleStaysSuspendedWhateverCommitsCome() throws Exception {
        try (OperatorDesk desk = desk(folder)) {
            Path kubeconfig = Person.with(desk, "runner").and("runner", RUNNER).kubeconfig();
            String list = plumbline(desk, kubeconfig, "cron", "list").good();
            assertTrue(list.contains("nightly") && list.contains("0 2 * * *") && list.contains("false"), list);
            plumbline(desk, kubeconfig, "cron", "suspend", "nightly").good();
            desk.poke("pipelines");
            desk.repository().write("overlay/nightly.yaml", CRON.replace("0 2", "0 3"));
            String commit = desk.repository().commit("Later");
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", commit);
            Map<String, @Nullable Object> cron = argo(desk, "CronWorkflow", "nightly");
            assertEquals(List.of("0 3 * * *"), Tree.list(cron, "spec", "schedules"));
            assertEquals(true, Tree.at(cron, "spec", "suspend"));
            assertTrue(plumbline(desk, kubeconfig, "cron", "resume", "nightly")
                    .good()
                    .contains("fires again"));
            assertEquals(false, Tree.at(argo(desk, "CronWorkflow", "nightly"), "spec", "suspend"));
            plumbline(desk, kubeconfig, "cron", "suspend", "nothing").refused(1, "nothing");
        }
    }
}
