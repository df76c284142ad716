package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.cli.Main;
import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.FindModels;
import dev.plumbline.registry.evidence.FoundModel;
import dev.plumbline.registry.evidence.ModelCheck;
import dev.plumbline.registry.evidence.ModelFile;
import dev.plumbline.registry.file.FileStores;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.keys.KeyFolder;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.ArtifactRecord;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that stands between the bytes of a model and the signature over them is real: Argo's controller and executor, a container
 * that writes the model, the S3 server that keeps it, and the recorder that reads it there.
 */
@Tag("cluster")
class NodeArtifactsTest {

    private static final String MAKE = """
        apiVersion: argoproj.io/v1alpha1
        kind: WorkflowTemplate
        metadata: {name: make}
        spec:
          entrypoint: make
          serviceAccountName: data-validation
          templates:
          - name: make
            container:
              image: busybox:tests
              imagePullPolicy: Never
              command: [sh, -c]
              args: ["mkdir -p /tmp/model/a; echo weights > /tmp/model/b.bin; echo flavor > /tmp/model/a/MLmodel; echo hi > /tmp/page;
                printf churn > /tmp/name; printf 1 > /tmp/version"]
            outputs:
              parameters:
              - {name: model-name, valueFrom: {path: /tmp/name}}
              - {name: model-version, valueFrom: {path: /tmp/version}}
              artifacts:
              - {name: model, path: /tmp/model, archive: {none: {}}, s3: {key: "runs/{{workflow.name}}/model"}}
              - {name: page, path: /tmp/page, archive: {none: {}}, s3: {key: "runs/{{workflow.name}}/page"}}
              - {name: packed, path: /tmp/page, s3: {key: "runs/{{workflow.name}}/packed.tgz"}}
              - {name: elsewhere, path: /tmp/page, s3: {key: "other/{{workflow.name}}/page"}}
        """;

    @TempDir
    Path folder;

    @Test
    void theBytesInTheBucketAreThoseOfTheRecordAndOfTheSignature() throws Exception {
        try (NodeDesk desk = NodeDesk.open(folder, List.of())) {
            desk.apply("{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"team-a\"}}");
            NodeRuns runs = new NodeRuns(desk);
            runs.account("data-validation", null);
            desk.repository().write("overlay/make.yaml", MAKE);
            desk.repository().write("overlay/kustomization.yaml", "namespace: team-a\nresources: [make.yaml]\n");
            String commit = desk.repository().commit("Begin");
            new KeyFolder(folder.resolve("keys")).create(Instant.now());
            desk.real().installPlumbline();
            Process controller = controller(desk);
            try {
                desk.apply("""
                    {"apiVersion": "plumbline.dev/v1alpha1", "kind": "PipelineSync",
                     "metadata": {"name": "pipelines", "namespace": "team-a"},
                     "spec": {"source": {"url": "%s"}, "path": "overlay", "interval": "5s"}}
                    """.formatted(desk.repository().folder()));
                desk.await(
                        "it is applied: " + said(),
                        () -> Tree.text(
                                        desk.get("plumbline.dev", "PipelineSync", "team-a", "pipelines"),
                                        "status",
                                        "appliedRevision",
                                        "commit")
                                .equals(commit));
                TimeUnit.SECONDS.sleep(2);
                String run = runs.start(desk.runner("ann", "team-a"), "make");
                assertEquals("Succeeded", runs.phase(run));
                check(desk, run);
            } finally {
                controller.destroy();
                controller.waitFor(30, TimeUnit.SECONDS);
            }
        }
    }

    private void check(NodeDesk desk, String run) throws Exception {
        Stores stores = FileStores.open(folder.resolve("store"));
        FindModels models = new FindModels(stores);
        desk.await(
                "the model is signed", () -> models.named("churn:1").stream().anyMatch(found -> found.model() != null));
        FoundModel found = models.named("churn:1").getFirst();
        ModelCheck check = ModelCheck.of(stores, new KeyFolder(folder.resolve("keys")).keyring(), found);
        assertFalse(Check.anyWrong(check.checks()), check.checks().toString());
        RunRecord record = java.util.Objects.requireNonNull(check.record());
        assertEquals(Verdict.MATCH, record.judgement().verdict(), record::toString);
        Map<String, ArtifactRecord> artifacts =
                record.artifacts().stream().collect(Collectors.toMap(ArtifactRecord::name, Function.identity()));
        Path kept = desk.artifacts().resolve("runs").resolve(run);
        assertEquals(Digest.of("hi\n"), artifacts.get("page").sha256(), record::toString);
        assertEquals(
                Digest.of(Files.readAllBytes(kept.resolve("packed.tgz"))),
                artifacts.get("packed").sha256());
        assertTrue(artifacts.get("elsewhere").unread().contains("--artifacts"), record::toString);
        List<ModelFile> files = List.of(
                new ModelFile("a/MLmodel", Digest.of("flavor\n")), new ModelFile("b.bin", Digest.of("weights\n")));
        String listing = files.stream()
                .map(file -> file.digest().hex() + "  " + file.name() + "\n")
                .collect(Collectors.joining());
        assertEquals(Digest.of(listing), artifacts.get("model").sha256());
        assertEquals(
                files,
                ModelFile.listed(
                        java.util.Objects.requireNonNull(check.statements().get("model"))));
        assertEquals(
                Check.State.OK, check.gate(Verdict.MATCH, Set.of(Executor.ARGO)).state());
    }

    /** In the node's network, as a pod is. */
    private Process controller(NodeDesk desk) throws Exception {
        List<String> line = new ArrayList<>(desk.real().inItsNetwork());
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "controller",
                "--kubeconfig",
                desk.administrator().toString(),
                "-n",
                "team-a",
                "--watch-namespaces",
                "team-a",
                "--store",
                folder.resolve("store").toString(),
                "--mirrors",
                folder.resolve("mirrors").toString(),
                "--keys",
                folder.resolve("keys").toString(),
                "--artifacts",
                "s3://artifacts/runs/?region=us-east-1&pathStyle=true&endpoint=http://10.255.0.1:9000",
                "--port",
                "0",
                "--allow-own-rights",
                "--allow-local-repositories"));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("controller.log").toFile());
        builder.environment().putAll(Map.of("AWS_ACCESS_KEY_ID", "tests", "AWS_SECRET_ACCESS_KEY", "tests-secret"));
        Process process = builder.start();
        desk.await("the controller leads", () -> said().contains("leads (term"));
        return process;
    }

    private String said() throws Exception {
        return Files.readString(folder.resolve("controller.log"));
    }
}
