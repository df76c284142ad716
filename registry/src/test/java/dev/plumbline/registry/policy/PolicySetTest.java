package dev.plumbline.registry.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.validate.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies as values: what is wrong with them, and what their effects are. What they decide is compared with a real server. */
class PolicySetTest {

    private static final String POLICY = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: p}
            spec:
              matchConstraints:
                resourceRules:
                - {apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
              validations:
              - {expression: EXPRESSION, message: no}
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: b}
            spec: {policyName: p, validationActions: [ACTION]}
            """;
    private static final String OBJECT = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: n}}";

    @ParameterizedTest
    @CsvSource({
        "Deny,ERROR,policy 'p' denies it: no",
        "Warn,WARNING,policy 'p' says: no",
        "Audit,ADVICE,policy 'p' says: no"
    })
    void theActionSaysHowBadItIs(String action, Severity severity, String message) {
        List<Finding> findings = judge(POLICY.replace("ACTION", action).replace("EXPRESSION", "'false'"));
        assertEquals(1, findings.size());
        assertEquals("policy-p", findings.getFirst().rule());
        assertEquals(severity, findings.getFirst().severity());
        assertEquals(message, findings.getFirst().message());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Deny, Warn  | 'true'                      | policy-value         | 14:42
            Dnay        | 'true'                      | schema-value         | 14:43
            Deny        | object.metadata.nam ==      | policy-expression    | 9:18
            Deny        | object.spec.flag            | policy-expression    | 9:18
            Deny        | authorizer.path('/').check('get').allowed() | policy-needs-cluster | 9:18
            """)
    void whatAServerRefusesIsFoundAtItsPlace(String action, String expression, String rule, String place) {
        List<Finding> findings = PolicySet.of(Examples.objects(
                        "p.yaml",
                        POLICY.replace("ACTION", action)
                                .replace("EXPRESSION", "\"" + expression.replace("'true'", "true") + "\"")))
                .findings();
        assertEquals(
                List.of(rule), findings.stream().map(Finding::rule).distinct().toList(), findings::toString);
        assertTrue(String.valueOf(findings.getFirst().location()).startsWith("p.yaml:"), findings::toString);
        assertEquals("p.yaml:" + place, String.valueOf(findings.getFirst().location()));
    }

    @Test
    void anExpressionThatDoesNotEndDeniesWithItsBound() {
        String nested = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
        String loop = nested + ".all(a, " + nested + ".all(b, " + nested + ".all(c, " + nested + ".all(d, " + nested
                + ".all(e, " + nested + ".all(f, true))))))";
        List<Finding> findings = judge(POLICY.replace("ACTION", "Deny").replace("EXPRESSION", "\"" + loop + "\""));
        assertTrue(
                findings.getFirst().message().endsWith("more than 100000 iterations in one evaluation"),
                findings::toString);
    }

    @Test
    void admissionConfigurationIsExempt() {
        String all = POLICY.replace("ACTION", "Deny")
                .replace("EXPRESSION", "'false'")
                .replace("apiGroups: [''], apiVersions: [v1]", "apiGroups: ['*'], apiVersions: ['*']")
                .replace("[configmaps]", "['*']");
        PolicySet policies = PolicySet.of(Examples.objects(all));
        Examples.objects(all)
                .forEach(object -> assertEquals(
                        List.of(), policies.decide(Admission.create(object.content()), new Surroundings(List.of()))));
        assertEquals(
                1, new PolicyJudge(policies).judge(Examples.objects(OBJECT)).size());
    }

    private static List<Finding> judge(String policies) {
        PolicyJudge judge = new PolicyJudge(PolicySet.of(Examples.objects("policies/p/policy.yaml", policies)));
        List<Finding> first = judge.judge(Examples.objects(OBJECT));
        assertEquals(first, judge.judge(Examples.objects(OBJECT)), "what is remembered is the same");
        return first;
    }
}
