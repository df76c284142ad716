package dev.plumbline.registry.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.template.Catalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The overlays that are shipped become Releases without a finding, but that the embedded runner does not apply resources, which
 * it says before such a run starts.
 */
class ShippedOverlaysTest {

    private static final Path ROOT = Path.of("..");

    @TestFactory
    Stream<DynamicTest> everyOverlayIsWithoutFindings() throws IOException {
        Map<String, String> files = files();
        List<String> overlays = files.keySet().stream()
                .filter(file -> file.matches("overlays/[^/]+/kustomization.yaml"))
                .map(file -> file.substring(0, file.lastIndexOf('/')))
                .toList();
        assertFalse(overlays.isEmpty());
        return overlays.stream()
                .map(overlay -> DynamicTest.dynamicTest(overlay, () -> {
                    Release release = release(files, overlay);
                    assertEquals(
                            List.of(),
                            release.findings().stream()
                                    .filter(finding -> !finding.rule().equals("runner-refuses"))
                                    .toList());
                    assertTrue(
                            release.findings().stream()
                                    .allMatch(finding -> String.valueOf(finding.location())
                                            .startsWith("pipelines/model-deployment/")),
                            release.findings()::toString);
                    assertTrue(Catalogue.of(release)
                            .names()
                            .containsAll(List.of(
                                    "data-validation-template",
                                    "model-training-template",
                                    "model-deployment-template",
                                    "model-retraining-template",
                                    "ml-pipeline-template")));
                }));
    }

    @Test
    void anEditOfAStepIsANewVersionOfItsTemplateAndOfThoseThatReferToIt() throws Exception {
        Map<String, String> files = files();
        Release before = release(files, "overlays/local");
        files.merge("pipelines/model-training/steps/train.py", "\n# edited\n", String::concat);
        Release after = release(files, "overlays/local");
        before.versions()
                .forEach((plain, version) -> assertEquals(
                        List.of("data-validation-template", "model-deployment-template")
                                .contains(plain.name()),
                        version.equals(after.versions().get(plain)),
                        plain.name()));
    }

    @Test
    void aDeniedPolicyBlocksTheReleaseAndNamesItsPlace() throws Exception {
        Map<String, String> files = files();
        files.computeIfPresent(
                "pipelines/model-training/template.yaml",
                (name, text) -> text.replace("  activeDeadlineSeconds: 3600\n  arguments:", "  arguments:"));
        Release release = release(files, "overlays/local");
        assertFalse(release.valid());
        assertEquals(
                List.of("pipelines/model-training/template.yaml:1:1: error: policy 'deadline-required' denies it: set"
                        + " spec.activeDeadlineSeconds, so that a run that hangs ends; see"
                        + " policies/deadline-required/README.md [policy-deadline-required]"),
                release.findings().stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .map(String::valueOf)
                        .toList());
    }

    @Test
    void aSchemaFaultBlocksTheReleaseAndNamesItsPlace() throws Exception {
        Map<String, String> files = files();
        files.computeIfPresent(
                "pipelines/model-training/template.yaml",
                (name, text) -> text.replace("  onExit: report\n", "  onExit: report\n  parallelism: 0\n"));
        Release release = release(files, "overlays/local");
        assertFalse(release.valid());
        assertTrue(
                release.findings().stream()
                        .map(String::valueOf)
                        .anyMatch(finding -> finding.startsWith("pipelines/model-training/template.yaml:14:16: error:"
                                + " spec.parallelism: Invalid value: 0: should be greater than or equal to 1")),
                () -> release.findings().toString());
    }

    @Test
    void aBrokenPolicyBlocksTheRelease() throws Exception {
        Map<String, String> files = files();
        files.computeIfPresent(
                "policies/ttl-required/policy.yaml", (name, text) -> text.replace("variables.own", "variables.owm"));
        Release release = release(files, "overlays/local");
        assertFalse(release.valid());
        assertTrue(
                release.findings().stream().anyMatch(finding -> finding.rule().equals("policy-expression")),
                release.findings()::toString);
    }

    private static Release release(Map<String, String> files, String overlay) throws Exception {
        MapSnapshot snapshot = MapSnapshot.of(files);
        Rendering rendering = new Renderer().render(snapshot, overlay);
        return Releases.release(
                overlay,
                rendering.objects(),
                rendering.findings(),
                new ObjectChecks(),
                new PolicyFiles().judge(snapshot, rendering.objects()));
    }

    private static Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String folder : List.of("pipelines", "overlays", "policies")) {
            try (Stream<Path> paths = Files.walk(ROOT.resolve(folder))) {
                for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                    String name = ROOT.relativize(path).toString().replace('\\', '/');
                    files.put(name, new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
                }
            }
        }
        return files;
    }
}
