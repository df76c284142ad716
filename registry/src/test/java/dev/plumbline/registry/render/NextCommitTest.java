package dev.plumbline.registry.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ManyWorkers;
import dev.plumbline.registry.model.Workers;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A renderer that has seen earlier commits says of the next one exactly what a new one says, and makes again only what changed. */
class NextCommitTest {

    private static final int COMMITS = 60;

    /** Part of the commits that must render, or little is compared. */
    private static final double LEAST_RENDERED = 1 / 6.0;

    /** Which part of the random commits rendered; the others have errors. */
    private static double compare(long seed, int commits, RenderOptions options) throws SourceException {
        RandomTree tree = new RandomTree(seed);
        Renderer kept = new Renderer().with(options).with(seed % 2 == 0 ? new ManyWorkers() : Workers.ALONE);
        Random random = new Random(seed);
        int rendered = 0;
        List<Map<String, String>> earlier = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
            Map<String, String> files = random.nextInt(8) == 0 && !earlier.isEmpty()
                    ? earlier.get(random.nextInt(earlier.size()))
                    : tree.next();
            earlier.add(files);
            for (String path : List.of("overlays/one", "overlays/two", "")) {
                Rendering fresh = new Renderer().render(MapSnapshot.of(files), path, options);
                Rendering again = kept.render(MapSnapshot.of(files), path);
                assertEquals(
                        RenderingText.of(fresh),
                        RenderingText.of(again),
                        () -> "seed " + seed + ", path '" + path + "', files " + files);
                assertTrue(again.footprint().fits(MapSnapshot.of(files)));
                rendered += fresh.broken() ? 0 : 1;
            }
        }
        return rendered / (3.0 * commits);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rendersAsFromScratch(long seed) throws SourceException {
        assertTrue(compare(seed, COMMITS, RenderOptions.PLAIN) > LEAST_RENDERED);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void rendersAsFromScratchWithArgoAwareness(long seed) throws SourceException {
        assertTrue(compare(seed, COMMITS, RenderOptions.ARGO) > LEAST_RENDERED);
    }

    @Test
    @Tag("proof")
    void rendersAsFromScratchForLong() throws SourceException {
        double rendered = 0;
        for (long seed = 1_000; seed < 1_300; seed++) {
            rendered += compare(seed, 2 * COMMITS, seed % 3 == 0 ? RenderOptions.ARGO : RenderOptions.PLAIN);
        }
        // Of one seed it may be less: a mistake stays until the tree happens to lose it.
        assertTrue(rendered / 300 > LEAST_RENDERED, "rendered: " + rendered / 300);
    }

    /** One renderer and a small store for what is kept, so that threads also push each other's parts out. */
    @Test
    void rendersForManyThreadsAsForOne() throws Exception {
        RandomTree tree = new RandomTree(21);
        List<Map<String, String>> commits = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            Map<String, String> files = tree.next();
            commits.add(files);
            expected.add(RenderingText.of(new Renderer().render(MapSnapshot.of(files), "overlays/one", options(i))));
        }
        Renderer shared = new Renderer(200_000);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                Random random = new Random(thread);
                running.add(threads.submit(() -> {
                    for (int k = 0; k < 60; k++) {
                        int i = random.nextInt(commits.size());
                        Rendering rendering =
                                shared.with(options(i)).render(MapSnapshot.of(commits.get(i)), "overlays/one");
                        assertEquals(expected.get(i), RenderingText.of(rendering), "commit " + i);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
    }

    private static RenderOptions options(int commit) {
        return commit % 3 == 0 ? RenderOptions.ARGO : RenderOptions.PLAIN;
    }

    @Test
    void objectsThatDidNotChangeAreTheSameOnes() throws SourceException {
        Map<String, String> files = new HashMap<>();
        StringBuilder resources = new StringBuilder("resources:\n");
        for (int i = 0; i < 50; i++) {
            files.put("base/" + i + ".yaml", configMap(i, "one"));
            resources.append("- ").append(i).append(".yaml\n");
        }
        files.put("base/kustomization.yaml", resources.toString());
        files.put(
                "overlay/kustomization.yaml",
                "resources: [../base]\nnamePrefix: a-\nnamespace: n\nlabels: [{pairs: {a: b}}]\n");
        Renderer renderer = new Renderer();
        List<Manifest> before =
                renderer.render(MapSnapshot.of(files), "overlay").objects();
        files.put("base/7.yaml", configMap(7, "two"));
        List<Manifest> after = renderer.render(MapSnapshot.of(files), "overlay").objects();
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).key().name().equals("a-c7")) {
                assertEquals(
                        "two", after.get(i).content().get("data") instanceof Map<?, ?> data ? data.get("x") : null);
            } else {
                assertSame(before.get(i), after.get(i));
            }
        }
    }

    /** More is to be said of them than is ever printed, in a folder and by the references that follow at the end. */
    @Test
    void manyArgoObjectsAreMadeOnceAndReportedAlike() throws SourceException {
        Map<String, String> files = new HashMap<>();
        StringBuilder resources = new StringBuilder("images: [{name: app, newTag: v2}]\nresources:\n");
        for (int i = 0; i < Problems.MAX_ARGO; i++) {
            files.put("base/" + i + ".yaml", workflowTemplate(i, "app:v1"));
            resources.append("- ").append(i).append(".yaml\n");
        }
        files.put("base/kustomization.yaml", resources.toString());
        files.put("overlay/kustomization.yaml", "resources: [../base]\nnamePrefix: a-\n");
        Renderer renderer = new Renderer().with(RenderOptions.ARGO);
        Rendering before = renderer.render(MapSnapshot.of(files), "overlay");
        assertEquals(Problems.MAX_ARGO + 1, before.findings().size());
        assertEquals(
                "more than 1000 of these; the others are not listed",
                before.findings().getLast().message());
        for (String image : List.of("other", "app:v1", "app:v3")) {
            files.put("base/7.yaml", workflowTemplate(7, image));
            Rendering after = renderer.render(MapSnapshot.of(files), "overlay");
            assertEquals(
                    RenderingText.of(new Renderer().render(MapSnapshot.of(files), "overlay", RenderOptions.ARGO)),
                    RenderingText.of(after));
            for (int i = 0; i < before.objects().size(); i++) {
                Manifest object = before.objects().get(i);
                if (!object.key().name().equals("a-t7")) {
                    assertSame(object, after.objects().get(i), object.key() + " was made again");
                }
            }
        }
    }

    private static String workflowTemplate(int i, String image) {
        return "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata: {name: t" + i
                + "}\nspec: {templates: [{name: a, container: {image: \"" + image
                + "\"}}, {name: b, steps: [[{name: c, templateRef: {name: t" + (i + 1) % 50 + ", template: a}}]]}]}\n";
    }

    private static String configMap(int i, String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c" + i + "}\ndata: {x: " + value + "}\n";
    }
}
