package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.app.operator.Operator;
import dev.plumbline.controller.app.operator.OperatorOptions;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fields of a PipelineSync do on a cluster. */
@Tag("cluster")
class SyncSpecTest {

    @TempDir
    Path folder;

    private static String commit(OperatorDesk desk, String value) throws Exception {
        desk.config("one", "a", value);
        return desk.repository().commit("Set " + value);
    }

    @Test
    void aBranchATagARangeOfVersionsOrOneCommitIsFollowed() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            GitFolder git = desk.repository();
            String first = git.head();
            git.git("tag", "-a", "-m", "First", "v1.0.0");
            String second = commit(desk, "2");
            git.git("tag", "-a", "-m", "Second", "v1.1.0");
            String third = commit(desk, "3");
            git.git("branch", "next");
            String fourth = commit(desk, "4");
            for (List<String> ref : List.of(
                    List.of("tag", "v1.0.0", first),
                    List.of("semver", ">=1.0.0", second),
                    List.of("branch", "next", third),
                    List.of("commit", first, first),
                    List.of("branch", "main", fourth))) {
                desk.sync(
                        "pipelines",
                        Map.of("source", Map.of("url", git.folder().toString(), "ref", ref(ref.get(0), ref.get(1)))));
                desk.awaitApplied("pipelines", ref.get(2));
            }
            assertEquals("4", desk.data("one", "a"));
        }
    }

    /** What is not named must go: the field has one owner, who says all of it. */
    private static Map<String, @Nullable Object> ref(String kind, String value) {
        Map<String, @Nullable Object> ref = new LinkedHashMap<>();
        ref.put(kind, value);
        return ref;
    }

    @Test
    void anUnsignedCommitIsRefusedAndASignedOneIsApplied() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            Path key = folder.resolve("signer");
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "ann@example.org", "-f", key.toString());
            String signer = "ann@example.org " + Files.readString(folder.resolve("signer.pub"));
            desk.apply(
                    "v1",
                    "Secret",
                    desk.namespace(),
                    "signers",
                    Map.of("stringData", Map.of("allowed_signers", signer)));
            Map<String, ?> verify = Map.of("provider", "SSH", "mode", "Commit", "secretRef", Map.of("name", "signers"));
            desk.sync(
                    "pipelines",
                    Map.of("source", Map.of("url", desk.repository().folder().toString(), "verify", verify)));
            desk.awaitReady("pipelines", "False/SourceRefused");
            assertTrue(desk.message("pipelines").contains("is not signed"), desk.message("pipelines"));
            assertTrue(desk.get("ConfigMap", "one").isEmpty());

            desk.repository()
                    .git(
                            "-c",
                            "gpg.format=ssh",
                            "-c",
                            "user.signingKey=" + key,
                            "commit",
                            "-q",
                            "--allow-empty",
                            "-S",
                            "-m",
                            "Signed");
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", desk.repository().head());
            assertEquals("1", desk.data("one", "a"));
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> Arrays.toString(command) + ": " + said);
    }

    @Test
    void whatGitNoLongerHoldsStaysWherePruningIsOff() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            desk.config("two", "a", "1");
            desk.kustomization("one", "two");
            String first = desk.repository().commit("Two");
            desk.start();
            desk.sync("pipelines", Map.of("prune", false));
            desk.awaitApplied("pipelines", first);
            desk.kustomization("one");
            String second = desk.repository().commit("One");
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", second);
            assertEquals("1", desk.data("two", "a"));

            desk.sync("pipelines", Map.of("prune", true));
            desk.await("it is pruned", () -> desk.get("ConfigMap", "two").isEmpty());
        }
    }

    @Test
    void anIgnoredFieldIsLeftToWhoeverSetsItAndTheOthersOfItsObjectArePutBack() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.repository()
                    .write(
                            "overlay/one.yaml",
                            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {a: \"1\", b: \"1\"}\n");
            String commit = desk.repository().commit("Two fields");
            Map<String, ?> rule = Map.of(
                    "apiVersion", "v1",
                    "kind", "ConfigMap",
                    "fields", List.of("/data/a"),
                    "reason", "a person tunes it");
            desk.sync("pipelines", Map.of("ignore", List.of(rule)));
            desk.awaitApplied("pipelines", commit);
            Map<String, @Nullable Object> patch = new LinkedHashMap<>();
            Tree.set(patch, "by hand", "data", "a");
            Tree.set(patch, "by hand", "data", "b");
            desk.cluster().mergePatch(desk.key("ConfigMap", "one"), patch, "hand");
            desk.await("the other is put back", () -> desk.data("one", "b").equals("1"));
            assertEquals("by hand", desk.data("one", "a"));

            desk.repository()
                    .write(
                            "overlay/one.yaml",
                            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {a: \"2\", b: \"2\"}\n");
            String second = desk.repository().commit("Both fields");
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", second);
            assertEquals("2", desk.data("one", "b"));
            assertEquals("by hand", desk.data("one", "a"));
        }
    }

    @Test
    void withVersionsInPlaceATemplateIsChangedUnderItsOwnName() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            template(desk, "1");
            desk.kustomization("train");
            String first = desk.repository().commit("A template");
            desk.start();
            desk.sync("pipelines", Map.of("versions", "InPlace"));
            desk.awaitApplied("pipelines", first);
            template(desk, "2");
            String second = desk.repository().commit("Another image");
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", second);
            List<Map<String, @Nullable Object>> templates = desk.cluster()
                    .list(Selection.of("argoproj.io", "WorkflowTemplate", desk.namespace()))
                    .items();
            assertEquals(
                    List.of("train"),
                    templates.stream().map(one -> Manifest.keyOf(one).name()).toList());
            assertTrue(templates.toString().contains("example/train:2"), templates.toString());
            assertFalse(templates.toString().contains("example/train:1\""), templates.toString());
        }
    }

    @Test
    void aSyncWithoutAServiceAccountIsRefusedUnlessTheOperatorAllowsIt() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            String first = desk.repository().commit("Begin");
            try (Operator _ = Operator.start(strict(desk.options("strict")))) {
                desk.sync("pipelines", Map.of());
                desk.awaitReady("pipelines", "False/NotAllowed");
                assertEquals("True/NotAllowed", desk.condition("PipelineSync", "pipelines", "Stalled"));
                assertTrue(desk.message("pipelines").contains("serviceAccountName"), desk.message("pipelines"));
                assertTrue(desk.get("ConfigMap", "one").isEmpty());
            }
            desk.start();
            desk.awaitApplied("pipelines", first);
        }
    }

    /** The same without rights of its own. */
    private static OperatorOptions strict(OperatorOptions given) {
        return new OperatorOptions(
                given.kubeconfig(),
                given.context(),
                given.namespace(),
                given.watched(),
                given.lease(),
                given.identity(),
                given.store(),
                given.mirrors(),
                given.host(),
                given.port(),
                new OperatorOptions.Allowances(false, true, false),
                given.argoConfig(),
                given.keepRuns(),
                given.mlflow(),
                given.keys(),
                given.artifacts(),
                given.lineage(),
                given.archive());
    }

    @Test
    void whatNoSchemaCanKnowIsStalledWithItsReasonUntilItIsCorrected() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            Map<String, ?> rule = Map.of("apiVersion", "v1", "kind", "ConfigMap", "current", "object.data.a ==");
            desk.sync("pipelines", Map.of("health", Map.of("rules", List.of(rule))));
            desk.awaitReady("pipelines", "False/InvalidSpec");
            assertEquals("True/InvalidSpec", desk.condition("PipelineSync", "pipelines", "Stalled"));
            assertTrue(desk.message("pipelines").contains("spec.health.rules"), desk.message("pipelines"));
            assertTrue(desk.get("ConfigMap", "one").isEmpty());
            desk.sync("pipelines", Map.of("health", Map.of("rules", List.of())));
            desk.awaitApplied("pipelines", desk.repository().head());
        }
    }

    @Test
    void aSecretWithoutKeysForThePrivateSourceIsNamed() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            Map<String, ?> source =
                    Map.of("url", "https://git.example.invalid/a.git", "secretRef", Map.of("name", "deploy-key"));
            desk.sync("pipelines", Map.of("source", source));
            desk.awaitReady("pipelines", "False/SourceRefused");
            assertTrue(desk.message("pipelines").contains("/deploy-key"), desk.message("pipelines"));
            desk.apply(
                    "v1", "Secret", desk.namespace(), "deploy-key", Map.of("stringData", Map.of("passwort", "canary")));
            desk.poke("pipelines");
            desk.await("what it lacks is said", () -> desk.message("pipelines").contains("bearerToken"));
            assertTrue(desk.message("pipelines").contains("passwort"), desk.message("pipelines"));
            assertFalse(desk.status("PipelineSync", "pipelines").toString().contains("canary"));
        }
    }

    @Test
    void syncsThatDependOnEachOtherInACircleSaySo() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.sync("first", Map.of("dependsOn", List.of(Map.of("name", "second"))));
            desk.sync("second", Map.of("dependsOn", List.of(Map.of("name", "first"))));
            desk.awaitReady("first", "False/DependencyCycle");
            desk.awaitReady("second", "False/DependencyCycle");
            assertTrue(desk.message("first").contains("leads back to"), desk.message("first"));
            assertTrue(desk.get("ConfigMap", "one").isEmpty());
        }
    }

    private static void template(OperatorDesk desk, String image) throws Exception {
        desk.repository().write("overlay/train.yaml", """
                apiVersion: argoproj.io/v1alpha1
                kind: WorkflowTemplate
                metadata: {name: train}
                spec:
                  entrypoint: train
                  templates:
                  - name: train
                    container: {image: "example/train:%s", command: [train]}
                """.formatted(image));
    }
}
