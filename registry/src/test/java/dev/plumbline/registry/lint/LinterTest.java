package dev.plumbline.registry.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.argo.ArgoVersion;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.MapSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What lint says about small repositories. */
class LinterTest {

    private static final String TEMPLATE = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata:
              name: train
            spec:
              entrypoint: main
              arguments:
                parameters:
                - {name: rows, value: '1'}
              templates:
              - name: main
                container:
                  image: python:3.13
                  command: [python]
                  args: ['{{workflow.parameters.rows}}']
            """;

    private static final String RUN = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: train-}
            spec:
              workflowTemplateRef: {name: train}
            """;

    private static final String OVERLAY = "namespace: ml-%s\nresources: [../../base]\n";

    private final Map<String, String> files = new HashMap<>(Map.of(
            "base/kustomization.yaml",
            "resources: [train.yaml]\n",
            "base/train.yaml",
            TEMPLATE,
            "overlays/dev/kustomization.yaml",
            OVERLAY.formatted("dev"),
            "overlays/live/kustomization.yaml",
            OVERLAY.formatted("live"),
            "examples/run.yaml",
            RUN));

    @Test
    void aGoodRepositoryHasNoFindings() throws Exception {
        LintReport report = lint();
        assertEquals(List.of(), lines(report));
        assertEquals(List.of("overlays/dev", "overlays/live"), report.overlays());
        // The template in two overlays, and the example in both.
        assertEquals(4, report.checked());
        assertFalse(report.anyError());
    }

    @Test
    void whatOverlaysShareIsOneFindingAtItsSource() throws Exception {
        edit("base/train.yaml", "workflow.parameters.rows", "inputs.parameters.row");
        assertEquals(List.of("base/train.yaml:15:14 unknown-variable overlays/dev,overlays/live"), lines(lint()));
        assertTrue(lint().anyError());
    }

    @Test
    void aPatchIsToBlameForWhatItBrings() throws Exception {
        files.put(
                "overlays/live/kustomization.yaml",
                OVERLAY.formatted("live") + "patches:\n- target: {kind: WorkflowTemplate}\n  path: patch.yaml\n");
        files.put(
                "overlays/live/patch.yaml",
                "- op: replace\n  path: /spec/templates/0/container/args/0\n  value: '{{inputs.parameters.row}}'\n");
        assertEquals(List.of("overlays/live/patch.yaml:3:10 unknown-variable overlays/live"), lines(lint()));
    }

    @Test
    void anExampleIsCheckedWhereItsTemplatesAre() throws Exception {
        edit("overlays/live/kustomization.yaml", "namespace", "nameSuffix: -b\nnamespace");
        assertEquals(List.of(), lines(lint()));
        edit("examples/run.yaml", "{name: train}", "{name: trian}");
        List<String> lines = lines(lint());
        assertEquals(
                1, lines.stream().map(line -> line.split(" ", -1)[0]).distinct().count(), lines.toString());
        assertTrue(lines.getFirst().startsWith("examples/run.yaml:5:31 dangling-reference"), lines.toString());
        edit("examples/run.yaml", "{generateName: train-}", "{generateName: train-, namespace: ml-dev}");
        edit("examples/run.yaml", "{name: trian}", "{name: train}");
        assertEquals(List.of(), lines(lint()));
    }

