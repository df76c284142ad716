package dev.plumbline.registry.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RendererTest {

    private static final Map<String, String> REPOSITORY = Map.of(
            "base/kustomization.yaml",
            """
            resources:
            - web.yaml
            configMapGenerator:
            - name: steps
              files: [train.py]
            """,
            "base/web.yaml",
            """
            # a comment
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
            spec:
              replicas: 1
            """,
            "base/train.py",
            "print(1)\n",
            "overlay/kustomization.yaml",
            """
            namespace: dev
            resources:
            - ../base
            patches:
            - path: patch.yaml
            - target: {kind: Deployment}
              patch: |
                - op: add
                  path: /spec/paused
                  value: true
            """,
            "overlay/patch.yaml",
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
            spec:
              replicas: 3
            """,
            "unread.txt",
            "x");

    private static Rendering render(Map<String, String> files, String path) throws SourceException {
        return new Renderer().render(MapSnapshot.of(files), path);
    }

    private static Manifest named(Rendering rendering, String prefix) {
        return rendering.objects().stream()
                .filter(manifest -> manifest.key().name().startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyObjectKnowsWhatMadeIt() throws SourceException {
        Manifest web = named(render(REPOSITORY, "overlay"), "web");
        assertEquals(new Location("base/web.yaml", 2, 1), web.origin().resource());
        assertEquals(
                List.of("overlay/patch.yaml:1:1", "overlay/kustomization.yaml:8"),
                web.origin().patches().stream().map(Location::toString).toList());
        assertEquals(
                List.of("base/kustomization.yaml", "overlay/kustomization.yaml"),
                web.origin().kustomizations());
        Manifest steps = named(render(REPOSITORY, "overlay"), "steps");
        assertEquals(List.of("base/train.py"), steps.origin().files());
        assertEquals(
                new Location("base/kustomization.yaml", 4, 3), steps.origin().resource());
    }

    @Test
    void everyFieldKnowsWhereItWasWritten() throws SourceException {
        Manifest web = named(render(REPOSITORY, "overlay"), "web");
        assertEquals("base/web.yaml:3:7", web.locate("kind").toString());
        assertEquals("overlay/patch.yaml:6:13", web.locate("spec", "replicas").toString());
        assertEquals(
                "overlay/kustomization.yaml:10", web.locate("spec", "paused").toString());
        assertEquals(
                "overlay/kustomization.yaml:1:12",
                web.locate("metadata", "namespace").toString());
    }

    @Test
    void readSetNamesWhatWasReadAndWhatWasLookedFor() throws SourceException {
        Rendering rendering = render(REPOSITORY, "overlay");
        assertTrue(rendering
                .readSet()
                .containsAll(List.of(
                        "base/kustomization.yaml",
                        "base/kustomization.yml",
                        "base/web.yaml",
                        "base/train.py",
                        "overlay/patch.yaml")));
        assertTrue(!rendering.readSet().contains("unread.txt"));
    }

    @Test
    void keptFilesDoNotChangeWhatIsRendered() throws SourceException {
        Renderer renderer = new Renderer();
        Rendering first = renderer.render(MapSnapshot.of(REPOSITORY), "overlay");
        Rendering again = renderer.render(MapSnapshot.of(REPOSITORY), "overlay");
        assertEquals(first.objects(), again.objects());
        assertEquals(first.objects(), render(REPOSITORY, "overlay").objects());
        Map<String, String> edited = new TreeMap<>(REPOSITORY);
        edited.put("base/train.py", "print(2)\n");
        assertEquals(
                render(edited, "overlay").objects(),
                renderer.render(MapSnapshot.of(edited), "overlay").objects());
    }

    @Test
    void linksAreFollowedInsideTheTreeOnly() throws SourceException {
        Map<String, String> files = new TreeMap<>(REPOSITORY);
        files.put("base/web.yaml", "-> ../other/web.yaml");
        files.put("other/web.yaml", REPOSITORY.get("base/web.yaml"));
        assertEquals(List.of(), render(files, "overlay").findings());
        files.put("base/web.yaml", "-> ../../../etc/passwd");
        Finding finding = render(files, "overlay").findings().getFirst();
        assertEquals("render-missing-file", finding.rule());
        assertEquals("base/kustomization.yaml:2:3", String.valueOf(finding.location()));
    }

    @Test
    void aMissingFolderIsSaid() throws SourceException {
        assertEquals(
                "there is no folder gone",
                render(REPOSITORY, "gone").findings().getFirst().message());
        assertEquals(
                "render-no-kustomization",
                render(REPOSITORY, "").findings().getFirst().rule());
    }

    /** Any change of any character gives objects or findings, never an exception, and never both errors and objects. */
    @Test
    void damagedFilesGiveFindingsOnly() throws SourceException {
        Random random = new Random(7);
        List<String> paths = List.copyOf(new TreeSet<>(REPOSITORY.keySet()));
        String letters = "{}[]:-&*!|>'\"%@`,#?\n\t ab01~\\$\u0000\u00e9";
        Renderer renderer = new Renderer();
        for (int i = 0; i < 3_000; i++) {
            Map<String, String> files = new TreeMap<>(REPOSITORY);
            for (int change = random.nextInt(3); change >= 0; change--) {
                String path = paths.get(random.nextInt(paths.size()));
                StringBuilder text = new StringBuilder(files.get(path));
                int at = random.nextInt(text.length() + 1);
                int end = Math.min(text.length(), at + random.nextInt(4));
                text.replace(at, end, String.valueOf(letters.charAt(random.nextInt(letters.length()))));
                files.put(path, text.toString());
            }
            Rendering rendering = renderer.render(MapSnapshot.of(files), "overlay");
            assertEquals(rendering.broken(), rendering.objects().isEmpty());
            rendering.findings().forEach(finding -> assertTrue(finding.location() != null, finding.toString()));
        }
    }
}
