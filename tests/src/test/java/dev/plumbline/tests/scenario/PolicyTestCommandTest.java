package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** {@code plumbline policy test} on the shipped policies and on one that is wrong. */
class PolicyTestCommandTest {

    private static final String POLICY = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: short-names}
            spec:
              matchConstraints:
                resourceRules:
                - {apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
              validations:
              - expression: size(object.metadata.name) < 5
                message: a name is at most four letters & no "more"
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: short-names}
            spec: {policyName: short-names, validationActions: [Deny]}
            """;

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void aPolicy() throws Exception {
        folder = Files.createDirectories(root.resolve("policies/short-names"));
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
        example("allowed/short.yaml", "abc");
        example("denied/long.yaml", "abcdef");
    }

    private void example(String file, String name) throws Exception {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\n");
    }

    private CommandLine test(String... more) {
        String[] line = new String[more.length + 3];
        line[0] = "policy";
        line[1] = "test";
        line[2] = root.resolve("policies").toString();
        System.arraycopy(more, 0, line, 3, more.length);
        return CommandLine.run(line);
    }

    @Test
    void theShippedPoliciesPass() {
        CommandLine said = CommandLine.run("policy", "test", "../policies");
        assertEquals(0, said.code(), said.out());
        assertTrue(said.out().lines().allMatch(line -> line.startsWith("ok ")), said.out());
    }

    @Test
    void examplesThatPassAreCounted() {
        CommandLine said = test();
        assertEquals(0, said.code(), said.out());
        assertTrue(said.out().startsWith("ok ") && said.out().strip().endsWith("2 of 2 examples"), said.out());
    }

    @Test
    void anExampleThatIsJudgedOtherwiseFails() throws Exception {
        example("allowed/long.yaml", "abcdefgh");
        CommandLine said = test();
        assertEquals(1, said.code());
        assertTrue(said.out().startsWith("FAIL ") && said.out().contains("2 of 3 examples"), said.out());
        assertTrue(said.out().contains("allowed/long.yaml should be allowed"), said.out());

        Map<String, @Nullable Object> json = Json.parseObject(test("-o", "json").out());
        List<Map<String, @Nullable Object>> folders = Tree.maps(json, "policies");
        assertEquals(
                1,
                Tree.maps(folders.getFirst(), "examples").stream()
                        .filter(one -> Boolean.FALSE.equals(one.get("passed")))
                        .count(),
                json.toString());

        CommandLine junit = test("-o", "junit");
        assertEquals(1, junit.code());
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(junit.out())));
        Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertEquals("1", suite.getAttribute("failures"));
        assertEquals(3, suite.getElementsByTagName("testcase").getLength(), "a case for each example");
        String message = ((Element) suite.getElementsByTagName("failure").item(0)).getAttribute("message");
        assertTrue(message.contains("a name is at most four letters & no \"more\""), message);
    }

    @Test
    void aBrokenPolicyFails() throws Exception {
        Files.writeString(folder.resolve("policy.yaml"), POLICY.replace("object.metadata", "objct.metadata"));
        CommandLine said = test();
        assertEquals(1, said.code());
        assertTrue(said.out().contains("policy.yaml:9:"), said.out());
    }

    @Test
    void whatTheCommandLineGotWrongIsSaid() throws Exception {
        CommandLine.run("policy", "test", root.resolve("none").toString()).assertRefused("is no folder");
        Path empty = Files.createDirectories(root.resolve("empty"));
        CommandLine.run("policy", "test", empty.toString()).assertRefused("found no policy.yaml");
        CommandLine.run("policy").assertRefused("plumbline policy test");
        test("-o", "xml").assertRefused("xml");
    }
}
