package dev.plumbline.registry.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.RunObserver;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.source.SourceException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExecutedContentTest {

    private final SampleRepository repository = new SampleRepository();
    private final CommitId first = repository.commit("trainer:1", "fit(1)", "load()");

    @Test
    void stampsDoNotCountAndAVersionKeepsTheStampOfTheCommitThatBroughtIt() throws SourceException {
        Map<String, @Nullable Object> run = SampleRuns.pipeline(repository, first, first, "pipeline");
        Tree.map(run, "status", "storedTemplates")
                .forEach((key, template) -> Tree.set(
                        Tree.cast((Map<?, ?>) template),
                        "0000",
                        "metadata",
                        "annotations",
                        "plumbline.dev/template-commit"));
        Map<String, @Nullable Object> stored = Tree.map(run, "status", "storedWorkflowTemplateSpec");
        Tree.set(stored, "0000", "workflowMetadata", "annotations", "plumbline.dev/template-commit");
        Tree.set(stored, "0000", "podMetadata", "annotations", "plumbline.dev/template-commit");
        assertEquals(Verdict.MATCH, judge(run, first).verdict());
    }

    @Test
    void noOtherMetadataIsLeftOut() throws SourceException {
        Map<String, @Nullable Object> run = SampleRuns.pipeline(repository, first, first, "pipeline");
        Tree.map(run, "status", "storedTemplates")
                .forEach((key, template) -> Tree.set(
                        Tree.cast((Map<?, ?>) template),
                        "off",
                        "metadata",
                        "annotations",
                        "sidecar.example.com/inject"));
        assertEquals(Verdict.DRIFT, judge(run, first).verdict());
    }

    @Test
    void stepCodeThatTheClusterHeldButGitNeverDidIsDrift() throws SourceException {
        String steps = repository.steps(first);
        Digest foreign = StepCode.digest(SampleRepository.tree("{\"data\": {\"train.py\": \"fit(666)\"}}"));
        Judgement judgement = judge(
                SampleRuns.training(repository, first, "training"),
                Map.of(steps, new StepCode.Sighting(foreign, foreign, false)),
                first);
        assertEquals(Verdict.DRIFT, judgement.verdict());
    }

    @Test
    void stepCodeThatChangedDuringTheRunIsUnverifiable() throws SourceException {
        Map<String, StepCode.Sighting> sightings = SampleRuns.steps(repository, first);
        sightings.replaceAll((name, seen) ->
                new StepCode.Sighting(seen.first(), StepCode.digest(SampleRepository.tree("{}")), false));
        Judgement judgement = judge(SampleRuns.training(repository, first, "training"), sightings, first);
        assertEquals(Verdict.UNVERIFIABLE, judgement.verdict());
    }

    @Test
    void aPatchOfTheRunsOwnIsAnOverride() throws SourceException {
        Map<String, @Nullable Object> run = SampleRuns.training(repository, first, "training");
        Tree.set(run, "{}", "spec", "podSpecPatch");
        Tree.set(run, "{}", "status", "storedWorkflowTemplateSpec", "podSpecPatch");
        Judgement judgement = judge(run, first);
        assertEquals(Verdict.OVERRIDDEN, judgement.verdict());
        assertTrue(judgement.reasons().getFirst().contains("podSpecPatch"));
        Map<String, @Nullable Object> inline = SampleRuns.inline(repository, first);
        Tree.set(inline, "{}", "spec", "podSpecPatch");
        assertEquals(Verdict.OVERRIDDEN, judge(inline, first).verdict());
    }

    @Test
    void whatAScheduleInGitSetsIsNoOverride() throws SourceException {
        String pipeline = repository.version(first, "pipeline");
        Map<String, @Nullable Object> run = SampleRuns.pipeline(repository, first, first, pipeline);
        Tree.set(run, "scheduler", "spec", "serviceAccountName");
        Tree.set(run, "scheduler", "status", "storedWorkflowTemplateSpec", "serviceAccountName");
        assertEquals(Verdict.MATCH, judge(run, first).verdict());
        Tree.set(run, "root", "spec", "serviceAccountName");
        Tree.set(run, "root", "status", "storedWorkflowTemplateSpec", "serviceAccountName");
        assertEquals(Verdict.OVERRIDDEN, judge(run, first).verdict());
    }

    @Test
    void parametersOfTheRunAreItsOwn() throws SourceException {
        Map<String, @Nullable Object> run = SampleRuns.training(repository, first, "training");
        Tree.set(
                run,
                SampleRepository.tree("{\"p\": [{\"name\": \"rounds\", \"value\": \"3\"}]}")
                        .get("p"),
                "spec",
                "arguments",
                "parameters");
        Tree.maps(run, "status", "storedWorkflowTemplateSpec", "arguments", "parameters")
                .get(1)
                .put("value", "3");
        assertEquals(Verdict.MATCH, judge(run, first).verdict());
        Tree.maps(run, "status", "storedWorkflowTemplateSpec", "arguments", "parameters")
                .get(1)
                .put("value", "4");
        assertEquals(Verdict.DRIFT, judge(run, first).verdict());
    }

    @Test
    void whatIsNotKnownIsUnverifiableAndNeverAMatch() throws SourceException {
        Map<String, @Nullable Object> memoized = SampleRuns.training(repository, first, "training");
        SampleRuns.node(memoized, "train-1.fit", "Pod", "\"memoizationStatus\": {\"hit\": true}");
        assertEquals(Verdict.UNVERIFIABLE, judge(memoized, first).verdict());

        Map<String, @Nullable Object> newType = SampleRuns.training(repository, first, "training");
        SampleRuns.node(newType, "train-1.fit", "Wasm", "\"templateName\": \"fit\"");
        assertEquals(Verdict.UNVERIFIABLE, judge(newType, first).verdict());

        Map<String, @Nullable Object> newField = SampleRuns.training(repository, first, "training");
        SampleRuns.templates(newField).get(1).put("sandbox", "none");
        assertEquals(Verdict.UNVERIFIABLE, judge(newField, first).verdict());

        Map<String, @Nullable Object> offloaded = SampleRuns.training(repository, first, "training");
        Tree.set(offloaded, "fnv:1", "status", "offloadNodeStatusVersion");
        assertEquals(Verdict.UNVERIFIABLE, judge(offloaded, first).verdict());
    }

    @Test
    void resultsOfAnEarlierRunHaveItsVerdict() throws SourceException {
        assertEquals(Verdict.DRIFT, memoized(FollowedResult.madeByForeign("train-1.fit", "before", Verdict.DRIFT)));
        assertEquals(
                Verdict.OVERRIDDEN,
                memoized(FollowedResult.madeByForeign("train-1.fit", "before", Verdict.OVERRIDDEN)));
        assertEquals(Verdict.UNVERIFIABLE, memoized(FollowedResult.lost("train-1.fit", "the cache is gone")));
        Judgement before = judge(SampleRuns.training(repository, first, "training"), first);
        assertEquals(
                Verdict.MATCH, memoized(FollowedResult.madeBy("train-1.fit", "before", Verdict.MATCH, before.parts())));
    }

    private Verdict memoized(FollowedResult followed) throws SourceException {
        Map<String, @Nullable Object> run = SampleRuns.training(repository, first, "training");
        SampleRuns.node(run, "train-1.fit", "Pod", "\"memoizationStatus\": {\"hit\": true}");
        return new Judge()
                .judge(
                        RunObserver.observe(run),
                        SampleRuns.steps(repository, first),
                        repository,
                        List.of(repository.inForce(1, first)),
                        WorkflowDefaults.NONE,
                        List.of(followed))
                .verdict();
    }

    @Test
    void contentThatIsNotFoundIsOnlyDriftWhenAllCommitsWereLookedAt() throws SourceException {
        Map<String, @Nullable Object> run = SampleRuns.training(repository, first, "training");
        Tree.set(SampleRuns.templates(run).get(1), "evil:1", "container", "image");
        repository.forgetOlder();
        assertEquals(Verdict.UNVERIFIABLE, judge(run, first).verdict());
    }

    private Judgement judge(Map<String, @Nullable Object> run, CommitId inForce) throws SourceException {
        return SampleCourt.judge(repository, run, inForce);
    }

    private Judgement judge(
            Map<String, @Nullable Object> run, Map<String, StepCode.Sighting> configMaps, CommitId inForce)
            throws SourceException {
        return SampleCourt.judge(repository, run, configMaps, inForce);
    }
}
