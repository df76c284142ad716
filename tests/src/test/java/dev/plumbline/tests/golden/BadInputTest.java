package dev.plumbline.tests.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.source.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a bad repository is told: the file, line and column to blame, and the way out. Nothing is rendered then. */
class BadInputTest {

    private static final String CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

    private static Map<String, byte[]> files(String... pathsAndTexts) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    private static void refused(String placeAndRule, Map<String, byte[]> files) throws Exception {
        Rendering rendering = new Renderer().render(MapSnapshot.ofBytes(files), "");
        assertTrue(rendering.objects().isEmpty(), "something was rendered");
        assertEquals(
                placeAndRule,
                rendering.findings().stream()
                        .filter(Finding::isError)
                        .map(finding -> finding.location() + " " + finding.rule())
                        .collect(Collectors.joining("\n")));
        for (Finding finding : rendering.findings()) {
            assertFalse(finding.fix().isBlank(), "no way out: " + finding);
        }
    }

    @Test
    void missingFile() throws Exception {
        refused(
                "kustomization.yaml:2:3 render-missing-file",
                files("kustomization.yaml", "resources:\n- missing.yaml\n"));
    }

    @Test
    void pathOutOfTheTree() throws Exception {
        refused("kustomization.yaml:2:3 render-path", files("kustomization.yaml", "resources:\n- ../out.yaml\n"));
    }

    @Test
    void symbolicLinkOutOfTheTree() throws Exception {
        refused(
                "kustomization.yaml:2:3 render-missing-file",
                files("kustomization.yaml", "resources:\n- link.yaml\n", "link.yaml", "-> ../../etc/passwd"));
    }

    @Test
    void cycle() throws Exception {
        refused(
                "b/kustomization.yaml:1:13 render-cycle",
                files(
                        "kustomization.yaml", "resources: [a]\n",
                        "a/kustomization.yaml", "resources: [../b]\n",
                        "b/kustomization.yaml", "resources: [../a]\n"));
    }

    @Test
    void aMillionAliases() throws Exception {
        String text = CONFIG_MAP + "data: &d {k: v}\nlist:\n" + "- *d\n".repeat(1_000_000);
        refused("a.yaml:1006:3 yaml-too-large", files("kustomization.yaml", "resources: [a.yaml]\n", "a.yaml", text));
    }

    @Test
    void aHundredMegabytes() throws Exception {
        Map<String, byte[]> files = files("kustomization.yaml", "resources:\n- a.yaml\n");
        files.put("a.yaml", new byte[100 * 1024 * 1024]);
        assertTrue(Snapshot.MAX_FILE_BYTES < 100 * 1024 * 1024);
        refused("kustomization.yaml:2:3 render-too-large", files);
    }

    @Test
    void aKustomizationOfAHundredMegabytes() throws Exception {
        Map<String, byte[]> files = files("kustomization.yaml", "resources:\n- base\n");
        files.put("base/kustomization.yaml", new byte[100 * 1024 * 1024]);
        refused("base/kustomization.yaml:1:1 render-too-large", files);
    }

    @Test
    void notUtf8() throws Exception {
        Map<String, byte[]> files = files("kustomization.yaml", "resources: [a.yaml]\n");
        files.put("a.yaml", (CONFIG_MAP + "data: {k: \u00e9}\n").getBytes(StandardCharsets.ISO_8859_1));
        refused("a.yaml:4:11 yaml-encoding", files);
    }

    @Test
    void duplicateKey() throws Exception {
        refused(
                "a.yaml:5:1 yaml-duplicate-key",
                files("kustomization.yaml", "resources: [a.yaml]\n", "a.yaml", CONFIG_MAP + "data: {}\ndata: {}\n"));
    }

    @Test
    void unknownField() throws Exception {
        refused(
                "kustomization.yaml:2:8 render-unknown-field",
                files("kustomization.yaml", "resources: [a.yaml]\nlabel: {}\n", "a.yaml", CONFIG_MAP));
    }

    @Test
    void twoObjectsWithOneId() throws Exception {
        refused(
                "b.yaml:1:1 render-duplicate-object",
                files(
                        "kustomization.yaml",
                        "resources: [a.yaml, b.yaml]\n",
                        "a.yaml",
                        CONFIG_MAP,
                        "b.yaml",
                        CONFIG_MAP));
    }

    @Test
    void patchWithoutItsObject() throws Exception {
        refused(
                "patch.yaml:1:1 render-no-target",
                files(
                        "kustomization.yaml",
                        "resources: [a.yaml]\npatches:\n- path: patch.yaml\n",
                        "a.yaml",
                        CONFIG_MAP,
                        "patch.yaml",
                        CONFIG_MAP.replace("name: a", "name: other")));
    }
}
