package dev.plumbline.registry.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.diff.ManifestDiff;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.validate.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a change touches is found through everything in between. */
class TouchedTest {

    private static final String OBJECTS = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {depth: '1'}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: fit}
            spec:
              templates:
              - name: fit
                container:
                  image: 'i:1'
                  command: [fit]
                  envFrom: [{configMapRef: {name: settings}}]
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: train}
            spec:
              entrypoint: main
              arguments: {parameters: [{name: MODEL_NAME, value: churn}]}
              templates:
              - name: main
                dag: {tasks: [{name: fit, templateRef: {name: fit, template: fit}}]}
                outputs: {parameters: [{name: Model_Name, value: churn}]}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: unrelated}
            spec:
              templates:
              - name: main
                container: {image: 'i:1', command: [x]}
                outputs: {parameters: [{name: model-name, value: other}]}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: CronWorkflow
            metadata: {name: nightly}
            spec:
              schedules: ['0 2 * * *']
              timezone: Etc/UTC
              workflowSpec:
                workflowTemplateRef: {name: train}
                arguments: {parameters: [{name: model_name, value: weekly-churn}]}
            """;

    private static Touched touched(String before, String after) {
        List<Manifest> is = after.isEmpty() ? List.of() : Examples.objects(after);
        return new Touched(is, ManifestDiff.between(before.isEmpty() ? List.of() : Examples.objects(before), is));
    }

    private static List<String> models(Touched touched) {
        return touched.models().stream()
                .map(model -> model.producer().name() + " " + model.model() + " " + model.causes())
                .toList();
    }

    private static List<String> schedules(Touched touched) {
        return touched.schedules().stream()
                .map(schedule -> schedule.before() + " -> " + schedule.after() + " " + schedule.causes())
                .toList();
    }

    @Test
    void throughTemplatesAndConfiguration() {
        Touched touched = touched(OBJECTS, OBJECTS.replace("depth: '1'", "depth: '2'"));
        assertEquals(
                List.of("nightly weekly-churn [ConfigMap//settings]", "train churn [ConfigMap//settings]"),
                models(touched));
        assertEquals(
                List.of("every day at 02:00, Etc/UTC -> every day at 02:00, Etc/UTC [ConfigMap//settings]"),
                schedules(touched));
    }

    @Test
    void nothingWhereNothingChanges() {
        Touched touched = touched(OBJECTS, OBJECTS);
        assertEquals(List.of(), models(touched));
        assertEquals(List.of(), schedules(touched));
    }

    @Test
    void whatComesAndWhatGoes() {
        assertEquals(
                List.of("nightly", "train", "unrelated"),
                touched(OBJECTS, "").models().stream()
                        .map(model -> model.producer().name())
                        .toList());
        assertEquals(3, touched("", OBJECTS).models().size());
        assertEquals("", touched(OBJECTS, "").schedules().getFirst().after());
        assertEquals("", touched("", OBJECTS).schedules().getFirst().before());
    }

    @Test
    void aTemplateThatGoesTouchesWhatRunsIt() {
        int cut = OBJECTS.indexOf("---\n", OBJECTS.indexOf("kind: ConfigMap"));
        String without = OBJECTS.substring(0, cut)
                + OBJECTS.substring(OBJECTS.indexOf("---\n", OBJECTS.indexOf("metadata: {name: fit}")));
        assertEquals(
                List.of(
                        "nightly weekly-churn [WorkflowTemplate.argoproj.io//fit]",
                        "train churn [WorkflowTemplate.argoproj.io//fit]"),
                models(touched(OBJECTS, without)));
    }
}
