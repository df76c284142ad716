package dev.plumbline.tests.benchmark;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The repositories that rendering is measured on, as texts by path. The same numbers give the same files. */
final class RenderCases {

    private static final int OBJECTS_PER_FILE = 20;
    private static final List<String> TEAMS = List.of("vision", "ranking", "forecast", "fraud", "search");

    private RenderCases() {}

    /** Objects of six kinds in {@code base}, with prefix, labels, namespace and patches in {@code overlay}. */
    static Map<String, String> mixed(int objects, int patches) {
        Map<String, String> files = new TreeMap<>();
        StringBuilder resources = new StringBuilder("resources:\n");
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < objects; i++) {
            file.append("---\n").append(object(i));
            if (i % OBJECTS_PER_FILE == OBJECTS_PER_FILE - 1 || i == objects - 1) {
                String name = "part-" + i / OBJECTS_PER_FILE + ".yaml";
                files.put("base/" + name, file.toString());
                resources.append("- ").append(name).append('\n');
                file.setLength(0);
            }
        }
        files.put("base/kustomization.yaml", resources.toString());
        StringBuilder overlay = new StringBuilder("""
                resources:
                - ../base
                namePrefix: prod-
                namespace: production
                labels:
                - pairs: {env: production, managed-by: plumbline}
                  includeSelectors: true
                commonAnnotations: {owner: platform@example.org}
                patches:
                """);
        for (int i = 0; i < patches; i++) {
            overlay.append(patch(i, i % Math.max(1, objects / 6) * 6));
        }
        files.put("overlay/kustomization.yaml", overlay.toString());
        return files;
    }

    private static String object(int i) {
        String team = TEAMS.get(i % TEAMS.size());
        return switch (i % 6) {
            case 0 -> deployment(i, team);
            case 1 ->
                "apiVersion: v1\nkind: Service\nmetadata:\n  name: service-" + i + "\n  labels: {app: app-" + i
                        + "}\nspec:\n  selector: {app: app-" + (i - 1)
                        + "}\n  ports:\n  - {name: http, port: 80, targetPort: 8080}\n";
            case 2 ->
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config-" + i + "\ndata:\n  team: " + team
                        + "\n  threshold: \"0." + i + "\"\n  settings.json: |\n    {\"batch\": 64, \"rate\": 0.01}\n";
            case 3 ->
                "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: account-" + i + "\n  labels: {team: " + team
                        + "}\n";
            case 4 -> template("pipeline-" + i, team, 3);
            default ->
                "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: job-" + i + "\nspec:\n  schedule: \"" + i % 60
                        + " 2 * * *\"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n"
                        + "          serviceAccountName: account-" + (i - 2)
                        + "\n          containers:\n          - name: main\n            image: registry.example.org/job:1.0\n"
                        + "            envFrom:\n            - configMapRef: {name: config-" + (i - 3) + "}\n";
        };
    }

    private static String deployment(int i, String team) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: app-%1$d
                  labels:
                    app: app-%1$d
                    team: %2$s
                spec:
                  replicas: 2
                  selector:
                    matchLabels: {app: app-%1$d}
                  template:
                    metadata:
                      labels: {app: app-%1$d}
                    spec:
                      containers:
                      - name: main
                        image: registry.example.org/app:1.%1$d
                        ports:
                        - containerPort: 8080
                        env:
                        - name: TEAM
                          value: %2$s
                        resources:
                          requests: {cpu: 100m, memory: 256Mi}
                          limits: {cpu: "1", memory: 1Gi}
                """.formatted(i, team);
    }

    /** A third by the object's own id, a third by a target with a strategic merge, a third as JSON patches. */
    private static String patch(int i, int object) {
        String deployment = "app-" + object;
        return switch (i % 3) {
            case 0 -> """
                - patch: |-
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: %s}
                    spec: {replicas: %d}
                """.formatted(deployment, i + 3);
            case 1 -> """
                - target: {kind: Deployment, name: %s}
                  patch: |-
                    kind: Deployment
                    metadata: {name: any}
                    spec:
                      template:
                        spec:
                          containers:
                          - name: main
                            env: [{name: LEVEL, value: "%d"}]
                """.formatted(deployment, i);
            default -> """
                - target: {group: apps, kind: Deployment, name: "%s"}
                  patch: |-
                    - {op: replace, path: /spec/replicas, value: %d}
                    - {op: add, path: /metadata/labels/tier, value: gold}
                """.formatted(deployment, i + 5);
        };
    }

    /** A WorkflowTemplate of a bit more than ten lines per step. */
    static String template(String name, String team, int steps) {
        StringBuilder text = new StringBuilder("""
                apiVersion: argoproj.io/v1alpha1
                kind: WorkflowTemplate
                metadata:
                  name: %s
                  labels: {team: %s}
                  annotations:
                    workflows.argoproj.io/description: Trains and checks
                spec:
                  entrypoint: step-0
                  serviceAccountName: runner
                  arguments:
                    parameters:
                    - name: data-path
                      value: s3://curated/
                  templates:
                """.formatted(name, team));
        for (int i = 0; i < steps; i++) {
            text.append("""
                      - name: step-%1$d
                        inputs:
                          parameters: [{name: part, value: "%1$d"}]
                        retryStrategy: {limit: "2", retryPolicy: OnFailure}
                        container:
                          image: registry.example.org/train:1.0
                          command: [python, /code/step.py]
                          args: ["--part", "{{inputs.parameters.part}}"]
                          resources:
                            requests: {cpu: 500m, memory: 1Gi}
                            limits: {cpu: "1", memory: 2Gi}
                    """.formatted(i));
        }
        return text.toString();
    }

    /** Overlays {@code overlays/<n>} over one {@code base} of templates. */
    static Map<String, String> overlays(int overlays, int templates, int steps) {
        Map<String, String> files = new TreeMap<>();
        StringBuilder resources = new StringBuilder("resources:\n");
        for (int i = 0; i < templates; i++) {
            files.put("base/template-" + i + ".yaml", template("pipeline-" + i, TEAMS.get(i % TEAMS.size()), steps));
            resources.append("- template-").append(i).append(".yaml\n");
        }
        files.put("base/kustomization.yaml", resources.toString());
        for (int i = 0; i < overlays; i++) {
            files.put("overlays/" + i + "/kustomization.yaml", """
                    resources: [../../base]
                    namePrefix: env-%1$d-
                    namespace: env-%1$d
                    labels:
                    - pairs: {env: env-%1$d}
                    patches:
                    - target: {kind: WorkflowTemplate, name: pipeline-1.*}
                      patch: |-
                        - {op: replace, path: /spec/arguments/parameters/0/value, value: s3://env-%1$d/}
                    """.formatted(i));
        }
        return files;
    }

    /**
     * A folder for each pipeline under {@code pipelines}, each with a template and step code in a generated ConfigMap, and one
     * overlay over all.
     */
    static Map<String, String> pipelines(int pipelines) {
        Map<String, String> files = new TreeMap<>();
        StringBuilder resources = new StringBuilder("resources:\n");
        for (int i = 0; i < pipelines; i++) {
            String folder = "pipelines/pipeline-" + i + "/";
            files.put(folder + "template.yaml", template("pipeline-" + i, TEAMS.get(i % TEAMS.size()), 3));
            files.put(folder + "steps/step.py", "print('pipeline " + i + "')\n");
            files.put(folder + "kustomization.yaml", """
                    resources: [template.yaml]
                    configMapGenerator:
                    - name: pipeline-%1$d-steps
                      files: [steps/step.py]
                    """.formatted(i));
            resources.append("- pipeline-").append(i).append('\n');
        }
        files.put("pipelines/kustomization.yaml", resources.toString());
        files.put("overlay/kustomization.yaml", """
                resources: [../pipelines]
                namespace: production
                labels:
                - pairs: {env: production}
                patches:
                - target: {kind: WorkflowTemplate}
                  patch: |-
                    - {op: add, path: /spec/podGC, value: {strategy: OnPodSuccess}}
                """);
        return files;
    }

    /** One Deployment with a generated ConfigMap, and an overlay that patches it. */
    static Map<String, String> small() {
        Map<String, String> files = new TreeMap<>();
        files.put("base/deployment.yaml", deployment(1, "vision"));
        files.put(
                "base/kustomization.yaml",
                "resources: [deployment.yaml]\nconfigMapGenerator:\n- name: settings\n  literals: [rate=0.01]\n");
        files.put(
                "overlay/kustomization.yaml",
                "resources: [../base]\nnamePrefix: dev-\nnamespace: dev\npatches:\n" + patch(0, 1));
        return files;
    }
}
