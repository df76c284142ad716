package dev.plumbline.controller.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.spec.FreezeWindow.Once;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.SyncId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineSyncTest {

    private static final String FULL = """
        {"apiVersion": "plumbline.dev/v1alpha1", "kind": "PipelineSync",
         "metadata": {"namespace": "team", "name": "ml", "uid": "u-1", "resourceVersion": "42", "generation": 7,
           "deletionTimestamp": "2026-11-26T00:00:00Z", "finalizers": ["plumbline.dev/delete-objects"],
           "annotations": {"plumbline.dev/sync-requested": "now"}},
         "spec": {
           "source": {"url": "ssh://git@git.example/ml.git", "ref": {"semver": ">=1.0.0"},
             "secretRef": {"name": "deploy-key"},
             "caBundle": {"configMapKeyRef": {"name": "ca", "key": "ca.crt"}},
             "verify": {"provider": "OpenPGP", "secretRef": {"name": "signers"}, "mode": "TagAndCommit"}},
           "path": "./overlays//production/", "interval": "1m30s", "mode": "Observe", "prune": false,
           "deletionPolicy": "Delete", "deletionBudget": {"count": 3, "percent": 20},
           "serviceAccountName": "deployer", "policies": "Report", "versions": "InPlace", "argo": true,
           "drift": "Report",
           "health": {"timeout": "2m", "rules": [{"apiVersion": "example.org/v1", "kind": "Job", "current": "a",
             "inProgress": "b", "failed": "c"}]},
           "onFailure": "Rollback",
           "dependsOn": [{"name": "base"}, {"name": "crds", "namespace": "platform"}],
           "windows": [{"start": "2026-12-24T12:00:00+01:00", "end": "2026-12-27T00:00:00Z", "reason": "holidays"},
             {"schedule": "0 16 * * fri", "duration": "62h", "timezone": "Europe/Berlin", "reason": "weekend"}],
           "suspend": true,
           "ignore": [{"apiVersion": "apps/v1", "kind": "Deployment", "fields": ["/spec/replicas"],
             "reason": "the autoscaler sets it"}]}}
        """;

    @Test
    void everyFieldIsRead() throws JsonException {
        PipelineSync sync = PipelineSync.read(Json.parseObject(FULL));
        assertEquals(List.of(), sync.problems());
        assertEquals(new SyncId("team", "ml"), sync.id());
        assertTrue(sync.metadata().deleting());
        assertEquals(7, sync.metadata().generation());
        assertEquals("now", sync.metadata().annotation(PipelineSync.SYNC_REQUESTED));
        PipelineSyncSpec spec = sync.spec();
        FreezeWindow.Repeating weekend = (FreezeWindow.Repeating) spec.windows().getLast();
        assertEquals(everything(weekend), spec);
        assertEquals("Europe/Berlin", weekend.zone().getId());
        assertEquals(Duration.ofHours(62), weekend.duration());
    }

    private static PipelineSyncSpec everything(FreezeWindow weekend) {
        SourceSpec source = new SourceSpec(
                "ssh://git@git.example/ml.git",
                new GitRef(GitRef.Kind.SEMVER, ">=1.0.0"),
                "deploy-key",
                new KeyReference(KeyReference.Kind.CONFIG_MAP, "ca", "ca.crt"),
                new SignatureCheck(SignatureCheck.Provider.OPENPGP, "signers", SignatureCheck.Mode.TAG_AND_COMMIT));
        return new PipelineSyncSpec(
                source,
                "overlays/production",
                Duration.ofSeconds(90),
                PipelineSyncSpec.Mode.OBSERVE,
                false,
                PipelineSyncSpec.DeletionPolicy.DELETE,
                new DeletionBudget(3, 20),
                "deployer",
                PipelineSyncSpec.Policies.REPORT,
                PipelineSyncSpec.Versions.IN_PLACE,
                true,
                PipelineSyncSpec.Drift.REPORT,
                new HealthSpec(Duration.ofMinutes(2), List.of(new HealthRule("example.org/v1", "Job", "a", "b", "c"))),
                PipelineSyncSpec.OnFailure.ROLLBACK,
                List.of(new SyncId("team", "base"), new SyncId("platform", "crds")),
                List.of(
                        new Once(
                                Instant.parse("2026-12-24T11:00:00Z"),
                                Instant.parse("2026-12-27T00:00:00Z"),
                                "holidays"),
                        weekend),
                true,
                List.of(new IgnoreRule("apps", "Deployment", List.of("/spec/replicas"), "the autoscaler sets it")));
    }

    @Test
    void whatIsAbsentHasItsDefault() throws JsonException {
        PipelineSync sync = PipelineSync.read(Json.parseObject("""
            {"metadata": {"namespace": "team", "name": "ml"}, "spec": {"source": {"url": "https://git.example/ml"}}}
            """));
        assertEquals(List.of(), sync.problems());
        PipelineSyncSpec spec = sync.spec();
        assertEquals(new SourceSpec("https://git.example/ml", GitRef.OWN_BRANCH, null, null, null), spec.source());
        assertEquals("", spec.path(), "the root");
        assertEquals(Duration.ofMinutes(1), spec.interval());
        assertEquals(PipelineSyncSpec.Mode.APPLY, spec.mode());
        assertTrue(spec.prune());
        assertEquals(PipelineSyncSpec.DeletionPolicy.ORPHAN, spec.deletionPolicy());
        assertEquals(DeletionBudget.STANDARD, spec.deletionBudget());
        assertNull(spec.serviceAccountName());
        assertEquals(Duration.ofMinutes(5), spec.health().timeout());
        assertFalse(sync.needsFinalizer());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        spec.source | {} | spec.source.url: is missing
        spec.source.url | "git@git.example:ml.git" | spec.source.url: must begin with https:// or ssh://
        spec.source.url | "http://git.example/ml" | spec.source.url: must begin with https:// or ssh://
        spec.source.url | "https://user:secret@git.example/ml" | spec.source.url: must not hold a user or password
        spec.source.url | "ssh://git:secret@git.example/ml" | spec.source.url: must not hold a user or password
        spec.source.ref.branch | "main" | spec.source.ref: must name one of branch, tag, semver and commit
        spec.source.ref | {"commit": "abc"} | spec.source.ref.commit: must be the full id
        spec.source.ref | {"branch": "main"} | spec.source.verify.mode: asks for a signed tag, but the source follows branch main
        spec.source.caBundle | {} | spec.source.caBundle: must name one of secretKeyRef and configMapKeyRef
        spec.source.verify.provider | "x509" | spec.source.verify.provider: must be SSH or OpenPGP, but is 'x509'
        spec.path | "../other" | spec.path: must be a path below the repository's root
        spec.interval | "1s" | spec.interval: must be from 5s to 24h, but is 1s
        spec.interval | "soon" | spec.interval: 'soon' is not a duration
        spec.interval | 60 | spec.interval: must be text
        spec.prune | "no" | spec.prune: must be true or false
        spec.deletionBudget.percent | 101 | spec.deletionBudget.percent: must be a whole number from 0 to 100
        spec.deletionBudget.count | 1.5 | spec.deletionBudget.count: must be a whole number
        spec.windows | "always" | spec.windows: must be a list
        spec.windows | ["always"] | spec.windows[0]: must be a map
        spec.windows | [{"start": "2026-12-24"}] | spec.windows[0].start: must be a time with its offset
        spec.windows | [{"schedule": "0 16 * * fri", "reason": "r"}] | spec.windows[0].duration: is missing
        spec.windows | [{"schedule": "@every 1h", "duration": "1h", "reason": "r"}] | spec.windows[0].schedule: must be five fields
        spec.windows | [{"schedule": "0 25 * * *", "duration": "1h", "reason": "r"}] | spec.windows[0].schedule: '0 25 * * *' is no schedule
        spec.windows | [{"schedule": "0 1 * * *", "duration": "1h", "timezone": "Mars", "reason": "r"}] | spec.windows[0].timezone: 'Mars' is no time zone
        spec.ignore | [{"apiVersion": "v1", "kind": "Pod", "fields": ["spec"], "reason": "r"}] | spec.ignore[0].fields: must hold JSON pointers
        spec.ignore | [{"apiVersion": "v1", "kind": "Pod", "fields": ["/spec"]}] | spec.ignore[0].reason: is missing
        spec.health.rules | [{"apiVersion": "v1", "kind": "Pod"}] | spec.health.rules[0].current: is missing
        spec.dependsOn | [{}] | spec.dependsOn[0].name: is missing
        """)
    void whatCannotBeFollowedIsNamedWithItsPath(String path, String value, String problem) throws JsonException {
        Map<String, @Nullable Object> object = Json.parseObject(FULL);
        Tree.set(object, Json.parse(value), path.split("\\."));
        List<String> said = PipelineSync.read(object).problems().stream()
                .map(SpecProblem::toString)
                .toList();
        assertTrue(said.stream().anyMatch(text -> text.startsWith(problem)), said::toString);
    }

    @Test
    void everyProblemIsCollected() throws JsonException {
        PipelineSync sync = PipelineSync.read(Json.parseObject("""
            {"spec": {"source": {"url": "ftp://x"}, "interval": "0s", "mode": "Maybe", "ignore": [1]}}
            """));
        assertEquals(
                List.of("spec.source.url", "spec.interval", "spec.mode", "spec.ignore[0]"),
                sync.problems().stream().map(SpecProblem::path).toList());
        assertEquals(PipelineSyncSpec.Mode.APPLY, sync.spec().mode(), "the default stands where a value is wrong");
    }

    @Test
    void noShapeOfObjectIsAnException() throws JsonException {
        Random random = new Random(6);
        List<Object> values =
                new ArrayList<>(Arrays.asList(null, "", "x", true, 3L, -1.5, List.of("a"), Map.of("b", 1L)));
        for (int i = 0; i < 3000; i++) {
            Map<String, @Nullable Object> object = Json.parseObject(FULL);
            scramble(object, random, values);
            PipelineSync sync = PipelineSync.read(object);
            assertEquals(sync, PipelineSync.read(object));
            PipelineRollback.read(object);
        }
    }

    private static void scramble(Map<String, @Nullable Object> map, Random random, List<@Nullable Object> values) {
        for (String key : List.copyOf(new LinkedHashMap<>(map).keySet())) {
            if (random.nextInt(6) == 0) {
                map.put(key, values.get(random.nextInt(values.size())));
            } else if (map.get(key) instanceof Map<?, ?> child) {
                scramble(Tree.cast(child), random, values);
            }
        }
    }

    @Test
    void onlyASyncThatDeletesItsObjectsNeedsAFinalizer() throws JsonException {
        Map<String, @Nullable Object> object = Json.parseObject(FULL);
        assertFalse(PipelineSync.read(object).needsFinalizer(), "it observes");
        Tree.set(object, "Apply", "spec", "mode");
        assertTrue(PipelineSync.read(object).needsFinalizer());
    }

    @Test
    void aRollbackIsRead() throws JsonException {
        PipelineRollback rollback = PipelineRollback.read(Json.parseObject("""
            {"metadata": {"namespace": "team", "name": "r"},
             "spec": {"sync": "ml", "to": 4, "reason": "accuracy fell", "actor": "ann", "until": "Removed"}}
            """));
        assertEquals(List.of(), rollback.problems());
        assertEquals(new SyncId("team", "ml"), rollback.sync());
        assertEquals(4, rollback.to());
        assertEquals(PipelineRollback.Until.REMOVED, rollback.until());
        PipelineRollback empty = PipelineRollback.read(Json.parseObject("{\"spec\": {\"to\": 0}}"));
        assertEquals(
                List.of("spec.sync", "spec.to", "spec.reason", "spec.actor"),
                empty.problems().stream().map(SpecProblem::path).toList());
    }
}
