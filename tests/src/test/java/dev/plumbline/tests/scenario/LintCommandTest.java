package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.git.TestRepository;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

/** {@code plumbline lint} on a clone and on files alone, in every form. */
class LintCommandTest {

    private static final String TEMPLATE = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata:
              name: train
              annotations:
                lint.plumbline.dev/missing-command: our own image, 100%% & "public"
            spec:
              entrypoint: main
              templates:
              - name: main
                inputs:
                  parameters:
                  - {name: rows, value: '1'}
                container:
                  image: python:3.13
                  args: ['{{inputs.parameters.%s}}']
            """;

    private static final String WRONG = "base/a: b, c.yaml:16:14";

    @TempDir
    private Path root;

    private TestRepository work;

    @BeforeEach
    void aRepository() throws Exception {
        work = new TestRepository(root.resolve("work"));
        work.write("base/kustomization.yaml", "resources: ['a: b, c.yaml']\n")
                .write("base/a: b, c.yaml", TEMPLATE.formatted("rows"))
                .write("overlays/dev/kustomization.yaml", "resources: [../../base]\nnamespace: dev\n")
                .write("overlays/live/kustomization.yaml", "resources: [../../base]\nnamespace: live\n");
        work.commit("Good");
        work.write("base/a: b, c.yaml", TEMPLATE.formatted("row"));
    }

    private CommandLine lint(String... line) {
        String[] whole = new String[line.length + 3];
        whole[0] = "lint";
        whole[1] = "--repo";
        whole[2] = work.folder().toString();
        System.arraycopy(line, 0, whole, 3, line.length);
        return CommandLine.run(whole);
    }

    private Map<String, @Nullable Object> json(int code, String... line) throws Exception {
        String[] whole = Arrays.copyOf(line, line.length + 2);
        whole[line.length] = "-o";
        whole[line.length + 1] = "json";
        CommandLine said = lint(whole);
        assertEquals(code, said.code(), said.err());
        return Json.parseObject(said.out());
    }

    @Test
    void textNamesPlaceRuleAndOverlays() {
        CommandLine said = lint();
        assertEquals(1, said.code(), said.err());
        assertEquals("", said.err());
        List<String> lines = said.out().lines().toList();
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.contains(WRONG + ": error: ")
                                && line.endsWith(" [unknown-variable] in overlays/dev, overlays/live")),
                said.out());
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.contains(": advice: ")
                                && line.endsWith(", suppressed: our own image, 100% & \"public\"")),
                said.out());
        assertTrue(
                lines.getLast().startsWith("2 objects checked in 2 overlays: 1 error, ")
                        && lines.getLast().endsWith(", 1 suppressed"),
                lines.getLast());
    }

    @Test
    void theDiskAndCommitsAreLinted() throws Exception {
        CommandLine good = lint("--at", "HEAD");
        assertEquals(0, good.code(), good.out());
        assertEquals(
                0, lint("--at", "HEAD", "base", "--overlay", "overlays/dev").code());
        assertEquals(1, lint("--overlay", "overlays/dev").code());
        assertEquals(
                List.of("overlays/dev"),
                Tree.maps(json(1, "--overlay", "overlays/dev"), "findings").stream()
                        .map(finding -> Tree.text(finding, "overlay"))
                        .distinct()
                        .toList());
    }

    @Test
    void jsonHasTheFormThatMachinesKnow() throws Exception {
        Map<String, @Nullable Object> report = json(1);
        assertEquals(List.of("findings", "checked"), List.copyOf(report.keySet()));
        assertEquals(2L, report.get("checked"));
        Map<String, @Nullable Object> finding = Tree.maps(report, "findings").stream()
                .filter(one -> Tree.text(one, "rule").equals("unknown-variable"))
                .findFirst()
                .orElseThrow();
        assertEquals("error", finding.get("severity"));
        assertEquals("base/a: b, c.yaml", finding.get("file"));
        assertEquals(16L, finding.get("line"));
        assertEquals(14L, finding.get("column"));
        assertEquals("WorkflowTemplate.argoproj.io/dev/train", finding.get("object"));
        assertEquals("overlays/dev", finding.get("overlay"));
        assertEquals(List.of("overlays/dev", "overlays/live"), finding.get("overlays"));
        assertTrue(Tree.text(finding, "message").contains("inputs.parameters.row"), finding.toString());
        assertEquals(
                List.of("rule", "severity", "file", "line", "column", "object", "overlay", "message", "fix"),
                List.copyOf(Tree.maps(json(1, "--overlay", "overlays/dev"), "findings").stream()
                        .filter(one -> one.get("suppressed") == null)
                        .findFirst()
                        .orElseThrow()
                        .keySet()));
    }

    @Test
    void sarifIsOfItsVersion() throws Exception {
        CommandLine said = lint("-o", "sarif");
        assertEquals(1, said.code());
        Map<String, @Nullable Object> log = Json.parseObject(said.out());
        assertEquals("2.1.0", log.get("version"));
        Map<String, @Nullable Object> run = Tree.maps(log, "runs").getFirst();
        assertEquals("plumbline", Tree.text(run, "tool", "driver", "name"));
        List<Map<String, @Nullable Object>> rules = Tree.maps(run, "tool", "driver", "rules");
        boolean wrong = false;
        boolean suppressed = false;
        for (Map<String, @Nullable Object> result : Tree.maps(run, "results")) {
            Object index = result.get("ruleIndex");
            assertEquals(
                    rules.get(Math.toIntExact((Long) index)).get("id"), result.get("ruleId"), "its rule is listed");
            assertTrue(List.of("error", "warning", "note").contains(Tree.text(result, "level")));
            Map<String, @Nullable Object> place =
                    Tree.map(Tree.maps(result, "locations").getFirst(), "physicalLocation");
            assertEquals("base/a:%20b,%20c.yaml", Tree.text(place, "artifactLocation", "uri"));
            wrong |= Tree.text(result, "level").equals("error")
                    && Long.valueOf(16).equals(Tree.at(place, "region", "startLine"));
            suppressed |= !Tree.maps(result, "suppressions").isEmpty();
        }
        assertTrue(wrong && suppressed, said.out());
    }

    @Test
    void junitFailsErrorsAndSkipsWhatIsSuppressed() throws Exception {
        CommandLine said = lint("-o", "junit");
        assertEquals(1, said.code());
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(said.out())));
        Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertEquals("base/a: b, c.yaml", suite.getAttribute("name"));
        assertEquals("1", suite.getAttribute("failures"));
        assertEquals(Integer.toString(suite.getElementsByTagName("testcase").getLength()), suite.getAttribute("tests"));
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertEquals("unknown-variable", failure.getAttribute("type"));
        Element skipped = (Element) suite.getElementsByTagName("skipped").item(0);
        assertEquals("our own image, 100% & \"public\"", skipped.getAttribute("message"));
    }

    @Test
    void githubGetsEscapedCommands() {
        CommandLine said = lint("-o", "github");
        assertEquals(1, said.code());
        assertTrue(
                said.out().contains("::error file=base/a%3A b%2C c.yaml,line=16,col=14,title=unknown-variable::"),
                said.out());
        assertTrue(said.out().contains("::suppressed: our own image, 100%25 & \"public\": "), said.out());
    }

    @Test
    void filesNeedNoRepository() throws Exception {
        Path plain = Files.createDirectories(root.resolve("plain"));
        Path one = Files.writeString(plain.resolve("one.yaml"), TEMPLATE.formatted("rows"));
        Path two = Files.createDirectories(plain.resolve("deep")).resolve("two.yaml");
        Files.writeString(
                two,
                "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {generateName: a-}\n"
                        + "spec: {workflowTemplateRef: {name: train}}\n");
        assertEquals(0, CommandLine.run("lint", one.toString(), two.toString()).code());
        assertEquals(0, CommandLine.run("lint", plain.toString()).code());
        CommandLine alone = CommandLine.run("lint", two.toString());
        assertEquals(1, alone.code());
        assertTrue(
                alone.out().contains("two.yaml:4:36: error: ") && alone.out().contains("[dangling-reference]"),
                alone.out());
    }

    @Test
    void basesMayStandAnywhereAboveAFolderWithoutARepository() throws Exception {
        Path plain = Files.createDirectories(root.resolve("plain/x/dev"));
        Files.writeString(plain.resolve("kustomization.yaml"), "resources: [../../base]\n");
        Path base = Files.createDirectories(root.resolve("plain/base"));
        Files.writeString(base.resolve("kustomization.yaml"), "resources: [one.yaml]\n");
        Files.writeString(base.resolve("one.yaml"), TEMPLATE.formatted("row"));
        CommandLine said = CommandLine.run("lint", plain.toString());
        assertEquals(1, said.code(), said.err());
        assertTrue(said.out().contains("base/one.yaml:16:14: error: "), said.out());
    }

    @Test
    void rulesAreListedAndExplained() throws Exception {
        CommandLine list = CommandLine.run("lint", "--rules");
        assertEquals(0, list.code());
        assertTrue(list.out().contains("unknown-argument") && list.out().contains("policy-*"), list.out());
        assertTrue(Tree.maps(
                                Json.parseObject(CommandLine.run("lint", "--rules", "-o", "json")
                                        .out()),
                                "rules")
                        .size()
                > 60);
        CommandLine one = CommandLine.run("lint", "--explain", "unknown-argument");
        assertEquals(0, one.code());
        assertTrue(one.out().contains("Refused:") && one.out().contains("# expect: unknown-argument"), one.out());
        assertEquals(0, CommandLine.run("lint", "--explain", "schema-type").code());
        CommandLine.run("lint", "--explain", "unknown-argumnet").assertRefused("did you mean 'unknown-argument'?");
    }

    @Test
    void whatTheCommandLineGotWrongIsSaid() {
        lint("--argo-version", "2.0").assertRefused("3.6, 3.7, 4.0, 4.1");
        lint("-o", "xml").assertRefused("xml");
        lint("nowhere").assertRefused("there is no file or folder");
        lint("--overlay", "nowhere").assertRefused("there is no file or folder");
        lint("../outside").assertRefused("leads out of the repository");
        lint("--at", "nowhere").assertRefused("\"nowhere\"");
        lint("a\0b").assertRefused("not a path");
        CommandLine.run("lint", root.toString(), "--at", "HEAD").assertRefused("is in no Git repository");
        CommandLine.run("lint", "--explain", "nothing-of-the-kind").assertRefused("there is no rule");
    }
}
