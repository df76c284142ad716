package dev.plumbline.registry.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReviewerTest {

    private static final String TEMPLATE = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: train}
            spec:
              entrypoint: main
              arguments: {parameters: [{name: rows, value: '1'}]}
              templates:
              - name: main
                container: {image: 'i:1', command: [echo, '{{workflow.parameters.rows}}']}
            """;

    private static final String CRON = """
            apiVersion: argoproj.io/v1alpha1
            kind: CronWorkflow
            metadata: {name: nightly}
            spec:
              schedules: ['0 2 * * *']
              workflowSpec:
                workflowTemplateRef: {name: train}
                arguments: {parameters: [{name: rows, value: '2'}]}
            """;

    private static Map<String, String> repository() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("overlays/dev/kustomization.yaml", "namespace: ml\nresources: [train.yaml]\n");
        files.put("overlays/dev/train.yaml", TEMPLATE);
        files.put("overlays/jobs/kustomization.yaml", "namespace: ml\nresources: [cron.yaml]\n");
        files.put("overlays/jobs/cron.yaml", CRON);
        return files;
    }

    private static Review review(Map<String, String> before, Map<String, String> after) throws SourceException {
        return Reviewer.review(new Renderer(), MapSnapshot.of(before), MapSnapshot.of(after));
    }

    private static Map<String, String> with(Map<String, String> files, String path, @Nullable String content) {
        Map<String, String> changed = new LinkedHashMap<>(files);
        if (content == null) {
            changed.remove(path);
        } else {
            changed.put(path, content);
        }
        return changed;
    }

    private static List<String> paths(Review review) {
        return review.environments().stream().map(EnvironmentReview::path).toList();
    }

    @Test
    void whatAnotherEnvironmentUsesBreaksThere() throws SourceException {
        Review review =
                review(repository(), with(repository(), "overlays/dev/train.yaml", TEMPLATE.replace("rows", "lines")));
        assertEquals(
                List.of("overlays/jobs: overlays/jobs/cron.yaml:7:33: it gives the parameter rows, which train does not"
                        + " take"),
                review.brokenConsumers().stream()
                        .map(one -> String.join(",", one.environments()) + ": "
                                + one.what().location() + ": " + one.what().message())
                        .toList());
        assertTrue(review.blocked());
    }

    @Test
    void anEnvironmentMayComeAndGo() throws SourceException {
        Map<String, String> more = with(repository(), "overlays/new/kustomization.yaml", "resources: [train.yaml]\n");
        more.put("overlays/new/train.yaml", TEMPLATE);
        Review review = review(repository(), more);
        assertEquals(List.of("overlays/dev", "overlays/jobs", "overlays/new"), paths(review));
        assertEquals(1, review.environments().get(2).changes().size());
        assertFalse(review.blocked(), String.valueOf(review.added()));
        review = review(more, repository());
        assertEquals(List.of("overlays/dev", "overlays/jobs", "overlays/new"), paths(review));
        assertEquals(1, review.environments().get(2).changes().size());
        assertFalse(review.blocked(), String.valueOf(review.added()));
    }

    @Test
    void whatBecomesAPartOfAnotherIsNotTakenForMended() throws SourceException {
        Map<String, String> wrong =
                with(repository(), "overlays/dev/train.yaml", TEMPLATE.replace("workflow.param", "inputs.param"));
        Review before = review(wrong, wrong);
        assertEquals(List.of("overlays/dev"), before.standing().getFirst().environments());
        assertTrue(before.added().isEmpty() && before.fixed().isEmpty());
        Map<String, String> after =
                with(wrong, "overlays/blue/kustomization.yaml", "nameSuffix: -blue\nresources: [../dev]\n");
        Review review = review(wrong, after);
        assertEquals(List.of("overlays/blue", "overlays/dev", "overlays/jobs"), paths(review));
        assertEquals(List.of(), review.fixed());
        assertEquals(List.of("overlays/blue"), review.added().getFirst().environments(), "where it is new it is said");
    }

    @Test
    void aFindingOfNoEnvironmentComesToo() throws SourceException {
        Review review = review(repository(), with(repository(), "plumbline.yaml", "kind: Nothing\n"));
        assertFalse(review.elsewhere().added().isEmpty());
        assertEquals(List.of(), review.added().getFirst().environments());
    }

    @Test
    void whatDidNotRenderIsNotTakenForEmpty() throws SourceException {
        Map<String, String> broken = with(repository(), "overlays/dev/train.yaml", null);
        Review review = review(broken, repository());
        assertEquals(List.of(), review.environments().getFirst().changes());
        assertFalse(review.blocked());
        assertEquals(1, review.mended().size());
        review = review(repository(), broken);
        assertTrue(review.blocked());
        assertTrue(review.brokenConsumers().isEmpty() && review.changes().isEmpty(), "nothing more is known");
        assertEquals(1, review.broken().size());
        review = review(broken, broken);
        assertTrue(review.blocked());
        assertEquals(List.of(), review.mended());
    }

    /** Remembers which files are read. */
    private record Reading(Snapshot snapshot, List<String> read) implements Snapshot {

        @Override
        public @Nullable Entry find(String path) throws SourceException {
            return snapshot.find(path);
        }

        @Override
        public List<Entry> list(String folder) throws SourceException {
            return snapshot.list(folder);
        }

        @Override
        public byte[] read(Entry file) throws SourceException {
            read.add(file.path());
            return snapshot.read(file);
        }
    }

    @Test
    void whatBothSidesHaveIsReadOnce() throws SourceException {
        Map<String, String> files = new LinkedHashMap<>();
        List<String> pipelines = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            pipelines.add("../../pipelines/p" + i);
            files.put("pipelines/p" + i + "/kustomization.yaml", "resources: [train.yaml]\nnamePrefix: p" + i + "-\n");
            files.put("pipelines/p" + i + "/train.yaml", TEMPLATE);
        }
        files.put("overlays/dev/kustomization.yaml", "resources: [" + String.join(", ", pipelines) + "]\n");
        Reading after = new Reading(
                MapSnapshot.of(with(files, "pipelines/p7/train.yaml", TEMPLATE.replace("'i:1'", "'i:2'"))),
                new ArrayList<>());
        Review review = Reviewer.review(new Renderer(), MapSnapshot.of(files), after);
        assertEquals(1, review.changes().getFirst().what().size());
        assertEquals(
                List.of("pipelines/p7/train.yaml"),
                after.read().stream()
                        .filter(path -> path.endsWith("train.yaml"))
                        .distinct()
                        .toList());
        assertTrue(review.added().stream().map(Shared::what).noneMatch(Finding::isError));
    }
}
