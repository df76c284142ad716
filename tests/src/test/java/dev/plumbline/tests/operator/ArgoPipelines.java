package dev.plumbline.tests.operator;

/**
 * The pipelines of {@link ArgoDesk}: training that calls a library, by a fixed and by a computed name, a step with a memory, and a
 * spec with tags outside of its templates.
 */
final class ArgoPipelines {

    private static final String LIBRARY = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: library}
            spec:
              templates:
              - name: fit
                container: {image: "example/fit:1", command: [python, /steps/fit.py]}
            """;

    private static final String TRAIN = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: train}
            spec:
              entrypoint: main
              arguments:
                parameters: [{name: rate, value: "1"}]
              volumes:
              - name: steps
                configMap: {name: steps}
              templates:
              - name: main
                steps:
                - - {name: prepare, template: prepare}
                - - name: fit
                    templateRef: {name: library, template: fit}
              - name: prepare
                container:
                  image: "example/prepare:1"
                  command: [python, /steps/prepare.py]
                  args: ["{{workflow.parameters.rate}}"]
                  volumeMounts: [{name: steps, mountPath: /steps}]
            """;

    private static final String DYNAMIC = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: dynamic}
            spec:
              entrypoint: main
              templates:
              - name: main
                steps:
                - - {name: prepare, template: prepare}
                - - name: fit
                    templateRef: {name: "{{steps.prepare.outputs.parameters.library}}", template: fit}
              - name: prepare
                outputs:
                  parameters: [{name: library, valueFrom: {path: /out/library, default: library}}]
                container: {image: "example/prepare:1", command: [python, prepare.py]}
            """;

    private static final String MEMORY = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: memory}
            spec:
              entrypoint: main
              templates:
              - name: main
                steps:
                - - {name: prepare, template: prepare}
                - - {name: fit, template: fit}
              - name: prepare
                container: {image: "example/prepare:1", command: [prepare]}
              - name: fit
                memoize:
                  key: "{{workflow.namespace}}" # Argo has one cache for all namespaces.
                  maxAge: 1h
                  cache: {configMap: {name: memory-cache}}
                outputs:
                  parameters: [{name: score, valueFrom: {path: /out/score}}]
                container: {image: "example/fit:1", command: [fit]}
            """;

    private static final String TAGGED = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: tagged}
            spec:
              entrypoint: main
              serviceAccountName: "{{workflow.parameters.account}}"
              podMetadata:
                labels: {run: "{{workflow.name}}"}
                annotations: {rate: "{{=workflow.parameters.rate + ' in ' + workflow.namespace}}"}
              arguments:
                parameters: [{name: rate, value: "1"}, {name: account, value: default}]
              templates:
              - name: main
                steps:
                - - {name: prepare, template: prepare}
                - - {name: fit, template: fit}
              - name: prepare
                container: {image: "example/prepare:1", command: [prepare]}
              - name: fit
                metadata: {labels: {tier: gpu}}
                container: {image: "example/fit:1", command: [fit]}
            """;

    private static final String CONFIGURATION = """
            nameReference:
            - kind: ConfigMap
              version: v1
              fieldSpecs:
              - {path: spec/volumes/configMap/name, kind: WorkflowTemplate}
            """;

    private ArgoPipelines() {}

    /** Writes them as an overlay for a namespace. */
    static void write(GitFolder repository, String namespace) throws Exception {
        repository.write("overlay/library.yaml", LIBRARY);
        repository.write("overlay/train.yaml", TRAIN);
        repository.write("overlay/dynamic.yaml", DYNAMIC);
        repository.write("overlay/memory.yaml", MEMORY);
        repository.write("overlay/tagged.yaml", TAGGED);
        repository.write("overlay/steps/prepare.py", "print('prepare 1')\n");
        repository.write("overlay/references.yaml", CONFIGURATION);
        repository.write("overlay/kustomization.yaml", """
                namespace: %s
                configurations: [references.yaml]
                resources: [library.yaml, train.yaml, dynamic.yaml, memory.yaml, tagged.yaml]
                configMapGenerator:
                - {name: steps, files: [steps/prepare.py]}
                """.formatted(namespace));
    }
}
