package dev.plumbline.registry.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.validate.Examples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleasesTest {

    private static final String YAML = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {threshold: '0.85'}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: train}
            spec:
              entrypoint: main
              templates:
              - name: main
                container: {image: 'python:3.13', command: [python]}
            """;

    @Test
    void holdsVersionsAndWhatTheyComeFrom() {
        Release release = release(YAML);
        assertTrue(release.valid(), release.findings().toString());
        assertEquals(3, release.objects().size());
        ObjectKey train = new ObjectKey("argoproj.io", "WorkflowTemplate", "", "train");
        Manifest rendered = Examples.objects(YAML).getLast();
        assertEquals(rendered.digest(), release.plain().get(train));
        assertEquals(List.of(train), List.copyOf(release.versions().keySet()));
    }

    @Test
    void whatACommitHoldsDoesNotDependOnWhatRulesSay() {
        List<Manifest> objects = Examples.objects(YAML.replace("entrypoint: main", "entrypoint: gone"));
        Release checked = Releases.release("a", objects, List.of());
        Release unchecked = Releases.unchecked("a", objects, List.of());

        assertFalse(checked.valid());
        assertTrue(unchecked.valid(), unchecked.findings().toString());
        assertEquals(checked.digest(), unchecked.digest());
        assertFalse(Releases.unchecked("a", objects, List.of(Finding.error("r", Location.of("f"), "m", "x")))
                .valid());
    }

    @Test
    void hasADigestForEver() {
        assertEquals(
                "sha256:59fccfd7317ceaf47b626f680e8574445332f42c67ccfae581899542087bb713",
                release(YAML).digest().value());
    }

    @Test
    void theDigestDoesNotDependOnOrderOrPlace() {
        List<Manifest> objects = Examples.objects(YAML);
        assertEquals(
                Releases.release("a", objects, List.of()).digest(),
                Releases.release(
                                "b",
                                Examples.objects("other.yaml", "\n\n" + YAML).reversed(),
                                List.of())
                        .digest());
    }

    @Test
    void theDigestChangesWithAnyContent() {
        assertNotEquals(
                release(YAML).digest(), release(YAML.replace("0.85", "0.9")).digest());
        assertNotEquals(
                release(YAML).digest(), release(YAML.replace("3.13", "3.14")).digest());
    }

    @Test
    void aBrokenRuleMakesItInvalid() {
        Release release = release(YAML.replace("entrypoint: main", "entrypoint: mian"));
        assertFalse(release.valid());
        assertEquals("unknown-template", release.findings().getFirst().rule());
    }

    @Test
    void aRenderingWithErrorsIsCheckedNoFurther() {
        Finding broken = Finding.error("yaml-syntax", new Location("a.yaml", 1, 1), "this is not YAML", "");
        Release release = Releases.release(
                "dev", Examples.objects(YAML.replace("entrypoint: main", "entrypoint: mian")), List.of(broken));
        assertEquals(List.of(broken), release.findings());
        assertEquals(Map.of(), release.versions());
        assertFalse(release.valid());
    }

    @Test
    void nothingAtAllIsAnError() {
        Release release = Releases.release("overlays/dev", List.of(), List.of());
        assertFalse(release.valid());
        assertEquals("release-empty", release.findings().getFirst().rule());
    }

    private static Release release(String yaml) {
        return Releases.release("overlays/dev", Examples.objects(yaml), List.of());
    }
}
