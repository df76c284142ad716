package dev.plumbline.registry.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.argo.References;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.render.RenderOptions;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A dangling reference says which kustomization introduced it and what exists instead. */
class IntroductionTest {

    private static final String SCHEDULE = """
            apiVersion: argoproj.io/v1alpha1
            kind: CronWorkflow
            metadata: {name: daily}
            spec:
              schedules: ['0 2 * * *']
              timezone: UTC
              concurrencyPolicy: Forbid
              workflowSpec:
                workflowTemplateRef: {name: train}
            """;

    private static final String TEMPLATE = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: train}
            spec:
              entrypoint: main
              templates:
              - {name: main, suspend: {}}
            """;

    private final Map<String, String> files = new HashMap<>(Map.of(
            "base/kustomization.yaml",
            "resources: [schedule.yaml, template.yaml]",
            "base/schedule.yaml",
            SCHEDULE,
            "base/template.yaml",
            TEMPLATE,
            "middle/kustomization.yaml",
            "resources: [../base]\nlabels: [{pairs: {a: b}}]"));

    private List<String> dangling(String overlay) throws SourceException {
        files.put("overlay/kustomization.yaml", overlay);
        return dangling(new Renderer().render(MapSnapshot.of(files), "overlay"));
    }

    private static List<String> dangling(Rendering rendering) {
        assertEquals(false, rendering.broken(), rendering.findings().toString());
        return said("dangling-reference", rendering);
    }

    private static List<String> said(String rule, Rendering rendering) {
        return Validator.lint(rendering.objects()).stream()
                .filter(finding -> finding.rule().equals(rule))
                .map(Finding::toString)
                .toList();
    }

    private static void assertSays(List<String> findings, String... parts) {
        assertEquals(1, findings.size(), findings.toString());
        for (String part : parts) {
            assertTrue(findings.getFirst().contains(part), findings.getFirst());
        }
    }

    @Test
    void aPrefixIsTheOverlaysDoing() throws SourceException {
        assertSays(
                dangling("resources: [../middle]\nnamePrefix: dev-"),
                "base/schedule.yaml:9:33",
                "names WorkflowTemplate/train",
                "overlay/kustomization.yaml introduced that, where it became dev-train",
                "it exists as 'dev-train'");
        assertEquals(
                List.of(),
                dangling(new Renderer().render(MapSnapshot.of(files), "overlay", RenderOptions.ARGO)),
                "and with Argo awareness nothing dangles");
    }

    @Test
    void aPrefixInTheMiddleIsNotTheOverlaysDoing() throws SourceException {
        files.put("middle/kustomization.yaml", "resources: [../base]\nnameSuffix: -x");
        assertSays(
                dangling("resources: [../middle]\nnamePrefix: dev-"),
                "middle/kustomization.yaml introduced that, where it became train-x",
                "'dev-train-x'");
    }

    @Test
    void aNamespaceOfOneOfBothIsSaid() throws SourceException {
        files.put("base/kustomization.yaml", "resources: [schedule.yaml]");
        files.put("other/kustomization.yaml", "resources: [template.yaml]\nnamespace: ml");
        files.put("other/template.yaml", TEMPLATE);
        assertSays(
                dangling("resources: [../middle, ../other]"),
                "overlay/kustomization.yaml introduced that, where it has namespace ml and this object default",
                "it exists in namespace 'ml'");
    }

    @Test
    void aPatchThatNamesNothingIsNamed() throws SourceException {
        files.put("overlay/patch.yaml", """
                apiVersion: argoproj.io/v1alpha1
                kind: CronWorkflow
                metadata: {name: daily}
                spec:
                  workflowSpec:
                    workflowTemplateRef: {name: trian}
                """);
        assertSays(
                dangling("resources: [../middle]\npatches: [{path: patch.yaml}]"),
                "overlay/kustomization.yaml introduced that, with the patch overlay/patch.yaml:6:33",
                "did you mean 'train'?");
    }

    @Test
    void aBaseThatNeverHadItIsNamed() throws SourceException {
        files.put("base/kustomization.yaml", "resources: [schedule.yaml]");
        assertSays(
                dangling("resources: [../middle]"),
                "base/kustomization.yaml introduced that, with base/schedule.yaml:9:33",
                "there is no WorkflowTemplate here");
    }

    @Test
    void theHashOfAGeneratorIsNamed() throws SourceException {
        files.put("base/template.yaml", TEMPLATE + "  volumes: [{name: steps, configMap: {name: steps}}]\n");
        files.put(
                "overlay/kustomization.yaml",
                "resources: [../middle]\nconfigMapGenerator: [{name: steps, literals: [a=b]}]");
        List<Manifest> objects =
                new Renderer().render(MapSnapshot.of(files), "overlay").objects();
        Manifest template = objects.getLast();
        Reference reference = References.of(template.content()).getFirst();
        String said = Introduction.of(template, reference, new RenderedSet(objects));
        assertTrue(said.startsWith(": its generator at overlay/kustomization.yaml:2:"), said);
        assertTrue(said.endsWith(" introduced that, by the hash in its name"), said);
    }

    @Test
    void aConfigMapThatWasRenamedIsSaidToo() throws SourceException {
        files.put("base/template.yaml", TEMPLATE + "  volumes: [{name: steps, configMap: {name: steps}}]\n");
        files.put("base/settings.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: steps}\n");
        files.put("base/kustomization.yaml", "resources: [template.yaml, settings.yaml]");
        files.put("overlay/kustomization.yaml", "resources: [../middle]\nnamePrefix: dev-");
        assertSays(
                said("missing-object", new Renderer().render(MapSnapshot.of(files), "overlay")),
                "names ConfigMap/steps, which this rendering does not have: overlay/kustomization.yaml introduced that,"
                        + " where it became dev-steps",
                "it exists as 'dev-steps'");
    }

    @Test
    void aPatchThatRemovesWhatIsNamedIsSaid() throws SourceException {
        files.put("overlay/kustomization.yaml", """
                resources: [../middle]
                patches:
                - patch: |
                    apiVersion: argoproj.io/v1alpha1
                    kind: WorkflowTemplate
                    metadata: {name: train}
                    $patch: delete
                """);
        Rendering rendering = new Renderer().render(MapSnapshot.of(files), "overlay");
        assertEquals(
                List.of("overlay/kustomization.yaml:4: warning: the patch removes WorkflowTemplate/train, which"
                        + " CronWorkflow/daily still names (base/schedule.yaml:9:33); remove the reference too, or keep"
                        + " the object [render-argo-removed]"),
                rendering.findings().stream().map(Finding::toString).toList());
    }

    @Test
    void aClusterScopedTemplateIsFoundInWhateverNamespaceKustomizePutIt() throws SourceException {
        files.put("base/template.yaml", TEMPLATE.replace("kind: Workflow", "kind: ClusterWorkflow"));
        files.put("base/schedule.yaml", SCHEDULE.replace("{name: train}", "{name: train, clusterScope: true}"));
        assertEquals(List.of(), dangling("resources: [../middle]\nnamespace: ml"));
    }
}
