package dev.plumbline.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.cli.Main;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.git.TestRepository;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files for CI systems in the README are YAML that these systems take, and use the program as it is. */
class WorkflowFilesTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
    private static final Pattern USE = Pattern.compile("(?:\\$PLUMBLINE|/plumbline) (\\w+)((?: -{1,2}\\w+ [^ ]+)*)");

    @TempDir
    private Path root;

    private Object github;
    private Object gitlab;

    @BeforeEach
    void readTheFiles() throws Exception {
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../README.md")));
        List<Object> files = new ArrayList<>();
        while (blocks.find()) {
            YamlDocuments documents =
                    YamlParser.parse("README.md", blocks.group(1).getBytes(StandardCharsets.UTF_8));
            assertFalse(
                    Finding.anyError(documents.findings()), documents.findings().toString());
            files.add(documents.documents().getFirst().value());
        }
        github = files.stream()
                .filter(file -> Tree.at(file, "jobs") != null)
                .findFirst()
                .orElseThrow();
        gitlab = files.stream()
                .filter(file -> Tree.at(file, "review", "script") != null)
                .findFirst()
                .orElseThrow();
    }

    private List<String> scripts() {
        List<String> scripts = new ArrayList<>();
        Tree.maps(github, "jobs", "review", "steps").stream()
                .filter(step -> step.containsKey("run"))
                .forEach(step -> scripts.add(Tree.text(step, "run")));
        List<@Nullable Object> lines = new ArrayList<>(Tree.list(gitlab, "review", "before_script"));
        lines.addAll(Tree.list(gitlab, "review", "script"));
        scripts.add(String.join("\n", lines.stream().map(String::valueOf).toList()));
        return scripts;
    }

    private static String plumbline(String... line) {
        StringWriter out = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(out), line);
        assertEquals(0, code, out.toString());
        return out.toString();
    }

    @Test
    void everyStepDoesOneThing() {
        List<?> steps = Tree.list(github, "jobs", "review", "steps");
        assertTrue(steps.size() >= 6, steps.toString());
        for (Object step : steps) {
            assertTrue((Tree.at(step, "run") == null) != (Tree.at(step, "uses") == null), String.valueOf(step));
        }
        assertEquals("pull_request", Tree.at(github, "on"));
        assertEquals("0", Tree.at(gitlab, "review", "variables", "GIT_DEPTH"));
        assertEquals(0, ((Number) Tree.at((Object) steps.getFirst(), "with", "fetch-depth")).intValue());
    }

    @Test
    void scriptsAreBashAndTakeNoTextOfAPullRequestForCode() throws Exception {
        for (String script : scripts()) {
            Process bash =
                    new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
            try (var out = bash.getOutputStream()) {
                out.write(script.getBytes(StandardCharsets.UTF_8));
            }
            String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, bash.waitFor(), script + said);
            assertFalse(script.contains("${{"), "expressions are put into scripts as text: " + script);
        }
    }

    @Test
    void commandsAndOptionsExist() {
        int uses = 0;
        for (String script : scripts()) {
            Matcher use = USE.matcher(script);
            while (use.find()) {
                String help = plumbline(use.group(1), "--help");
                for (String option : use.group(2).strip().split(" +", -1)) {
                    assertTrue(!option.startsWith("-") || help.contains(option), option + ": " + help);
                }
                uses++;
            }
        }
        assertTrue(uses >= 5, "uses " + uses);
    }

    @Test
    void theMarkIsWhatACommentBeginsWith() throws Exception {
        TestRepository repository = new TestRepository(root.resolve("work"));
        repository
                .write("kustomization.yaml", "resources: [a.yaml]\n")
                .write("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
                .commit("First");
        String comment = plumbline(
                "review", "--base", "HEAD", "--repo", repository.folder().toString());
        String mark = comment.lines().findFirst().orElseThrow();
        assertEquals(mark, Tree.at(github, "jobs", "review", "env", "MARK"));
        assertEquals(mark, Tree.at(gitlab, "review", "variables", "MARK"));
    }
}
