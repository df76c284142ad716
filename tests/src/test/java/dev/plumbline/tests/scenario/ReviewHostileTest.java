package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.cli.Main;
import dev.plumbline.registry.git.TestRepository;
import dev.plumbline.registry.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever opens a pull request may write anything: none of it becomes markup, a mention or a command. */
class ReviewHostileTest {

    private static final String EVIL = "@team `x` ``y`` <img src=x onerror=a()> [a](https:b) #1 | </details> **b**";

    private static final Pattern FENCED = Pattern.compile("(?ms)^ *(`{3,})diff\\n.*?^ *\\1\\n");
    private static final Pattern SPAN = Pattern.compile("(?<!`)(`+)(?!`)(.+?)(?<!`)\\1(?!`)");
    private static final Pattern OURS =
            Pattern.compile("<!-- plumbline review -->|</?details>|</?summary>|<code>[^<>]*</code>");

    @TempDir
    private Path root;

    private TestRepository work;

    private String review(String format) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(
                new PrintWriter(out),
                new PrintWriter(err),
                "review",
                "--repo",
                work.folder().toString(),
                "--base",
                "main",
                "-o",
                format);
        assertTrue(code == 0 || code == 1, code + ": " + err);
        assertEquals("", err.toString());
        return out.toString();
    }

    private void files(String note, String schedule) throws IOException {
        String overlay = "overlays/" + EVIL.replace('/', '-');
        work.write(overlay + "/kustomization.yaml", "resources: [cron.yaml, note.yaml, train.yaml]\n")
                .write(
                        overlay + "/note.yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: note}\ndata:\n  note: " + Json.write(note)
                                + "\n")
                .write(
                        overlay + "/train.yaml",
                        "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata: {name: train}\nspec:\n"
                                + "  entrypoint: main\n  arguments: {parameters: [{name: "
                                + Json.write(schedule.isEmpty() ? "good" : EVIL)
                                + "}]}\n  templates:\n  - name: main\n    container: {image: 'i:1', command: [x]}\n")
                .write(
                        overlay + "/cron.yaml",
                        "apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\nmetadata: {name: nightly}\nspec:\n"
                                + "  schedules: [" + Json.write(schedule.isEmpty() ? "@daily" : schedule)
                                + "]\n  timezone: " + Json.write(schedule.isEmpty() ? "Etc/UTC" : EVIL)
                                + "\n  workflowSpec:\n    workflowTemplateRef: {name: train}\n"
                                + "    arguments: {parameters: [{name: good, value: x}]}\n");
    }

    @BeforeEach
    void aBranchOfAnEnemy() throws Exception {
        work = new TestRepository(root.resolve("work"));
        files("one\n::debug::kept\ntwo\n", "");
        work.commit("Good");
        work.git("checkout", "-q", "-b", "enemy");
        files(
                "one\n::debug::kept\n::error::" + EVIL + "\n##[add-mask]a\n````\n" + "long ".repeat(5_000)
                        + "\n\u202egnp.exe\u001b[2J\r::warning::b\n",
                EVIL);
        work.commit(EVIL);
    }

    @Test
    void nothingBecomesMarkupOrMention() {
        String markdown = review("markdown");
        for (String place : List.of("Interfaces of templates", "Schedules that are touched", "New findings")) {
            assertTrue(markdown.contains(place), place + ": " + markdown);
        }
        String rest = FENCED.matcher(markdown).replaceAll("");
        rest = SPAN.matcher(rest).replaceAll("");
        rest = OURS.matcher(rest).replaceAll("");
        for (String hostile : List.of("@", "<", ">", "](", "#1", "`", "onerror", "http", "|")) {
            assertFalse(rest.contains(hostile), hostile + " in " + rest);
        }
        assertTrue(markdown.length() < 65_536, "length " + markdown.length());
        assertTrue(markdown.lines().allMatch(line -> line.length() < 2_000), "a long line");
        assertTrue(markdown.contains(" more characters)"), "what is left out is said");
        assertEquals(1, markdown.split("</details>\n", -1).length - 1, "only ours ends the fold");
    }

    @Test
    void nothingCommandsARunner() {
        for (String format : List.of("markdown", "text", "json")) {
            String said = review(format);
            assertTrue(said.lines().noneMatch(line -> line.strip().startsWith("::")), said);
            assertFalse(said.contains("##["), said);
            if (!format.equals("json")) {
                assertFalse(said.matches("(?s).*[\u001b\r\u202e].*"), said);
            }
        }
        assertTrue(review("text").contains(":\\:debug::kept"), "what is shown is still readable");
    }

    @Test
    void manyChangesFitIntoAComment() throws Exception {
        StringBuilder objects = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            objects.append(
                            "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata: {name: template-with-a-name-of-some-length-and-number-")
                    .append(i)
                    .append("}\nspec: {templates: [{name: ")
                    .append("x".repeat(100))
                    .append(", container: {imag: y}}]}\n---\n");
        }
        work.write("overlays/many/kustomization.yaml", "resources: [all.yaml]\n")
                .write("overlays/many/all.yaml", objects.toString());
        work.commit("Many");
        String markdown = review("markdown");
        assertTrue(markdown.length() < 65_536, "length " + markdown.length());
        assertTrue(
                Pattern.compile("… and \\d+ more, left out for length\n")
                        .matcher(markdown)
                        .find(),
                markdown);
        assertTrue(
                Pattern.compile("… and \\d+ more objects and 0 more environments, left out")
                        .matcher(markdown)
                        .find(),
                markdown);
        assertEquals(markdown, review("markdown"));
    }
}
