package dev.plumbline.tests.benchmark;

import dev.plumbline.registry.validate.LongTemplate;
import java.util.LinkedHashMap;
import java.util.Map;

/** Templates to lint: each a DAG of tasks that hand values on, without a finding that is more than advice. */
final class LintCases {

    /** Lines of a template, at least. */
    static final int LINES = 150;

    private LintCases() {}

    /** So many templates in {@code templates/}, and the kustomization that lists them. */
    static Map<String, String> repository(int templates) {
        Map<String, String> files = new LinkedHashMap<>();
        StringBuilder kustomization = new StringBuilder("namespace: ml\nresources:\n");
        for (int i = 0; i < templates; i++) {
            String file = "pipeline-%04d.yaml".formatted(i);
            files.put("templates/" + file, LongTemplate.yaml(i, "s3://data/"));
            kustomization.append("- ").append(file).append('\n');
        }
        files.put("templates/kustomization.yaml", kustomization.toString());
        return files;
    }
}