    @Test
    void aBrokenOverlayIsNotBlamedOnItsExamples() throws Exception {
        files.remove("overlays/live/kustomization.yaml");
        files.put("overlays/dev/kustomization.yaml", "resources: [nowhere.yaml]\n");
        List<String> lines = lines(lint());
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.getFirst().startsWith("overlays/dev/kustomization.yaml:1:13 render-"), lines.toString());
    }

    @Test
    void aSuppressionNeedsAReasonAndIsReported() throws Exception {
        edit(
                "base/train.yaml",
                "  - name: main\n",
                "  - name: main\n    inputs: {parameters: [{name: spare, value: a}]}\n");
        assertEquals(List.of("base/train.yaml:12:34 unused-parameter overlays/dev,overlays/live"), lines(lint()));
        annotate("unused-parameter: callers of last year pass it");
        LintReport report = lint();
        assertEquals(1, report.findings().size());
        assertEquals(
                "callers of last year pass it", report.findings().getFirst().suppressed());
        annotate("unused-parameter: ''");
        assertEquals(List.of("suppression", "unused-parameter"), rules(lint()));
        annotate("unused-parameter: passed\n    lint.plumbline.dev/cron-never-fires: it is no cron");
        assertEquals(List.of("suppression", "unused-parameter"), rules(lint()));
    }

    @Test
    void whatBlocksAReleaseCannotBeSuppressed() throws Exception {
        edit("base/train.yaml", "workflow.parameters.rows", "inputs.parameters.row");
        annotate("unknown-variable: later");
        LintReport report = lint();
        assertTrue(report.anyError());
        assertEquals(List.of("suppression", "unknown-variable"), rules(report));
    }

    @Test
    void theRepositorySaysWhatIsLintedAndWhatIsInTheCluster() throws Exception {
        edit("base/train.yaml", "entrypoint: main", "entrypoint: main\n  serviceAccountName: runner");
        assertEquals(List.of("missing-object"), rules(lint()));
        files.put("plumbline.yaml", """
                apiVersion: plumbline.dev/v1alpha1
                kind: LintConfiguration
                overlays: [overlays/dev]
                ignore: [examples/]
                declared:
                - {kind: ServiceAccount, namespace: ml-dev, name: runner}
                """);
        files.put("examples/broken.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: [\n");
        LintReport report = lint();
        assertEquals(List.of(), lines(report));
        assertEquals(List.of("overlays/dev"), report.overlays());
        edit("plumbline.yaml", "overlays:", "overlay:");
        assertEquals("lint-configuration", rules(lint()).getLast());
    }

    @Test
    void filesAloneSeeEachOtherWhetherTheyHaveANamespaceOrNot() throws Exception {
        files.clear();
        files.put("a/train.yaml", TEMPLATE.replace("name: train\n", "name: train\n  namespace: ml\n"));
        files.put("b/run.yaml", RUN);
        files.put("b/values.yaml", "rows: 5\n");
        files.put("b/empty.yaml", "");
        assertEquals(List.of(), lines(lint(LintOptions.STANDARD.withRoots(List.of("a", "b")))));
        assertEquals(List.of("dangling-reference"), rules(lint(LintOptions.STANDARD.withRoots(List.of("b/run.yaml")))));
        assertEquals(
                List.of("lint-no-object", "object-identity", "object-identity", "object-identity"),
                rules(lint(LintOptions.STANDARD.withRoots(List.of("b/values.yaml", "b/empty.yaml")))));
    }

    @Test
    void aNameThatIsANumberIsSaidAsSuch() throws Exception {
        files.clear();
        files.put("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: 5}\n");
        LintReport report = lint(LintOptions.STANDARD.withRoots(List.of("a.yaml")));
        assertEquals(List.of("object-identity"), rules(report));
        assertEquals(
                "metadata.name is 5, which is no text",
                report.findings().getFirst().finding().message());
    }

    @Test
    void aFileIsCheckedInTheOverlaysThatAreNamed() throws Exception {
        LintOptions options =
                LintOptions.STANDARD.withOverlays(List.of("overlays/dev")).withRoots(List.of("examples/run.yaml"));
        assertEquals(List.of(), lines(lint(options)));
        assertEquals(2, lint(options).checked());
    }

    @Test
    void olderVersionsAreJudgedByTheirOwnFields() throws Exception {
        files.put("examples/cron.yaml", """
                apiVersion: argoproj.io/v1alpha1
                kind: CronWorkflow
                metadata: {name: nightly}
                spec:
                  schedule: 0 2 * * *
                  workflowSpec:
                    workflowTemplateRef: {name: train}
                """);
        edit("base/train.yaml", "  - name: main\n", "  - name: main\n    pendingTimeout: 10m\n");
        assertEquals(List.of("cron-schedule", "v3-field"), errors(ArgoVersion.V4_1));
        assertEquals(List.of("unknown-field", "cron-schedule", "v3-field"), errors(ArgoVersion.V4_0));
        assertEquals(List.of("unknown-field"), errors(ArgoVersion.V3_7));
    }

    @Test
    void nothingToLintIsSaid() throws Exception {
        files.clear();
        files.put("readme.yaml", "a: b\n");
        assertEquals(List.of("lint-nothing"), rules(lint()));
    }

    private List<String> errors(ArgoVersion version) throws Exception {
        return lint(LintOptions.STANDARD.withArgo(version)).findings().stream()
                .filter(LintFinding::isError)
                .map(one -> one.finding().rule())
                .toList();
    }

    private void annotate(String annotation) {
        files.computeIfPresent(
                "base/train.yaml",
                (name, text) -> text.replaceFirst(
                        "(?s)name: train\n.*?spec:",
                        "name: train\n  annotations:\n    lint.plumbline.dev/" + annotation + "\nspec:"));
    }

    private void edit(String file, String what, String with) {
        assertTrue(files.getOrDefault(file, "").contains(what), file);
        files.computeIfPresent(file, (name, text) -> text.replace(what, with));
    }

    private LintReport lint() throws Exception {
        return lint(LintOptions.STANDARD);
    }

    private LintReport lint(LintOptions options) throws Exception {
        return new Linter(new Renderer(0)).lint(MapSnapshot.of(files), options);
    }

    private static List<String> rules(LintReport report) {
        return report.findings().stream().map(one -> one.finding().rule()).toList();
    }

    private static List<String> lines(LintReport report) {
        return report.findings().stream()
                .map(one -> one.place() + " " + one.finding().rule() + " " + String.join(",", one.overlays()))
                .toList();
    }
}
