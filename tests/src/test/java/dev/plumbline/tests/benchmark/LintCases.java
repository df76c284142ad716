package dev.plumbline.tests.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/** Templates to lint: each a DAG of tasks that hand values on, without a finding that is more than advice. */
final class LintCases {

    /** Lines of a template, at least. */
    static final int LINES = 150;

    private static final int TASKS = 4;

    private LintCases() {}

    /** So many templates in {@code templates/}, and the kustomization that lists them. */
    static Map<String, String> repository(int templates) {
        Map<String, String> files = new LinkedHashMap<>();
        StringBuilder kustomization = new StringBuilder("namespace: ml\nresources:\n");
        for (int i = 0; i < templates; i++) {
            String file = "pipeline-%04d.yaml".formatted(i);
            files.put("templates/" + file, template(i, "s3://data/"));
            kustomization.append("- ").append(file).append('\n');
        }
        files.put("templates/kustomization.yaml", kustomization.toString());
        return files;
    }

    /** One template with this default of its parameter. */
    static String template(int number, String data) {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: argoproj.io/v1alpha1
                kind: WorkflowTemplate
                metadata:
                  name: pipeline-%d
                  labels:
                    team: forecasts
                  annotations:
                    workflows.argoproj.io/title: Pipeline %d
                    workflows.argoproj.io/description: Reads rows and hands them on.
                spec:
                  entrypoint: main
                  activeDeadlineSeconds: 3600
                  arguments:
                    parameters:
                    - name: data
                      description: Where the rows are.
                      value: %s
                  ttlStrategy:
                    secondsAfterCompletion: 86400
                  templates:
                  - name: main
                    inputs:
                      parameters:
                      - name: data
                        value: '{{workflow.parameters.data}}'
                    dag:
                      tasks:
                """.formatted(number, number, data));
        for (int i = 0; i < TASKS; i++) {
            yaml.append(task(i));
        }
        for (int i = 0; i < TASKS; i++) {
            yaml.append(leaf(i));
        }
        return yaml.toString();
    }

    private static String task(int i) {
        return """
                      - name: step-%d
                        template: step-%d
                        %s
                        arguments:
                          parameters:
                          - name: rows
                            value: '%s'
                          - name: label
                            value: '{{workflow.name}}-{{inputs.parameters.data}}'
                """.formatted(
                i,
                i,
                i == 0 ? "when: '{{workflow.status}} != Failed'" : "depends: step-" + (i - 1) + ".Succeeded",
                i < 2 ? "{{inputs.parameters.data}}" : "{{tasks.step-" + (i - 1) + ".outputs.parameters.rows}}");
    }

    private static String leaf(int i) {
        return """
                  - name: step-%d
                    inputs:
                      parameters:
                      - name: rows
                      - name: label
                    retryStrategy:
                      limit: '2'
                    container:
                      image: python:3.13
                      command: [python]
                      args: ['--rows', '{{inputs.parameters.rows}}', '--label', '{{inputs.parameters.label}}']
                      env:
                      - name: RUN
                        value: '{{workflow.name}}'
                      resources:
                        limits:
                          cpu: '1'
                          memory: 1Gi
                    outputs:
                      parameters:
                      - name: rows
                        valueFrom:
                          path: /out/rows
                """.formatted(i);
    }
}
