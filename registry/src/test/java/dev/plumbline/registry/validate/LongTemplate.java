package dev.plumbline.registry.validate;

/** A WorkflowTemplate of about 155 lines against which no rule has anything: what speed is measured with. */
public final class LongTemplate {

    private static final int TASKS = 4;

    private LongTemplate() {}

    /**
     * The file.
     *
     * @param number part of its name
     * @param data default of its parameter
     */
    public static String yaml(int number, String data) {
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
