package dev.plumbline.registry.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A renderer that has seen earlier commits says of the next one exactly what a new one says, and makes again only what changed. */
class NextCommitTest {

    private static final int COMMITS = 60;

    private static void compare(long seed, int commits) throws SourceException {
        RandomTree tree = new RandomTree(seed);
        Renderer kept = new Renderer();
        Random random = new Random(seed);
        int rendered = 0;
        List<Map<String, String>> earlier = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
            Map<String, String> files = random.nextInt(8) == 0 && !earlier.isEmpty()
                    ? earlier.get(random.nextInt(earlier.size()))
                    : tree.next();
            earlier.add(files);
            for (String path : List.of("overlays/one", "overlays/two", "")) {
                Rendering fresh = new Renderer().render(MapSnapshot.of(files), path);
                Rendering again = kept.render(MapSnapshot.of(files), path);
                assertEquals(
                        RenderingText.of(fresh),
                        RenderingText.of(again),
                        () -> "seed " + seed + ", path '" + path + "', files " + files);
                assertTrue(again.footprint().fits(MapSnapshot.of(files)));
                rendered += fresh.broken() ? 0 : 1;
            }
        }
        assertTrue(rendered > commits / 2, "seed " + seed + ": only " + rendered + " of " + 3 * commits + " rendered");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rendersAsFromScratch(long seed) throws SourceException {
        compare(seed, COMMITS);
    }

    @Test
    @Tag("proof")
    void rendersAsFromScratchForLong() throws SourceException {
        for (long seed = 1_000; seed < 1_300; seed++) {
            compare(seed, 2 * COMMITS);
        }
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

    private static String configMap(int i, String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c" + i + "}\ndata: {x: " + value + "}\n";
    }
}
