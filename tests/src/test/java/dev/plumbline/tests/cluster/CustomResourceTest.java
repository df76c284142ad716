package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.app.install.InstallOptions;
import dev.plumbline.controller.app.install.Installation;
import dev.plumbline.controller.app.install.Installer;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.crd.Examples;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.spec.Conditions;
import dev.plumbline.controller.spec.PipelineRollback;
import dev.plumbline.controller.spec.PipelineRollbackStatus;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.controller.spec.PipelineSyncStatus;
import dev.plumbline.controller.spec.Reason;
import dev.plumbline.controller.spec.RevisionStatus;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.tests.parts.RealCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The custom resources on a real API server: what is good gets the defaults that the reader fills, what is bad is refused in words. */
@Tag("cluster")
class CustomResourceTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final RevisionStatus REVISION =
            new RevisionStatus(4, new CommitId("a".repeat(40)), Digest.of("release"), NOW, "POLL");
    private static final String MANAGER = "tests";

    private static KubeCluster cluster;

    @BeforeAll
    static void installDefinitions() throws Exception {
        cluster = RealCluster.bare().connect();
        List<Manifest> definitions = Installation.render(InstallOptions.standard()).stream()
                .filter(object -> object.key().kind().equals("CustomResourceDefinition"))
                .toList();
        assertEquals(2, definitions.size());
        new Installer(cluster, cluster, InstantSource.system(), line -> {}).install(definitions);
        for (String namespace : Set.of("team", "bad")) {
            cluster.apply(Json.parseObject("""
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}\
                """.formatted(namespace)), MANAGER, true, false);
        }
    }

    @AfterAll
    static void disconnect() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void theServerFillsTheDefaultsThatTheReaderFills() throws Exception {
        for (Map<String, @Nullable Object> example : Examples.good()) {
            Map<String, @Nullable Object> persisted = cluster.apply(example, MANAGER, true, true);
            if (Tree.text(example, "kind").equals(PipelineSync.KIND)) {
                assertEquals(
                        PipelineSync.read(example).spec().toString(),
                        PipelineSync.read(persisted).spec().toString());
                assertEquals(List.of(), PipelineSync.read(persisted).problems());
            } else {
                PipelineRollback rollback = PipelineRollback.read(persisted);
                assertEquals(PipelineRollback.read(example).until(), rollback.until());
                assertEquals(List.of(), rollback.problems());
            }
        }
        Map<String, @Nullable Object> minimal = cluster.apply(sync("minimal"), MANAGER, true, true);
        assertEquals("1m", Tree.text(minimal, "spec", "interval"), "the server filled it");
        assertEquals(10L, Tree.at(minimal, "spec", "deletionBudget", "count"));
        assertEquals(
                PipelineSync.read(sync("minimal")).spec().toString(),
                PipelineSync.read(minimal).spec().toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        source | {} | spec.source.url: Required value
        source.url | "git@git.example:ml.git" | must begin with https:// or ssh://
        source.url | "http://git.example/ml" | must begin with https:// or ssh://
        source.url | "ext::sh -c id" | must begin with https:// or ssh://
        source.url | "https://ann:secret@git.example/ml" | must not hold a user or password
        source.url | "ssh://git:secret@git.example/ml" | must not hold a user or password
        source.ref | {"branch": "main", "tag": "v1"} | must name one of branch, tag, semver and commit
        source.ref | {"branch": ""} | spec.source.ref.branch
        source.ref | {"commit": "8ac8d28"} | must be the full id of a commit
        source.caBundle | {} | must name one of secretKeyRef and configMapKeyRef
        source.caBundle | {"secretKeyRef": {"name": "a", "key": "b"}, "configMapKeyRef": {"name": "a", "key": "b"}} | must name one of
        source.verify | {"secretRef": {"name": "a"}, "mode": "Tag"} | asks for a signed tag
        source.verify | {"secretRef": {"name": "a"}, "provider": "X509"} | Unsupported value: "X509"
        source.verify | {} | spec.source.verify.secretRef: Required value
        path | "../other" | must be a path below the repository's root
        path | "/etc" | must be a path below the repository's root
        path | "a/../../b" | must be a path below the repository's root
        interval | "1s" | must be a duration from 5s to 24h
        interval | "100000h" | must be a duration from 5s to 24h
        interval | "soon" | must be a duration from 5s to 24h
        interval | 60 | spec.interval
        mode | "Destroy" | Unsupported value: "Destroy"
        deletionBudget | {"percent": 101} | spec.deletionBudget.percent
        deletionBudget | {"count": -1} | spec.deletionBudget.count
        health | {"timeout": "0s"} | must be a duration from 1s to 24h
        health | {"rules": [{"apiVersion": "v1", "kind": "Pod"}]} | spec.health.rules[0].current: Required value
        dependsOn | [{"name": "bad-one"}] | a sync cannot depend on itself
        windows | [{"reason": "r"}] | must have a schedule and a duration, or a start and an end
        windows | [{"schedule": "0 16 * * fri", "reason": "r"}] | must have a schedule and a duration
        windows | [{"schedule": "@daily", "duration": "1h", "reason": "r"}] | must be five fields of cron
        windows | [{"schedule": "0 16 * * fri", "duration": "9000h", "reason": "r"}] | must be a duration from 1m to 744h
        windows | [{"start": "tomorrow", "end": "2026-12-27T00:00:00Z", "reason": "r"}] | spec.windows[0].start
        windows | [{"start": "2026-12-28T00:00:00Z", "end": "2026-12-27T00:00:00Z", "reason": "r"}] | must end later than it starts
        windows | [{"start": "2026-12-26T00:00:00Z", "end": "2026-12-27T00:00:00Z"}] | spec.windows[0].reason: Required value
        ignore | [{"apiVersion": "v1", "kind": "Pod", "fields": ["spec"], "reason": "r"}] | must hold JSON pointers
        ignore | [{"apiVersion": "v1", "kind": "Pod", "fields": ["/spec"]}] | spec.ignore[0].reason: Required value
        suspended | true | .spec.suspended: field not declared in schema
        """)
    void whatIsBadIsRefusedInWords(String path, String value, String words) throws Exception {
        Map<String, @Nullable Object> object = sync("bad-one");
        Tree.set(object, Json.parse(value), ("spec." + path).split("\\."));
        ClusterException refused =
                assertThrows(ClusterException.class, () -> cluster.apply(object, MANAGER, true, true));
        assertEquals(ClusterException.Reason.INVALID, refused.reason(), refused.getMessage());
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    @Test
    void whatTheReaderCallsAProblemAndTheServerDoesNotIsOnlyWhatNoSchemaCanKnow() throws Exception {
        Map<String, @Nullable Object> object = sync("problem");
        Tree.set(object, Json.parse("""
            [{"schedule": "0 25 * * *", "duration": "1h", "timezone": "Mars/Olympus", "reason": "r"}]\
            """), "spec", "windows");
        Map<String, @Nullable Object> persisted = cluster.apply(object, MANAGER, true, true);
        Conditions conditions = Conditions.invalid(PipelineSync.read(persisted).problems());
        assertEquals(Reason.INVALID_SPEC, conditions.reason());
        assertTrue(
                conditions.message().contains("spec.windows[0].timezone: 'Mars/Olympus' is no time zone"),
                conditions.message());
        assertTrue(conditions.message().contains("spec.windows[0].schedule"), conditions.message());
    }

    @Test
    void aStatusIsKeptAsItWasWrittenAndApartFromTheSpec() throws Exception {
        ObjectKey key = new ObjectKey(PipelineSync.GROUP, PipelineSync.KIND, "bad", "status");
        Map<String, @Nullable Object> object = sync("status");
        Tree.set(object, "ignored", "status", "next");
        Map<String, @Nullable Object> created = cluster.create(object, MANAGER);
        assertEquals(Map.of(), Tree.map(created, "status"), "the main resource does not write the status");
        PipelineSyncStatus status = new PipelineSyncStatus(
                1,
                new Conditions(Reason.APPLIED, "revision 4 is applied"),
                "the next commit is applied when it is seen",
                REVISION.commit(),
                List.of(REVISION),
                7,
                Digest.of("deletions"),
                "r-1");
        Map<String, @Nullable Object> tree = status.tree(Map.of(), NOW);
        Map<String, @Nullable Object> persisted = Tree.map(cluster.status(key, uid(created), tree, MANAGER), "status");
        assertEquals(tree, persisted);
        assertEquals(persisted, status.tree(persisted, NOW.plusSeconds(9)), "nothing to write the next time");
        assertEquals(
                List.of("status", "True", "Applied", "4", "7", "."),
                row("pipelinesyncs", "status").subList(0, 6));
        cluster.delete(key, DeleteOptions.exactly(uid(created)));
    }

    @Test
    void aStatusIsOfOneObjectAndNotOfWhatHasItsNameLater() throws Exception {
        ObjectKey key = new ObjectKey(PipelineSync.GROUP, PipelineSync.KIND, "bad", "again");
        Map<String, @Nullable Object> first = cluster.create(sync("again"), MANAGER);
        cluster.delete(key, DeleteOptions.exactly(uid(first)));
        assertEquals(ClusterException.Reason.NOT_FOUND, statusOf(key, first, "{\"next\": \"gone\"}"));

        Map<String, @Nullable Object> second = cluster.create(sync("again"), MANAGER);
        assertEquals(ClusterException.Reason.NOT_FOUND, statusOf(key, first, "{\"next\": \"of the first\"}"));
        assertEquals(Map.of(), Tree.map(cluster.get(key).orElseThrow(), "status"));
        assertEquals(ClusterException.Reason.INVALID, statusOf(key, second, "{\"next\": 7}"));
        cluster.delete(key, DeleteOptions.exactly(uid(second)));
    }

    private static ClusterException.Reason statusOf(
            ObjectKey key, Map<String, @Nullable Object> object, String status) {
        return assertThrows(
                        ClusterException.class,
                        () -> cluster.status(key, uid(object), Json.parseObject(status), MANAGER))
                .reason();
    }

    private static String uid(Map<String, @Nullable Object> object) {
        return Tree.text(object, "metadata", "uid");
    }

    @Test
    void aRollbackNeverChanges() throws Exception {
        ObjectKey key = new ObjectKey(PipelineSync.GROUP, PipelineRollback.KIND, "bad", "accuracy");
        Map<String, @Nullable Object> rollback = Json.parseObject("""
            {"apiVersion": "plumbline.dev/v1alpha1", "kind": "PipelineRollback",
             "metadata": {"namespace": "bad", "name": "accuracy"},
             "spec": {"sync": "ml", "to": 4, "reason": "accuracy fell", "actor": "ann"}}\
            """);
        Map<String, @Nullable Object> created = cluster.create(rollback, MANAGER);
        for (String change : List.of("{\"to\": 3}", "{\"actor\": \"bob\"}", "{\"until\": \"Removed\"}")) {
            Map<String, @Nullable Object> patch = new LinkedHashMap<>(Map.of("spec", Json.parseObject(change)));
            ClusterException refused =
                    assertThrows(ClusterException.class, () -> cluster.mergePatch(key, patch, MANAGER));
            assertTrue(refused.getMessage().contains("never changes"), refused.getMessage());
        }
        Map<String, @Nullable Object> tree = new PipelineRollbackStatus(
                        1, new Conditions(Reason.RESTORED, "revision 4 is in force as 9"), REVISION, 9)
                .tree(Map.of(), NOW);
        assertEquals(tree, Tree.map(cluster.status(key, uid(created), tree, MANAGER), "status"));
        assertEquals(
                List.of("accuracy", "ml", "4", "True", "Restored", "ann"),
                row("pipelinerollbacks", "accuracy").subList(0, 6));
        cluster.delete(key, DeleteOptions.exactly(uid(created)));
    }

    @Test
    void shortNamesAreServed() throws Exception {
        Map<String, @Nullable Object> kinds = get("/apis/plumbline.dev/v1alpha1", "application/json");
        assertEquals(
                List.of("[psync]", "[prb]"),
                List.of(
                        String.valueOf(Tree.list(Tree.named("pipelinesyncs", kinds, "resources"), "shortNames")),
                        String.valueOf(Tree.list(Tree.named("pipelinerollbacks", kinds, "resources"), "shortNames"))));
    }

    /** The cells that kubectl would print. */
    private static List<String> row(String plural, String name) throws Exception {
        Map<String, @Nullable Object> table = get(
                "/apis/plumbline.dev/v1alpha1/namespaces/bad/" + plural + "/" + name,
                "application/json;as=Table;g=meta.k8s.io;v=v1");
        return Tree.list(Tree.maps(table, "rows").getFirst(), "cells").stream()
                .map(String::valueOf)
                .toList();
    }

    private static Map<String, @Nullable Object> get(String path, String accept) throws Exception {
        Config config = Config.fromKubeconfig(RealCluster.bare().kubeconfig().toFile());
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            String master = client.getMasterUrl().toString().replaceAll("/$", "");
            return Json.parseObject(client.getHttpClient()
                    .sendAsync(
                            client.getHttpClient()
                                    .newHttpRequestBuilder()
                                    .uri(master + path)
                                    .setHeader("Accept", accept)
                                    .build(),
                            String.class)
                    .get()
                    .body());
        }
    }

    private static Map<String, @Nullable Object> sync(String name) throws JsonException {
        return Json.parseObject("""
            {"apiVersion": "plumbline.dev/v1alpha1", "kind": "PipelineSync",
             "metadata": {"namespace": "bad", "name": "%s"},
             "spec": {"source": {"url": "https://git.example/ml.git"}}}\
            """.formatted(name));
    }
}
