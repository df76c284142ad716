package dev.plumbline.registry.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.validate.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compact schemas: each sort of fault is found at its place, and what is fine stays fine. */
class SchemasTest {

    private static final String TEMPLATE = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata:
              name: train
            spec:
              entrypoint: main
              ENTRY
              templates:
              - name: main
                MAIN
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            entrypont: main                      | container: {image: "a:1", command: [b]} | 7:14  | schema-unknown-field | unknown field "spec.entrypont" | did you mean 'entrypoint'?
            parallelism: 0                       | container: {image: "a:1", command: [b]} | 7:16  | schema-value         | spec.parallelism: Invalid value: 0: should be greater than or equal to 1 |
            parallelism: two                     | container: {image: "a:1", command: [b]} | 7:16  | schema-type          | spec.parallelism: must be of type integer, not string |
            priority: 99999999999                | container: {image: "a:1", command: [b]} | 7:13  | schema-value         | spec.priority: Invalid value: 99999999999: must fit 32 bits |
            arguments: {parameters: [{name: a, value: 3}]} | container: {image: "a:1", command: [b]} | 7:45 | schema-type | spec.arguments.parameters[0].value: must be of type string, not integer | quote it: "3"
            podGC: {strategy: OnPodCompleted}    | container: {image: "a:1", command: [b]} | 7:21  | schema-value         | spec.podGC.strategy: Unsupported value | did you mean 'OnPodCompletion'?
            suspend: false                       | {container: {}, suspend: {}}            | 8:3   | schema-rule          | spec.templates: template must have at most one template type |
            suspend: false                       | container: {image: "a:1", env: [{value: b}]} | 10:37 | schema-missing-field | spec.templates[0].container.env[0].name: Required value | add 'name'
            suspend: null                        | container: {image: "a:1", command: [b]} | 7:12  | schema-type          | spec.suspend: must be of type boolean, not null |
            suspend: false                       | container: {image: "a:1", env: [{name: a}, {name: a}]} | 10:48 | schema-duplicate | spec.templates[0].container.env[1]: Duplicate value |
            """)
    void findsEachSortAtItsPlace(String entry, String main, String place, String rule, String message, String fix) {
        String body =
                main.startsWith("{") ? main.substring(1, main.length() - 1).replace("}, ", "}\n    ") : main;
        List<Finding> findings = check(TEMPLATE.replace("ENTRY", entry).replace("MAIN", body));
        assertEquals(1, findings.size(), findings::toString);
        Finding finding = findings.getFirst();
        assertEquals(rule, finding.rule());
        assertTrue(finding.message().startsWith(message), finding::toString);
        assertTrue(fix == null || finding.fix().equals(fix), finding::toString);
        assertTrue(String.valueOf(finding.location()).startsWith("test.yaml:" + place), finding::toString);
    }

    @Test
    void whatTheApiServerReadsAsAbsentIsNoFault() {
        assertEquals(List.of(), check("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a, creationTimestamp: null, labels: null}
                data: null
                """));
    }

    @Test
    void whatTheApiServerFillsInByCodeIsNotMissing() {
        assertEquals(List.of(), check("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: a}
                roleRef: {kind: Role, name: a}
                """));
    }

    @Test
    void builtInKindsAreCheckedAsGoDecodesThem() {
        assertEquals(
                List.of(
                        "spec.replicas: must be of type integer, not number",
                        "spec.selector: Required value",
                        "spec.template.spec.containers[0].name: Required value",
                        "unknown field \"spec.template.spec.containers[0].imag\""),
                check("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: a}
                spec:
                  replicas: 1.5
                  template:
                    metadata: {labels: {a: b}}
                    spec:
                      containers:
                      - imag: a
                        resources: {limits: {cpu: 1, memory: 1Gi}}
                        livenessProbe: {httpGet: {port: http}}
                """).stream().map(Finding::message).sorted().toList());
    }

    @Test
    void aRemovedVersionNamesTheServedOne() {
        assertEquals(
                "write apiVersion: batch/v1",
                check("{apiVersion: batch/v1beta1, kind: CronJob, metadata: {name: a}}")
                        .getFirst()
                        .fix());
        assertEquals(List.of(), check("{apiVersion: example.org/v1, kind: CronJob, metadata: {name: a}}"));
    }

    @Test
    void recursiveTypesAreFollowed() {
        assertEquals(
                "unknown field \"spec.versions[0].schema.openAPIV3Schema.properties.a.properties.b.tipe\"",
                check("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: as.example.org}
                spec:
                  group: example.org
                  scope: Namespaced
                  names: {kind: A, plural: as}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object, properties: {a: {properties: {b: {tipe: string}}}}}}
                """).getFirst().message());
    }

    @Test
    void faultsAreBounded() {
        String many = "a: 1\n".repeat(1);
        StringBuilder fields = new StringBuilder(many);
        for (int i = 0; i < 2 * SchemaCheck.MAX_FAULTS; i++) {
            fields.append("x").append(i).append(": 1\n");
        }
        assertEquals(
                SchemaCheck.MAX_FAULTS,
                check("apiVersion: v1\nkind: Secret\n" + fields).size());
    }

    @Test
    void aKindThatItsGroupDoesNotHaveIsFound() {
        String slip = "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplat\nmetadata: {name: a}\n";
        assertEquals("schema-unknown-kind", check(slip).getFirst().rule());
        assertEquals("did you mean 'WorkflowTemplate'?", check(slip).getFirst().fix());
        assertEquals(
                "schema-unknown-kind",
                check("apiVersion: v1\nkind: Deployment\nmetadata: {name: a}\n")
                        .getFirst()
                        .rule());
        for (String kind :
                List.of("argoproj.io/v1alpha1 Rollout", "argoproj.io/v1alpha1 Sensor", "example.com/v1 Pod")) {
            String[] words = kind.split(" ", -1);
            assertEquals(
                    List.of(),
                    check("apiVersion: " + words[0] + "\nkind: " + words[1] + "\nmetadata: {name: a}\n"),
                    "it may be another program's");
        }
    }

    @Test
    void aWholeNumberMayBeWrittenWithAPoint() {
        String yaml = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  replicas: %s\n"
                + "  selector: {matchLabels: {a: b}}\n  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a,"
                + " image: b, ports: [{containerPort: %s}]}]}}\n";
        assertEquals(List.of(), check(yaml.formatted("2.0", "80")));
        assertEquals(
                "schema-type", check(yaml.formatted("2.5", "80")).getFirst().rule());
    }

    @Test
    void everyKindHasAResource() {
        assertEquals(
                "workflowtemplates",
                Schemas.find("argoproj.io/v1alpha1", "WorkflowTemplate")
                        .orElseThrow()
                        .resource());
        assertEquals("configmaps", Schemas.find("v1", "ConfigMap").orElseThrow().resource());
        assertTrue(!Schemas.find("v1", "Namespace").orElseThrow().namespaced());
    }

    private static List<Finding> check(String yaml) {
        return Examples.objects(yaml).stream().flatMap(SchemasTest::check).toList();
    }

    private static java.util.stream.Stream<Finding> check(Manifest object) {
        return Schemas.check(object).stream();
    }
}
