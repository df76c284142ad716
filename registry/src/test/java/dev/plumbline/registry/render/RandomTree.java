package dev.plumbline.registry.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A repository that changes at random from commit to commit: pipelines in folders of their own, each with a Deployment and a
 * WorkflowTemplate that names another pipeline's, and flat files; two overlays and a root over them, with a component, generators, patches, links, and now and then something broken.
 */
final class RandomTree {

    private static final int PIPELINES = 6;

    private final Random random;
    private final Map<String, String> files = new TreeMap<>();
    private final List<String> pipelines = new ArrayList<>();
    private int named;

    RandomTree(long seed) {
        random = new Random(seed);
        for (int i = 0; i < PIPELINES; i++) {
            addPipeline();
        }
        files.put("flat/a.yaml", deployment("web", "one") + "---\n" + service("web"));
        files.put("flat/b.yaml", deployment("api", "one"));
        files.put("component/kustomization.yaml", component());
        files.put("overlays/one/patch.yaml", deployment("web", "one").replace("replicas: 1", "replicas: 3"));
        writeLists();
        overlays();
    }

    /** The files of the next commit. */
    Map<String, String> next() {
        for (int i = random.nextInt(3); i >= 0; i--) {
            change();
        }
        return new TreeMap<>(files);
    }

    private void change() {
        String pipeline = pipelines.get(random.nextInt(pipelines.size()));
        switch (random.nextInt(16)) {
            case 0, 1 -> files.put(pipeline + "/template.yaml", template(name(pipeline)));
            case 2, 3 -> files.put(pipeline + "/step.py", "print(" + random.nextInt(4) + ")\n");
            case 4 -> files.put(pipeline + "/kustomization.yaml", kustomization(name(pipeline)));
            case 5 -> addPipeline();
            case 6 -> removePipeline(pipeline);
            case 7 -> files.put("flat/a.yaml", deployment("web", word()) + "---\n" + service("web"));
            case 8 -> files.put("flat/b.yaml", deployment(random.nextInt(6) == 0 ? "web" : "api", word()));
            case 9 -> files.put("component/kustomization.yaml", component());
            case 10, 11 -> overlays();
            case 12 -> files.put("README.md", word());
            case 13 -> files.merge(pipeline + "/template.yaml", "# note\n", String::concat);
            case 14 -> link();
            default -> breakOrMend(pipeline);
        }
        writeLists();
    }

    private void addPipeline() {
        String folder = "pipelines/p" + named++;
        pipelines.add(random.nextInt(pipelines.size() + 1), folder);
        files.put(folder + "/template.yaml", template(name(folder)));
        files.put(folder + "/step.py", "print(0)\n");
        files.put(folder + "/kustomization.yaml", kustomization(name(folder)));
    }

    private void removePipeline(String folder) {
        if (pipelines.size() > 2) {
            pipelines.remove(folder);
            files.keySet().removeIf(path -> path.startsWith(folder + "/"));
        }
    }

    private void link() {
        if (files.remove("flat/link.yaml") == null) {
            files.put("flat/link.yaml", "-> ../shared/" + (random.nextInt(3) == 0 ? "gone" : "linked") + ".yaml");
            files.put("shared/linked.yaml", service(word()));
        }
    }

    private void breakOrMend(String pipeline) {
        if (files.containsKey("broken.yaml")) {
            files.remove("broken.yaml");
        } else if (random.nextBoolean()) {
            files.put("broken.yaml", "kind: [");
        } else {
            files.put(pipeline + "/template.yaml", "kind: WorkflowTemplate\n");
            files.put(pipeline + "/template.yaml", template(name(pipeline)) + "yes: no\n");
        }
    }

    private void writeLists() {
        StringBuilder list = new StringBuilder("resources:\n");
        pipelines.forEach(folder -> list.append("- ").append(name(folder)).append('\n'));
        files.put("pipelines/kustomization.yaml", list.toString());
        String link = files.containsKey("flat/link.yaml") ? "- link.yaml\n" : "";
        files.put("flat/kustomization.yaml", "resources:\n- a.yaml\n- b.yaml\n" + link);
        String broken = files.containsKey("broken.yaml") ? "- broken.yaml\n" : "";
        files.put("kustomization.yaml", "resources:\n- pipelines\n- flat\n" + broken + "nameSuffix: -root\n");
    }

    private void overlays() {
        files.put("overlays/one/kustomization.yaml", overlay("one", random.nextInt(3) == 0));
        files.put("overlays/two/kustomization.yaml", overlay("two", false));
    }

