package dev.plumbline.tests.operator;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.tests.runner.RunLines;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run that is stopped while it runs in containers, by the real Argo controller and executor. One step has ended, one works and would be
 * repeated, one waits for a person, one waits for the others, and an exit handler says how it ended.
 *
 * @param desk where
 */
record StoppedRuns(NodeDesk desk) {

    private static final String ARGO = "argoproj.io";

    private static final String NAME = "patient";

    private static final String RUN = """
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "metadata": {"name": "patient", "namespace": "team-a"},
             "spec": {"entrypoint": "main", "onExit": "bye", "serviceAccountName": "data-validation", "templates": [
               {"name": "main", "dag": {"failFast": false, "tasks": [
                 {"name": "quick", "template": "quick"},
                 {"name": "long", "template": "long", "depends": "quick"},
                 {"name": "asks", "template": "asks", "depends": "quick"},
                 {"name": "after", "template": "quick", "depends": "long"}]}},
               {"name": "quick", "container": {"image": "busybox:tests", "imagePullPolicy": "Never", "command": ["echo", "done"]}},
               {"name": "long", "retryStrategy": {"limit": 3},
                "container": {"image": "busybox:tests", "imagePullPolicy": "Never",
                  "command": ["sh", "-c", "echo begun; exec sleep 977"]}},
               {"name": "asks", "suspend": {}},
               {"name": "bye", "outputs": {"parameters": [{"name": "last", "valueFrom": {"path": "/tmp/last"}}]},
                "container": {"image": "busybox:tests", "imagePullPolicy": "Never",
                  "command": ["sh", "-c", "echo {{workflow.status}} > /tmp/last"]}}]}}
            """;

    /** What becomes of it in containers, when somebody stops it by command line who may read and change runs and no more. */
    String inContainers(Path person) throws Exception {
        desk.apply(RUN);
        awaitBegun();
        desk.await(
                "it prints", () -> NodeDesk.plumbline(0, person, "logs", NAME).contains("begun"));
        NodeDesk.plumbline(0, person, "stop", NAME);
        desk.await(NAME + " has ended", () -> ended(desk.get(ARGO, "Workflow", NodeDesk.TEAM, NAME)));
        return RunLines.of(desk.get(ARGO, "Workflow", NodeDesk.TEAM, NAME));
    }

    private void awaitBegun() throws Exception {
        desk.await("the long step and the question have begun", () -> {
            Map<String, @Nullable Object> run = desk.get(ARGO, "Workflow", NodeDesk.TEAM, NAME);
            return Tree.text(node(run, NAME + ".long(0)"), "phase").equals("Running")
                    && Tree.text(node(run, NAME + ".asks"), "phase").equals("Running");
        });
    }

    private static @Nullable Object node(Map<String, @Nullable Object> run, String name) {
        for (Object node : Tree.map(run, "status", "nodes").values()) {
            if (Tree.text(node, "name").equals(name)) {
                return node;
            }
        }
        return null;
    }

    private static boolean ended(Map<String, @Nullable Object> run) {
        return Tree.text(run, "metadata", "labels", "workflows.argoproj.io/completed")
                .equals("true");
    }
}
