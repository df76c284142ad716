package dev.plumbline.tests.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.provenance.ContentHistory;
import dev.plumbline.registry.provenance.ExpectedStored;
import dev.plumbline.registry.provenance.Judge;
import dev.plumbline.registry.provenance.RenderedContent;
import dev.plumbline.registry.provenance.StepCode;
import dev.plumbline.registry.release.Release;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.ReleaseInForce;
import dev.plumbline.registry.run.RunObserver;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.version.Versioned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The forward computation against what a real Argo 4.1.4 controller stored: each case of {@code tests/golden-argo} holds the
 * objects that a cluster was given, and {@code tests/parts/capture-argo} finds there what was stored when the runs had ended.
 */
abstract class StoredByArgoContract {

    private static final Path CASES = Path.of("golden-argo");
    private static final CommitId COMMIT = new CommitId("0".repeat(40));

    /** What a real controller stored of a case; null when the case has none. */
    abstract @Nullable Path captured(Path folder) throws IOException;

    @TestFactory
    Stream<DynamicTest> everythingThatArgoStoredIsComputedForwards() throws IOException {
        return runs(
                (given, run) -> assertEquals(List.of(), ExpectedStored.unexplained(given.manifests(), run, Map.of())));
    }

    @TestFactory
    Stream<DynamicTest> theRunMatchesUnlessItCarriedTemplatesOfItsOwn() throws IOException {
        return runs((given, run) -> {
            Judgement judgement = judge(given, run);
            assertTrue(judgement.parts().size() > 1, "a run executes a spec and step code or templates");
            if (Tree.list(run, "spec", "templates").isEmpty()) {
                assertEquals(
                        Verdict.MATCH, judgement.verdict(), judgement.reasons().toString());
                assertEquals(COMMIT, judgement.commit());
            } else {
                // What was written by hand is in no commit; what it called by templateRef is.
                assertEquals(
                        Verdict.DRIFT, judgement.verdict(), judgement.reasons().toString());
                assertTrue(
                        judgement.reasons().stream().allMatch(reason -> reason.startsWith("spec")),
                        judgement.reasons().toString());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theSameRunOfChangedTemplatesIsDrift() throws IOException {
        return runs((given, run) -> assertEquals(
                Verdict.DRIFT,
                judge(given.with("\"image\":\"", "\"image\":\"evil.example.com/"), run)
                        .verdict()));
    }

    @TestFactory
    Stream<DynamicTest> theSameRunOfChangedStepCodeIsDrift() throws IOException {
        return runs((given, run) -> {
            if (!Judge.configMaps(RunObserver.observe(run)).isEmpty()) {
                assertEquals(
                        Verdict.DRIFT,
                        judge(given.with(".py\":\"", ".py\":\"# changed "), run).verdict());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> tasksEndAsTheCaseSays() throws IOException {
        return runs((given, run) -> {
            Map<String, @Nullable Object> outcomes =
                    Tree.map(given.outcomes(), Tree.text(run, "metadata", "generateName"));
            Map<String, @Nullable Object> found = new TreeMap<>();
            Tree.map(run, "status", "nodes").values().stream()
                    .filter(node -> Tree.text(node, "boundaryID").equals(Tree.text(run, "metadata", "name")))
                    .forEach(node -> found.put(Tree.text(node, "displayName"), Tree.text(node, "phase")));
            found.keySet().retainAll(outcomes.keySet());
            assertEquals(outcomes, found);
        });
    }

    private static Judgement judge(Given given, Map<String, @Nullable Object> run) throws SourceException {
        List<Manifest> manifests = given.manifests();
        RenderedContent content = RenderedContent.of(
                Release.of("golden", manifests, new Versioned(manifests, Map.of(), List.of()), List.of()), manifests);
        Observation observation = RunObserver.observe(run);
        assertTrue(observation.ended(), "the run ended before it was captured");
        Map<String, StepCode.Sighting> held = new LinkedHashMap<>();
        for (String name : Judge.configMaps(observation)) {
            Digest digest = given.captured(name).map(StepCode::digest).orElse(null);
            held.put(name, new StepCode.Sighting(digest, digest, false));
        }
        return new Judge()
                .judge(
                        observation,
                        held,
                        new OneCommit(content),
                        List.of(new Judge.Force(new ReleaseInForce(1, content.digest(), COMMIT), content)));
    }

    private Stream<DynamicTest> runs(Check check) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path folder : list(CASES)) {
            Path captured = Files.isDirectory(folder.resolve("given")) ? captured(folder) : null;
            if (captured == null) {
                continue;
            }
            Given given = new Given(
                    objects(folder.resolve("given")), objects(captured), outcomes(folder.resolve("outcomes.json")));
            for (Map<String, @Nullable Object> object : given.cluster()) {
                if ("Workflow".equals(object.get("kind"))) {
                    String name = folder.getFileName() + " " + Tree.text(object, "metadata", "name");
                    tests.add(DynamicTest.dynamicTest(name, () -> check.run(given, object)));
                }
            }
        }
        assertFalse(tests.isEmpty(), "there are captured runs");
        return tests.stream();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, 3)) {
            return files.sorted().toList();
        }
    }

    private static List<Map<String, @Nullable Object>> objects(Path folder) throws IOException {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (Path file : list(folder)) {
            // outputs.json is for whoever ends the pods.
            if (file.toString().endsWith(".json") && !file.endsWith("outputs.json")) {
                objects.add(json(file));
            }
        }
        return objects;
    }

    private static Map<String, @Nullable Object> outcomes(Path file) throws IOException {
        return Files.exists(file) ? json(file) : Map.of();
    }

    private static Map<String, @Nullable Object> json(Path file) throws IOException {
        try {
            return Json.parseObject(Files.readAllBytes(file));
        } catch (JsonException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Something to check of a captured run. */
    private interface Check {
        void run(Given given, Map<String, @Nullable Object> run) throws SourceException;
    }

    /**
     * One case.
     *
     * @param git the objects that the cluster was given
     * @param cluster what it held in the end
     * @param outcomes phases by task, by the {@code generateName} of a run
     */
    private record Given(
            List<Map<String, @Nullable Object>> git,
            List<Map<String, @Nullable Object>> cluster,
            Map<String, @Nullable Object> outcomes) {

        List<Manifest> manifests() {
            List<Manifest> manifests = new ArrayList<>();
            for (Map<String, @Nullable Object> object : git) {
                if (!"Workflow".equals(object.get("kind"))) {
                    manifests.add(Manifest.of(Tree.copy(object), Origin.of(Location.of("given.json"))));
                }
            }
            return manifests;
        }

        Optional<Map<String, @Nullable Object>> captured(String configMap) {
            for (Map<String, @Nullable Object> object : cluster) {
                if ("ConfigMap".equals(object.get("kind")) && configMap.equals(Tree.text(object, "metadata", "name"))) {
                    return Optional.of(object);
                }
            }
            return Optional.empty();
        }

        /** The same with another text in what the cluster was given. */
        Given with(String text, String other) {
            List<Map<String, @Nullable Object>> changed = new ArrayList<>();
            try {
                for (Map<String, @Nullable Object> object : git) {
                    changed.add(Json.parseObject(Json.write(object).replace(text, other)));
                }
            } catch (JsonException e) {
                throw new IllegalArgumentException(e);
            }
            return new Given(changed, cluster, outcomes);
        }
    }

    /**
     * A history of one commit.
     *
     * @param content what it renders to
     */
    private record OneCommit(RenderedContent content) implements ContentHistory {

        @Override
        public List<List<CommitId>> lines() {
            return List.of(List.of(COMMIT));
        }

        @Override
        public boolean complete() {
            return true;
        }

        @Override
        public Optional<RenderedContent> at(CommitId commit) {
            return commit.equals(COMMIT) ? Optional.of(content) : Optional.empty();
        }
    }
}