    private String overlay(String name, boolean patchFile) {
        StringBuilder text = new StringBuilder("resources:\n- ../../pipelines\n- ../../flat\n");
        option(text, "namespace: " + name + "\n");
        option(text, "namePrefix: " + word() + "-\n");
        option(text, "labels:\n- pairs: {env: " + name + "}\n  includeSelectors: " + random.nextBoolean() + "\n");
        option(text, "commonAnnotations: {note: " + word() + "}\n");
        option(text, "components: [../../component]\n");
        option(text, "images: [{name: app, newTag: \"" + random.nextInt(3) + "\"}]\n");
        option(text, "replicas: [{name: api, count: " + random.nextInt(3) + "}]\n");
        option(text, "buildMetadata: [originAnnotations]\n".repeat(random.nextInt(8) == 0 ? 1 : 0));
        option(text, "configMapGenerator:\n- name: settings\n  literals: [a=" + word() + "]\n");
        option(
                text,
                "replacements:\n"
                        + "- source: {kind: Service, name: web, fieldPath: metadata.labels.tier}\n"
                        + "  targets:\n"
                        + "  - select: {kind: Deployment}\n"
                        + "    fieldPaths: [spec.template.metadata.labels.tier]\n"
                        + "    options: {create: true}\n");
        text.append("patches:\n"
                        + "- target: {kind: Deployment, name: w.*}\n"
                        + "  patch: |-\n"
                        + "    - {op: add, path: /spec/paused, value: ")
                .append(random.nextBoolean())
                .append("}\n");
        if (patchFile) {
            text.append("- path: patch.yaml\n");
        }
        workflowPatch(text);
        if (random.nextInt(4) == 0) {
            text.append("- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: ")
                    .append(random.nextInt(4) == 0 ? "unknown" : "api")
                    .append("}\n    $patch: delete\n");
        }
        return text.toString();
    }

    private void workflowPatch(StringBuilder text) {
        if (random.nextInt(3) == 0) {
            text.append("- target: {kind: WorkflowTemplate, name: p[1-3]}\n  patch: |-\n    kind: WorkflowTemplate\n")
                    .append("    metadata: {name: any}\n    spec: {templates: [{name: step, timeout: ")
                    .append(random.nextInt(3))
                    .append("m}]}\n");
        }
    }

    private void option(StringBuilder text, String option) {
        text.append(random.nextInt(3) == 0 ? option : "");
    }

    private String component() {
        return "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -" + word()
                + "\nconfigMapGenerator:\n- name: extra\n  literals: [x=" + word() + "]\n";
    }

    private String kustomization(String name) {
        String suffix = random.nextInt(4) == 0 ? "nameSuffix: -" + word() + "\n" : "";
        return "resources: [template.yaml]\n" + suffix + "configMapGenerator:\n- name: " + name
                + "-steps\n  files: [step.py]\n";
    }

    private String template(String name) {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: " + name + "\nspec:\n  note: " + word()
                + "\n  template:\n    spec:\n      containers:\n      - name: main\n        image: app:"
                + random.nextInt(3)
                + "\n        envFrom:\n        - configMapRef: {name: " + name + "-steps}\n---\n" + workflow(name);
    }

    private String workflow(String name) {
        String other = name(pipelines.get(random.nextInt(pipelines.size())));
        return "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata:\n  name: " + name
                + "\n"
                + "spec:\n"
                + "  templates:\n"
                + "  - name: main\n"
                + "    dag:\n"
                + "      tasks:\n"
                + "      - {name: a, templateRef: {name: "
                + other + ", template: step}}\n  - name: step\n    container: {image: \"app:" + random.nextInt(3)
                + "\"}\n    volumes: [{name: steps, configMap: {name: " + name + "-steps}}]\n";
    }

    private static String deployment(String name, String note) {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: " + name + "\nspec:\n  replicas: 1\n  note: "
                + note
                + "\n  selector: {matchLabels: {app: x}}\n  template:\n    metadata: {labels: {app: x}}\n"
                + "    spec:\n      serviceAccountName: web\n      containers: [{name: main, image: app}]\n";
    }

    private String service(String name) {
        return "apiVersion: v1\nkind: Service\nmetadata:\n  name: " + name + "\n  labels: {tier: " + word()
                + "}\nspec:\n  selector: {app: x}\n";
    }

    private String word() {
        return List.of("one", "two", "three").get(random.nextInt(3));
    }

    private static String name(String folder) {
        return folder.substring(folder.lastIndexOf('/') + 1);
    }
}
