package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sync does with the admission policies that its repository holds. */
@Tag("cluster")
class SyncPoliciesTest {

    private static final String POLICY = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: nothing-bad}
            spec:
              failurePolicy: Fail
              matchConstraints:
                resourceRules:
                - {apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [configmaps]}
              validations:
              - {expression: "object.data.a != 'bad'", message: write something good}
            """;

    private static final String BINDING = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: nothing-bad}
            spec: {policyName: nothing-bad, validationActions: [Deny]}
            """;

    @TempDir
    Path folder;

    @Test
    void aCommitThatAPolicyDeniesIsBrokenUnlessPoliciesOnlyReport() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            desk.repository().write("policies/nothing-bad/policy.yaml", POLICY);
            desk.repository().write("policies/nothing-bad/binding.yaml", BINDING);
            String good = desk.repository().commit("Begin");
            desk.start();
            desk.sync("pipelines", Map.of());
            desk.awaitApplied("pipelines", good);
            desk.config("one", "a", "bad");
            String bad = desk.repository().commit("Something bad");
            desk.poke("pipelines");
            desk.awaitReady("pipelines", "False/BrokenCommit");
            assertTrue(desk.message("pipelines").contains("write something good"), desk.message("pipelines"));
            assertEquals("1", desk.data("one", "a"));

            desk.sync("pipelines", Map.of("policies", "Report"));
            desk.awaitApplied("pipelines", bad);
            assertEquals("bad", desk.data("one", "a"));
        }
    }
}
