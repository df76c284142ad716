package dev.plumbline.registry.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.release.Release;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.ReleaseInForce;
import dev.plumbline.registry.run.RunObserver;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.version.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A Workflow that carries its templates itself keeps the values of tags in its spec, where Git has the tags. */
class OwnSpecTest {

    private static final String GIT = """
            {"entrypoint": "main", %s
             "templates": [
               {"name": "main", "steps": [[{"name": "fit", "template": "fit"}]]},
               {"name": "fit", %s "container": {"image": "i", "args": ["{{workflow.name}}"]}}]}""";

    @Test
    void theValueOfATagInPodMetadataIsNoDrift() throws SourceException {
        String tags = metadata("{{workflow.name}}", "run-{{ workflow.parameters.rate }}");
        assertMatch(GIT.formatted(tags, ""), GIT.formatted(metadata("train-1", "run-0.5"), ""));
    }

    @Test
    void theValueOfAnExpressionIsNoDrift() throws SourceException {
        String tags = metadata("{{=workflow.name + '-x'}}", "{{=workflow.parameters.rate ?? 'none'}}");
        assertMatch(GIT.formatted(tags, ""), GIT.formatted(metadata("train-1-x", "0.5"), ""));
    }

    @Test
    void aTagThatHasNoValueYetIsAsGitHasIt() throws SourceException {
        String tags = metadata("{{workflow.outputs.parameters.score}}", "{{=item + 'x'}}");
        assertMatch(GIT.formatted(tags, ""), GIT.formatted(tags, ""));
    }

    @Test
    void aTemplateWithLabelsOfItsOwnHasTheTagAsItWasWritten() throws SourceException {
        String own = "\"metadata\": {\"labels\": {\"tier\": \"gpu\"}},";
        String stored = "\"metadata\": {\"labels\": {\"tier\": \"gpu\", \"run\": \"{{workflow.name}}\"}},";
        assertMatch(
                GIT.formatted(metadata("{{workflow.name}}", "{{workflow.uid}}"), own),
                GIT.formatted(metadata("train-1", "uid-train-1"), stored));
    }

    @Test
    void theValuesOfTagsInTheRestOfTheSpecAreNoDrift() throws SourceException {
        String spec = "\"serviceAccountName\": \"%s\", \"nodeSelector\": {\"made\": \"%s\"},";
        assertMatch(
                GIT.formatted(
                        spec.formatted("sa-{{workflow.parameters.rate}}", "{{workflow.creationTimestamp.Y}}"), ""),
                GIT.formatted(spec.formatted("sa-0.5", "2026"), ""));
    }

    @Test
    void aTagInTheValueOfATagIsFilledInToo() throws SourceException {
        String spec = "\"arguments\": {\"parameters\": [{\"name\": \"rate\", \"value\": \"0.5\"}]},"
                + metadata("{{workflow.labels.of}}", "b");
        Map<String, @Nullable Object> run = run(spec(GIT.formatted(
                "\"arguments\": {\"parameters\": [{\"name\": \"rate\", \"value\": \"0.5\"}]},"
                        + metadata("train-1", "b"),
                "")));
        Tree.set(run, "{{workflow.name}}", "metadata", "labels", "of");
        assertEquals(Verdict.MATCH, judge(spec(GIT.formatted(spec, "")), run).verdict());
    }

    @Test
    void whatIsNotTheValueOfTheTagIsDrift() throws SourceException {
        String tags = metadata("{{workflow.name}}", "x-{{workflow.uid}}");
        assertDrift(GIT.formatted(tags, ""), GIT.formatted(metadata("train-2", "x-uid-train-1"), ""));
        assertDrift(GIT.formatted(tags, ""), GIT.formatted(metadata("train-1", "uid-train-1"), ""));
        assertDrift(GIT.formatted(tags, ""), GIT.formatted("", ""));
        String templated = GIT.formatted(metadata("a", "b"), "");
        assertDrift(templated, templated.replace("\"args\": [\"{{workflow.name}}\"]", "\"args\": [\"train-1\"]"));
    }

