package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files that were made to break {@code plumbline lint} end soon in a finding with a place. */
class LintBadInputTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private static final String HEAD = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: train}
            spec:
              entrypoint: main
              templates:
              - name: main
                container: {image: python, command: [python], args: ["%s"]}
            """;

    private static final String CRON = """
            apiVersion: argoproj.io/v1alpha1
            kind: CronWorkflow
            metadata: {name: nightly}
            spec:
              schedules: ['0 2 * * *']
              timezone: Mars/Olympus
              workflowSpec: {entrypoint: main, templates: [{name: main, container: {image: a, command: [a]}}]}
            """;

    @TempDir
    private Path root;

    @TestFactory
    Stream<DynamicTest> endsSoonInAFinding() {
        Map<String, byte[]> cases = new LinkedHashMap<>();
        cases.put("not YAML", bytes("a: [b\n c: }"));
        cases.put("YAML of something else", bytes("services: {web: {image: a}}\n"));
        cases.put("a misspelt kind", bytes(HEAD.formatted("a").replace("WorkflowTemplate", "WorkflowTemplat")));
        cases.put("a kind that no group has", bytes("apiVersion: v1\nkind: Workflow\nmetadata: {name: a}\n"));
        cases.put("an empty file", new byte[0]);
        cases.put("only comments", bytes("# nothing\n---\n"));
        cases.put("text", bytes("hello\n"));
        cases.put("binary", new byte[] {0, 1, 2, (byte) 0xff, (byte) 0xfe, 0, 9});
        cases.put("a program", bytes("\u007fELF\u0002\u0001\u0001\0\0\0"));
        cases.put("10,000 levels", bytes("[".repeat(10_000) + "]".repeat(10_000)));
        cases.put("10,000 levels of maps", bytes("{a: ".repeat(10_000) + "}".repeat(10_000)));
        cases.put("an alias bomb", bytes(bomb()));
        cases.put("a template of 50 MB", bytes(HEAD.formatted("a".repeat(50 * 1024 * 1024))));
        cases.put("a template of 15 MB", bytes(HEAD.formatted("a".repeat(15 * 1024 * 1024))));
        cases.put("an expression of 1 MB", bytes(HEAD.formatted("{{=" + "1 + ".repeat(250_000) + "1}}")));
        cases.put("a time zone that does not exist", bytes(CRON));
        return cases.entrySet().stream().map(one -> DynamicTest.dynamicTest(one.getKey(), () -> judge(one.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> policiesThatDoNotEndAreBounded() {
        return Stream.of(
                        "[0,1,2,3,4,5,6,7,8,9].all(a, [0,1,2,3,4,5,6,7,8,9].all(b, [0,1,2,3,4,5,6,7,8,9].all(c,"
                                + " [0,1,2,3,4,5,6,7,8,9].all(d, [0,1,2,3,4,5,6,7,8,9].all(e, [0,1,2,3,4,5,6,7,8,9].all(f,"
                                + " [0,1,2,3,4,5,6,7,8,9].all(g, [0,1,2,3,4,5,6,7,8,9].all(h, a+b+c+d+e+f+g+h >= 0))))))))",
                        "(".repeat(5_000) + "true" + ")".repeat(5_000),
                        "true" + " && true".repeat(100_000))
                .map(rule -> DynamicTest.dynamicTest(rule.substring(0, 20), () -> {
                    Path folder = Files.createTempDirectory(root, "policy");
                    Path policy = Files.createDirectories(folder.resolve("policies/slow"));
                    Files.createDirectories(folder.resolve(".git"));
                    Files.writeString(policy.resolve("policy.yaml"), """
                            apiVersion: admissionregistration.k8s.io/v1
                            kind: ValidatingAdmissionPolicy
                            metadata: {name: slow}
                            spec:
                              matchConstraints:
                                resourceRules:
                                - {apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*']}
                              validations:
                              - expression: '%s'
                            """.formatted(rule));
                    Files.writeString(policy.resolve("binding.yaml"), """
                            apiVersion: admissionregistration.k8s.io/v1
                            kind: ValidatingAdmissionPolicyBinding
                            metadata: {name: slow}
                            spec: {policyName: slow, validationActions: [Deny]}
                            """);
                    Path file = Files.writeString(folder.resolve("train.yaml"), HEAD.formatted("a"));
                    assertRefused(assertTimeout(SOON, () -> CommandLine.run("lint", file.toString())), "policies/slow");
                }));
    }

    private void judge(byte[] content) throws Exception {
        Path file = Files.write(Files.createTempDirectory(root, "case").resolve("bad.yaml"), content);
        assertRefused(assertTimeout(SOON, () -> CommandLine.run("lint", file.toString())), "bad.yaml");
    }

    private static void assertRefused(CommandLine said, String place) {
        assertEquals(1, said.code(), said.out() + said.err());
        assertEquals("", said.err());
        assertFalse(said.out().contains("Exception") || said.out().contains("\tat "), said.out());
        assertTrue(said.out().lines().anyMatch(line -> line.contains(place) && line.contains(": error: ")), said.out());
        assertTrue(said.out().length() < 20_000, "messages are short");
    }

    private static String bomb() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            yaml.append("a%d: &a%d [".formatted(i, i))
                    .append((alias + ", ").repeat(8))
                    .append(alias)
                    .append("]\n");
        }
        return yaml.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
