package dev.plumbline.registry.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person reads when something is wrong. */
class ValidatorTest {

    private static final String TEMPLATE = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: train-template}
            spec:
              entrypoint: main
              templates:
              - name: main
                inputs:
                  parameters:
                  - {name: data}
                container:
                  image: python:3.13
                  command: [python, '{{inputs.parameters.data}}']
            """;

    @Test
    void aDanglingReferenceNamesPlaceAndWhatExistsInstead() {
        assertEquals(
                List.of("cron.yaml:6:46: error: spec.workflowSpec.workflowTemplateRef.name names"
                        + " WorkflowTemplate/trian-template, which this rendering does not have; add it to the kustomization,"
                        + " or correct the name: did you mean 'train-template'? [dangling-reference]"),
                lines("cron.yaml", cron("trian-template") + "---\n" + TEMPLATE));
    }

    @Test
    void aReferenceThatAPrefixBrokeNamesThePrefixedObject() {
        String line = lines("cron.yaml", cron("train") + "---\n" + TEMPLATE).getFirst();
        assertTrue(line.contains("it exists as 'train-template': let kustomize rename this reference too"), line);
    }

    @Test
    void aReferenceIntoAnotherNamespaceSaysWhereTheObjectIs() {
        String elsewhere = TEMPLATE.replace("name: train-template", "name: train-template, namespace: dev");
        String line =
                lines("cron.yaml", cron("train-template") + "---\n" + elsewhere).getFirst();
        assertTrue(line.contains("it exists in namespace 'dev', but is looked for in ''"), line);
    }

    @Test
    void aMissingArgumentIsSaidInTheWordsOfArgo() {
        String line = lines("pipeline.yaml", TEMPLATE + """
                                  - name: pipeline
                                    dag:
                                      tasks:
                                      - {name: go, template: main}
                                """).getFirst();
        assertEquals(
                "pipeline.yaml:17:9: error: templates.pipeline.tasks.go does not pass parameter 'data', which template 'main'"
                        + " requires; add it to arguments.parameters, or give the input a default [missing-argument]",
                line);
    }

    @Test
    void findingsAreBounded() {
        StringBuilder yaml = new StringBuilder("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n");
        for (int i = 0; i < Validator.MAX_FINDINGS + 5; i++) {
            yaml.append("    l").append(i).append(": not a value\n");
        }
        List<Finding> findings = Validator.validate(Examples.objects(yaml.toString()));
        assertEquals(Validator.MAX_FINDINGS + 1, findings.size());
        assertEquals("too-many-findings", findings.getLast().rule());
    }

    @Test
    void hostileContentIsNoBug() {
        String odd = """
                apiVersion: argoproj.io/v1alpha1
                kind: WorkflowTemplate
                metadata: [1, 2]
                spec: {templates: [null, 3, {name: 4, dag: {tasks: [null, {name: {}}, {depends: [a]}]}, steps: {a: b}},
                  {inputs: {parameters: {a: 1}, artifacts: [null]}, dag: [], container: text, volumes: x}], arguments: 7, hooks: [1]}
                """;
        assertTrue(Finding.anyError(Validator.validate(Examples.objects(odd))));
        for (String spec : List.of("null", "3", "[]", "text", "{templates: {}}", "{workflowTemplateRef: [a]}")) {
            Validator.validate(Examples.objects(
                    "apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\nmetadata: {name: a}\nspec: " + spec));
        }
    }

    private static List<String> lines(String file, String yaml) {
        return Validator.validate(Examples.objects(file, yaml)).stream()
                .map(Finding::toString)
                .toList();
    }

    private static String cron(String template) {
        return """
                apiVersion: argoproj.io/v1alpha1
                kind: CronWorkflow
                metadata: {name: nightly}
                spec:
                  schedules: ['0 2 * * *']
                  workflowSpec: {workflowTemplateRef: {name: %s}, arguments: {parameters: [{name: data, value: a}]}}
                """.formatted(template);
    }
}
