package dev.plumbline.registry.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long the rules take on a large repository. */
class SpeedTest {

    private static final int TEMPLATES = 1_000;
    private static final int TASKS = 5;
    private static final long MOST_MILLIS = 1_000;
    private static final int WARM_UP = 6;

    @Test
    void aThousandTemplatesTakeLessThanASecond() {
        List<Manifest> objects = new ArrayList<>();
        int lines = 0;
        for (int i = 0; i < TEMPLATES; i++) {
            String yaml = template(i);
            lines += yaml.split("\n", -1).length;
            objects.addAll(Examples.objects("t" + i + ".yaml", yaml));
        }
        assertTrue(lines >= TEMPLATES * 150, "lines of a template: " + lines / TEMPLATES);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < WARM_UP; i++) {
            long before = cpuMillis();
            List<Finding> findings = Validator.lint(objects);
            best = Math.min(best, cpuMillis() - before);
            assertEquals(List.of(), findings.stream().limit(3).toList());
        }
        System.out.println(
                "lint of " + TEMPLATES + " templates of " + lines / TEMPLATES + " lines takes " + best + " ms of CPU");
        assertTrue(best <= MOST_MILLIS, best + " ms");
    }

    private static long cpuMillis() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
    }

    private static String template(int number) {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: argoproj.io/v1alpha1
                kind: WorkflowTemplate
                metadata:
                  name: pipeline-%d
                spec:
                  entrypoint: main
                  arguments:
                    parameters:
                    - name: data
                      value: s3://data/
                  templates:
                  - name: main
                    inputs:
                      parameters:
                      - name: data
                        value: '{{workflow.parameters.data}}'
                    dag:
                      tasks:
                """.formatted(number));
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
