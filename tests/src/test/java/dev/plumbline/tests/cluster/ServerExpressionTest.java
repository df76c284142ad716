package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real API server gives for each expression of the table what the table says: each becomes a policy that denies with it. */
@Tag("cluster")
class ServerExpressionTest {

    private static final Path TABLE =
            Path.of("../registry/src/test/resources/dev/plumbline/registry/cel/expressions.txt");
    private static final String FALLBACK = "no message";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void theTableIsWhatAServerGives() throws Exception {
        List<String[]> rows = Files.readAllLines(TABLE).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 2))
                .toList();
        List<String> wrong = new ArrayList<>();
        try (KubeCluster cluster = RealCluster.bare().connect()) {
            List<Integer> installed = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                try {
                    cluster.apply(policy(i, rows.get(i)[1]), "tests", true, false);
                    cluster.apply(binding(i), "tests", true, false);
                    installed.add(i);
                } catch (ClusterException e) {
                    wrong.add(rows.get(i)[1] + " is refused: " + e.getMessage());
                }
            }
            for (int i : installed) {
                String said = denial(cluster, i);
                String given = said.equals(FALLBACK) ? "ERROR" : said;
                if (!given.equals(rows.get(i)[0])) {
                    wrong.add(rows.get(i)[1] + " gives " + given + ", the table says " + rows.get(i)[0]);
                }
            }
        }
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    }

    private static String denial(KubeCluster cluster, int i) throws Exception {
        Map<String, @Nullable Object> object = Json.parseObject("""
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "e%d", "namespace": "default"},
                 "data": {"text": "x"}}""".formatted(i));
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            try {
                cluster.apply(object, "tests", true, true);
            } catch (ClusterException e) {
                String mark = "denied request: ";
                String text = e.getMessage();
                return text.substring(text.indexOf(mark) + mark.length()).replaceFirst("; correct it$", "");
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("policy e" + i + " denied nothing");
    }

    private static Map<String, @Nullable Object> policy(int i, String expression) throws Exception {
        Map<String, @Nullable Object> policy = Json.parseObject("""
                {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy",
                 "metadata": {"name": "e%d"},
                 "spec": {"matchConstraints": {"resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"],
                   "operations": ["CREATE"], "resources": ["configmaps"], "resourceNames": ["e%d"]}]}}}""".formatted(i, i));
        Map<String, @Nullable Object> validation =
                Json.parseObject("{\"expression\": \"false\", \"message\": \"" + FALLBACK + "\"}");
        validation.put("messageExpression", expression);
        Tree.set(policy, new ArrayList<Object>(List.of(validation)), "spec", "validations");
        return policy;
    }

    private static Map<String, @Nullable Object> binding(int i) throws Exception {
        return Json.parseObject("""
                {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicyBinding",
                 "metadata": {"name": "e%d"}, "spec": {"policyName": "e%d", "validationActions": ["Deny"]}}""".formatted(i, i));
    }
}