    @Test
    void aValueThatCannotBeComputedAgainIsUnverifiableAndSaysWhy() throws SourceException {
        String tags = metadata("{{workflow.labels.json}}", "of-{{workflow.labels.team}}-{{workflow.name}}");
        Map<String, @Nullable Object> git = spec(GIT.formatted(tags, ""));
        Judgement judgement = judge(git, run(spec(GIT.formatted(metadata("{}", "of-red-train-1"), ""))));
        assertEquals(Verdict.UNVERIFIABLE, judgement.verdict(), judgement.toString());
        assertTrue(judgement.reasons().getFirst().contains("values of tags"), judgement.toString());
        assertDrift(GIT.formatted(tags, ""), GIT.formatted(metadata("{}", "of-red-train-2"), ""));
    }

    @Test
    void whatWorkflowDefaultsGiveToPodsIsNoDrift() throws SourceException {
        Map<String, @Nullable Object> defaults =
                spec("{" + metadata("{{workflow.name}}", "b").replaceFirst(",$", "}"));
        Judgement judgement = judge(
                spec(GIT.formatted("", "")),
                run(spec(GIT.formatted(metadata("train-1", "b"), ""))),
                WorkflowDefaults.among(List.of(defaults), true));
        assertEquals(Verdict.MATCH, judgement.verdict(), judgement.toString());
    }

    private static String metadata(String label, String annotation) {
        return "\"podMetadata\": {\"labels\": {\"run\": \"%s\"}, \"annotations\": {\"note\": \"%s\"}},"
                .formatted(label, annotation);
    }

    private static void assertMatch(String git, String executed) throws SourceException {
        Judgement judgement = judge(spec(git), run(spec(executed)));
        assertEquals(Verdict.MATCH, judgement.verdict(), judgement.toString());
    }

    private static void assertDrift(String git, String executed) throws SourceException {
        Judgement judgement = judge(spec(git), run(spec(executed)));
        assertEquals(Verdict.DRIFT, judgement.verdict(), judgement.toString());
    }

    private static Map<String, @Nullable Object> spec(String json) {
        return SampleRepository.tree(json);
    }

    /** A run of this spec, with a parameter unless it brings one. */
    private static Map<String, @Nullable Object> run(Map<String, @Nullable Object> spec) {
        Map<String, @Nullable Object> run = SampleRuns.workflow("train-1", "{}");
        spec.putIfAbsent(
                "arguments", SampleRepository.tree("{\"parameters\": [{\"name\": \"rate\", \"value\": \"0.5\"}]}"));
        run.put("spec", spec);
        SampleRuns.node(run, "train-1", "Steps", "\"templateName\": \"main\", \"templateScope\": \"local/train-1\"");
        SampleRuns.node(run, "train-1.fit", "Pod", "\"templateName\": \"fit\", \"templateScope\": \"local/train-1\"");
        return run;
    }

    private static Judgement judge(Map<String, @Nullable Object> git, Map<String, @Nullable Object> run)
            throws SourceException {
        return judge(git, run, WorkflowDefaults.NONE);
    }

    private static Judgement judge(
            Map<String, @Nullable Object> git, Map<String, @Nullable Object> run, WorkflowDefaults defaults)
            throws SourceException {
        Map<String, @Nullable Object> template = SampleRepository.tree("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "WorkflowTemplate",
                 "metadata": {"name": "train", "namespace": "ml"}}""");
        template.put("spec", git);
        OneCommit history = OneCommit.of(template);
        return new Judge()
                .judge(RunObserver.observe(run), Map.of(), history, List.of(history.inForce()), defaults, List.of());
    }

    /**
     * A history of one commit.
     *
     * @param content what it renders to
     */
    private record OneCommit(RenderedContent content) implements ContentHistory {

        private static final CommitId COMMIT = SampleRepository.id("one");

        static OneCommit of(Map<String, @Nullable Object> object) {
            List<Manifest> all = List.of(Manifest.of(object, Origin.of(Location.of("train.yaml"))));
            return new OneCommit(RenderedContent.of(
                    Release.of("overlay", all, new Versioned(all, Map.of(), List.of()), List.of()), all));
        }

        Judge.Force inForce() {
            return new Judge.Force(new ReleaseInForce(1, content.digest(), COMMIT), content);
        }

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
