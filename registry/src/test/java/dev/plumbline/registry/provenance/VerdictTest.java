package dev.plumbline.registry.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.run.Interval;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.PartEvidence;
import dev.plumbline.registry.run.ReleaseInForce;
import dev.plumbline.registry.run.RunObserver;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.source.SourceException;
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
        Judgement judgement = new Judge()
                .judge(
                        RunObserver.observe(SampleRuns.training(repository, first, "training")),
                        SampleRuns.steps(repository, first),
                        repository,
                        List.of(repository.inForce(2, second), repository.inForce(1, first)));
        assertEquals(Verdict.MATCH, judgement.verdict());
        assertEquals(first, judgement.commit());
    }

    @Test
    void afterARollbackTheCommitIsTheOneWhoseReleaseIsInForceAndNotTheHead() throws SourceException {
        CommitId bad = repository.commit("trainer:2", "fit(2)", "load()");
        ReleaseInForce rolledBack =
                new ReleaseInForce(3, repository.stored(1, first).release().digest(), bad);
        Judgement judgement = judge(
                SampleRuns.training(repository, first, "training"),
                new Judge.Force(rolledBack, repository.stored(1, first).content()));
        assertEquals(Verdict.MATCH, judgement.verdict(), judgement.reasons().toString());
        assertEquals(first, judgement.commit());
        assertEquals(List.of(new Interval(first, first, 1, false)), judgement.range());
    }

    @Test
    void aHandMadeRunMayReferToTemplatesByTheirPlainNamesAsTheRepositoryDoes() throws SourceException {
        Map<String, @Nullable Object> run = SampleRuns.workflow("by-hand", """
                {"entrypoint": "all", "templates": [{"name": "all", "dag": {"tasks": [
                  {"name": "train", "templateRef": {"name": "training", "template": "main"}}]}}]}""");
        SampleRuns.node(run, "by-hand", "DAG", "\"templateName\": \"all\", \"templateScope\": \"local/by-hand\"");
        Judgement judgement = judge(run, repository.stored(1, first));
        assertEquals(Verdict.MATCH, judgement.verdict(), judgement.reasons().toString());
        assertEquals(List.of("spec/all"), references(judgement));
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
    void eachFileOfStepCodeHasItsOwnCommit() throws SourceException {
        CommitId second = repository.commit("trainer:1", "fit(2)", "load()");
        CommitId third = repository.commit("trainer:3", "fit(2)", "load()");
        Judgement judgement = judge(SampleRuns.training(repository, third, "training"), third);
        PartEvidence code = judgement.parts().getLast();
        assertEquals(
                List.of("shared.py", "train.py"),
                code.files().stream().map(PartEvidence.FileEvidence::name).toList());
        assertEquals(
                List.of(first, second),
                code.files().stream().map(PartEvidence.FileEvidence::commit).toList());
        assertEquals(second, code.commit());
        assertEquals(third, judgement.commit(), "the newest of the parts' commits");
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

    private Judgement judge(Map<String, @Nullable Object> run, Judge.Force inForce) throws SourceException {
        return new Judge()
                .judge(RunObserver.observe(run), SampleRuns.steps(repository, first), repository, List.of(inForce));
    }

    private Judgement judge(Map<String, @Nullable Object> run, CommitId inForce) throws SourceException {
        return SampleCourt.judge(repository, run, inForce);
    }

    private static void stamp(Map<String, @Nullable Object> run, CommitId commit) {
        Tree.set(run, commit.hex(), "metadata", "annotations", "plumbline.dev/template-commit");
    }

    private static List<String> references(Judgement judgement) {
        return judgement.parts().stream().map(PartEvidence::reference).toList();
    }
}
