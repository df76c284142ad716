package dev.plumbline.registry.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.run.Interval;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.PartEvidence;
import dev.plumbline.registry.run.RunObserver;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.source.SourceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private final SampleRepository repository = new SampleRepository();
    private final CommitId first = repository.commit("trainer:1", "fit(1)", "load()");

    @Test
    void aRunOfWhatTheReleaseAskedForMatchesItsCommit() throws SourceException {
        Judgement judgement = judge(SampleRuns.training(repository, first, "training"), first);
        assertEquals(Verdict.MATCH, judgement.verdict(), judgement.reasons().toString());
        assertEquals(first, judgement.commit());
        assertEquals(List.of("spec", "configmap/" + repository.steps(first)), references(judgement));
    }

    @Test
    void aRunByVersionedNameIsFoundThroughTheReleasesMap() throws SourceException {
        String version = repository.version(first, "training");
        Judgement judgement = judge(SampleRuns.training(repository, first, version), first);
        assertEquals(Verdict.MATCH, judgement.verdict(), judgement.reasons().toString());
        ObjectKey plain = new ObjectKey("argoproj.io", "WorkflowTemplate", "ml", "training");
        assertEquals(plain, judgement.parts().getFirst().object(), "evidence names the object by plain name");
    }

    @Test
    void aResubmitAfterAnEditMatchesTheNewCommit() throws SourceException {
        CommitId second = repository.commit("trainer:1", "fit(2)", "load()");
        Map<String, @Nullable Object> resubmitted = SampleRuns.training(repository, second, "training");
        stamp(resubmitted, first);
        Tree.set(resubmitted, "train-0", "metadata", "labels", "workflows.argoproj.io/resubmitted-from-workflow");
        Judgement judgement = judge(resubmitted, second);
        assertEquals(Verdict.MATCH, judgement.verdict(), judgement.reasons().toString());
        assertEquals(second, judgement.commit());
    }

    @Test
    void anEditBetweenTwoStepsOfARunMatchesTheOldCommit() throws SourceException {
        Map<String, @Nullable Object> run =
                SampleRuns.pipeline(repository, first, first, repository.version(first, "pipeline"));
        repository.commit("trainer:2", "fit(2)", "load()");
        Judgement judgement = judge(run, first);
        assertEquals(Verdict.MATCH, judgement.verdict(), judgement.reasons().toString());
        assertEquals(first, judgement.commit());
    }

    @Test
    void aForgedStampOnForeignContentIsDrift() throws SourceException {
        Map<String, @Nullable Object> forged = SampleRuns.inline(repository, first);
        Tree.set(Tree.maps(forged, "spec", "templates").get(1), "evil:1", "container", "image");
        stamp(forged, first);
        Judgement judgement = judge(forged, first);
        assertEquals(Verdict.DRIFT, judgement.verdict());
        assertNull(judgement.commit());
        assertTrue(judgement.reasons().getFirst().startsWith("spec/fit is in none of the 1 commits"));
    }

    @Test
    void aForgedStoredSpecIsDrift() throws SourceException {
        Map<String, @Nullable Object> forged = SampleRuns.training(repository, first, "training");
        Tree.set(SampleRuns.templates(forged).get(1), "evil:1", "container", "image");
        assertEquals(Verdict.DRIFT, judge(forged, first).verdict());
    }

    @Test
    void inlineTemplatesEqualToGitsMatch() throws SourceException {
        Map<String, @Nullable Object> run = SampleRuns.inline(repository, first);
        Tree.set(run, Tree.copy(Tree.list(run, "spec", "arguments", "parameters")), "spec", "arguments", "parameters");
        Judgement judgement = judge(run, first);
        assertEquals(Verdict.MATCH, judgement.verdict(), judgement.reasons().toString());
        assertEquals(
                List.of("spec/fit", "spec/main", "spec", "configmap/" + repository.steps(first)),
                references(judgement));
    }

    @Test
    void aRunAfterARevertNamesTheRevertAndSaysThatTheContentIsTheFirstOnes() throws SourceException {
        repository.commit("trainer:2", "fit(2)", "load()");
        CommitId revert = repository.commit("trainer:1", "fit(1)", "load()");
        Judgement judgement = judge(SampleRuns.training(repository, first, "training"), revert);
        assertEquals(Verdict.MATCH, judgement.verdict());
        assertEquals(revert, judgement.commit());
        assertEquals(
                List.of(new Interval(revert, revert, 1, false), new Interval(first, first, 1, false)),
                judgement.range());
    }

    @Test
    void theRangeSpansCommitsThatChangeOtherThingsAndSkipsBrokenOnes() throws SourceException {
        repository.brokenCommit();
        CommitId same = repository.commit("trainer:1", "fit(1)", "load()");
        Judgement judgement = judge(SampleRuns.training(repository, first, "training"), same);
        assertEquals(first, judgement.commit());
        assertEquals(List.of(new Interval(first, same, 2, false)), judgement.range());
    }

    @Test
    void anOldVersionRunAfterAnEditIsStale() throws SourceException {
        String old = repository.version(first, "training");
        CommitId second = repository.commit("trainer:2", "fit(1)", "load()");
        Judgement judgement = judge(SampleRuns.training(repository, first, old), second);
        assertEquals(Verdict.STALE, judgement.verdict());
        assertEquals(first, judgement.commit());
    }

    @Test
    void aRunThatWasCreatedDuringAnApplyMayHaveTheContentBefore() throws SourceException {
        CommitId second = repository.commit("trainer:2", "fit(2)", "load()");
        Judgement judgement = new Judge(Map.of())
                .judge(
                        RunObserver.observe(SampleRuns.training(repository, first, "training")),
                        SampleRuns.steps(repository, first),
                        repository,
                        List.of(repository.inForce(2, second), repository.inForce(1, first)));
        assertEquals(Verdict.MATCH, judgement.verdict());
        assertEquals(first, judgement.commit());
    }

    @Test
    void aSpecAndTemplatesOfTwoCommitsAreMixed() throws SourceException {
        CommitId second = repository.commit("trainer:2", "fit(1)", "load()");
        Map<String, @Nullable Object> run = SampleRuns.pipeline(repository, first, second, "pipeline");
        Judgement judgement = judge(run, first);
        assertEquals(Verdict.MIXED, judgement.verdict(), judgement.reasons().toString());
        assertNull(judgement.commit());
    }

    @Test
    void stampsDoNotCountAndAVersionKeepsTheStampOfTheCommitThatBroughtIt() throws SourceException {
        Map<String, @Nullable Object> run = SampleRuns.pipeline(repository, first, first, "pipeline");
        Tree.map(run, "status", "storedTemplates").forEach((key, template) -> Tree.set(
                Tree.cast((Map<?, ?>) template), "0000", "metadata", "annotations", "plumbline.dev/template-commit"));
        Map<String, @Nullable Object> stored = Tree.map(run, "status", "storedWorkflowTemplateSpec");
        Tree.set(stored, "0000", "workflowMetadata", "annotations", "plumbline.dev/template-commit");
        Tree.set(stored, "0000", "podMetadata", "annotations", "plumbline.dev/template-commit");
        assertEquals(Verdict.MATCH, judge(run, first).verdict());
    }

    @Test
    void noOtherMetadataIsLeftOut() throws SourceException {
        Map<String, @Nullable Object> run = SampleRuns.pipeline(repository, first, first, "pipeline");
        Tree.map(run, "status", "storedTemplates").forEach((key, template) -> Tree.set(
                Tree.cast((Map<?, ?>) template), "off", "metadata", "annotations", "sidecar.example.com/inject"));
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
    void eachFileOfStepCodeHasItsOwnCommit() throws SourceException {
        CommitId second = repository.commit("trainer:1", "fit(2)", "load()");
        CommitId third = repository.commit("trainer:3", "fit(2)", "load()");
        Judgement judgement = judge(SampleRuns.training(repository, third, "training"), third);
        PartEvidence code = judgement.parts().getLast();
        assertEquals(List.of("shared.py", "train.py"),
                code.files().stream().map(PartEvidence.FileEvidence::name).toList());
        assertEquals(List.of(first, second),
                code.files().stream().map(PartEvidence.FileEvidence::commit).toList());
        assertEquals(second, code.commit());
        assertEquals(third, judgement.commit(), "the newest of the parts' commits");
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
        Tree.set(run, SampleRepository.tree("{\"p\": [{\"name\": \"rounds\", \"value\": \"3\"}]}").get("p"),
                "spec", "arguments", "parameters");
        Tree.maps(run, "status", "storedWorkflowTemplateSpec", "arguments", "parameters").get(1).put("value", "3");
        assertEquals(Verdict.MATCH, judge(run, first).verdict());
        Tree.maps(run, "status", "storedWorkflowTemplateSpec", "arguments", "parameters").get(1).put("value", "4");
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
    void contentOfACommitThatWasForcedAwayIsStillInGit() throws SourceException {
        CommitId second = repository.commit("trainer:2", "fit(1)", "load()");
        repository.forceTo(first);
        CommitId third = repository.commit("trainer:3", "fit(1)", "load()");
        Map<String, @Nullable Object> run = SampleRuns.training(repository, second, "training");
        assertEquals(Verdict.STALE, judge(run, third).verdict());
        assertEquals(second, judge(run, second).commit());
    }

    @Test
    void contentThatIsNotFoundIsOnlyDriftWhenAllCommitsWereLookedAt() throws SourceException {
        Map<String, @Nullable Object> run = SampleRuns.training(repository, first, "training");
        Tree.set(SampleRuns.templates(run).get(1), "evil:1", "container", "image");
        repository.forgetOlder();
        assertEquals(Verdict.UNVERIFIABLE, judge(run, first).verdict());
    }

    private Judgement judge(Map<String, @Nullable Object> run, CommitId inForce) throws SourceException {
        CommitId[] all = repository.lines().stream()
                .flatMap(List::stream)
                .filter(commit -> repository.at(commit).isPresent())
                .toArray(CommitId[]::new);
        return judge(run, SampleRuns.steps(repository, all), inForce);
    }

    private Judgement judge(
            Map<String, @Nullable Object> run, Map<String, StepCode.Sighting> configMaps, CommitId inForce)
            throws SourceException {
        return new Judge(Map.of())
                .judge(
                        RunObserver.observe(run),
                        new LinkedHashMap<>(configMaps),
                        repository,
                        List.of(repository.inForce(1, inForce)));
    }

    private static void stamp(Map<String, @Nullable Object> run, CommitId commit) {
        Tree.set(run, commit.hex(), "metadata", "annotations", "plumbline.dev/template-commit");
    }

    private static List<String> references(Judgement judgement) {
        return judgement.parts().stream().map(PartEvidence::reference).toList();
    }
}
