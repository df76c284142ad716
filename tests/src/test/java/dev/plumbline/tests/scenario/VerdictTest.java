package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.json.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts that a comparison of stamps would get wrong. */
class VerdictTest extends Scenario {

    /** What somebody submits by hand, and submits again later: it names the template by its plain name. */
    private static final String BY_ALIAS = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata:
              generateName: by-hand-
            spec:
              workflowTemplateRef:
                name: train
            """;

    private static final String INLINE = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata:
              generateName: inline-
              annotations:
                plumbline.dev/template-commit: COMMIT
            spec:
              entrypoint: train
              arguments:
                parameters:
                - name: model-name
                  value: churn
              podMetadata:
                annotations:
                  plumbline.dev/template-commit: COMMIT
              templates:
              - name: train
                inputs:
                  parameters:
                  - name: model-name
                outputs:
                  parameters:
                  - name: model-name
                    globalName: model-name
                    valueFrom:
                      path: /out/name
                  - name: model-version
                    globalName: model-version
                    valueFrom:
                      path: /out/version
                volumes:
                - name: steps
                  configMap:
                    name: STEPS
                - name: out
                  emptyDir: {}
                container:
                  image: example/steps:1
                  command: [sh]
                  args: [/steps/train.sh, '{{inputs.parameters.model-name}}', '{{workflow.uid}}', /out]
                  volumeMounts:
                  - name: steps
                    mountPath: /steps
                  - name: out
                    mountPath: /out
            """;

    @Test
    void aResubmitAfterAnEditIsOfTheNewCommit(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            String first = desk.head();
            Map<String, @Nullable Object> before = submit(desk, root, BY_ALIAS);
            assertEquals("MATCH " + first, verdict(before), before + desk.said());

            desk.replace("pipelines/train/steps/train.sh", "recipe 1", "recipe 2");
            String second = desk.commit("Train with recipe 2");
            desk.awaitHead(second, "APPLIED");
            assertEquals("MATCH " + second, verdict(submit(desk, root, BY_ALIAS)), desk.said());
        }
    }

    @Test
    void anEditBetweenTwoStepsLeavesARunOfTheOldCommit(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            String first = desk.head();
            String name = desk.begin("train", "wait=4");
            desk.await(
                    "the first step runs", () -> desk.plumbline("runs").text().contains("Running"));
            desk.replace("pipelines/train/steps/train.sh", "recipe 1", "recipe 2");
            desk.awaitHead(desk.commit("Train with recipe 2"), "APPLIED");

            Map<String, @Nullable Object> run = desk.recorded(name);
            assertEquals("Succeeded", Tree.text(run, "phase"), run + desk.said());
            assertEquals("MATCH " + first, verdict(run), desk.said());
            assertEquals(true, desk.plumbline("logs", name).text().contains("recipe 1"));
        }
    }

    @Test
    void aForgedStampOnForeignContentIsDrift(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            String forged = inline(desk).replace("args: [/steps/train.sh", "args: [/steps/train.sh, other");
            Map<String, @Nullable Object> run = submit(desk, root, forged);
            assertEquals("DRIFT", Tree.text(run, "verdict"), desk.said());
        }
    }

    @Test
    void inlineTemplatesThatEqualGitsMatch(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            Map<String, @Nullable Object> run = submit(desk, root, inline(desk));
            assertEquals("Succeeded", Tree.text(run, "phase"), run + desk.said());
            assertEquals("MATCH " + desk.head(), verdict(run), desk.said());
        }
    }

    private static String inline(Desk desk) {
        String steps = Tree.maps(desk.json("blame"), "objects").stream()
                .map(line -> Tree.text(line, "object"))
                .filter(object -> object.startsWith("ConfigMap/train-steps-"))
                .findFirst()
                .orElseThrow();
        String head = Tree.text(desk.json("sync", "get"), "head", "commit");
        return INLINE.replace("STEPS", steps.substring("ConfigMap/".length())).replace("COMMIT", head);
    }

    private static Map<String, @Nullable Object> submit(Desk desk, Path root, String workflow) throws Exception {
        Path file = root.resolve("workflow.yaml");
        Files.writeString(file, workflow);
        return desk.recorded(Tree.text(desk.json("run", "-f", file.toString()), "name"));
    }

    private static String verdict(Map<String, @Nullable Object> run) {
        return Tree.text(run, "verdict") + " " + Tree.text(run, "commit");
    }
}
