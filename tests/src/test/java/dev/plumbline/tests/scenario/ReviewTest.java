package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.cli.Main;
import dev.plumbline.registry.git.TestRepository;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The review of a pull request: one pipeline in two environments, with a schedule, a Sensor, an example and a policy. */
class ReviewTest {

    private static final Path REPOSITORY = Path.of("src/test/resources/scenario/review");
    private static final String TEMPLATE = "pipelines/train/template.yaml";

    @TempDir
    private Path root;

    private TestRepository work;

    /** What a command line printed. */
    private record Said(int code, String out, String err) {}

    private Said plumbline(String... line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), line);
        return new Said(code, out.toString(), err.toString());
    }

    private Said review(String... options) {
        return plumbline(Stream.concat(
                        Stream.of("review", "--repo", work.folder().toString(), "--base", "main"), Stream.of(options))
                .toArray(String[]::new));
    }

    /** The only environment of a name in the review for machines. */
    private Map<String, @Nullable Object> environment(String path) throws Exception {
        Map<String, @Nullable Object> tree =
                Json.parseObject(review("-o", "json").out());
        List<Map<String, @Nullable Object>> found = Tree.maps(tree, "environments").stream()
                .filter(environment -> path.equals(environment.get("path")))
                .toList();
        assertEquals(1, found.size(), path);
        return found.getFirst();
    }

    private static List<String> texts(Map<String, @Nullable Object> environment, String list, String field) {
        return Tree.maps(environment, list).stream()
                .map(one -> Tree.text(one, field))
                .toList();
    }

    @BeforeEach
    void aPipelineAndABranch() throws Exception {
        work = new TestRepository(root.resolve("work"));
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                work.write(REPOSITORY.relativize(file).toString(), Files.readString(file));
            }
        }
        work.commit("First");
        work.git("checkout", "-q", "-b", "feature");
    }

    private void edit(String file, String from, String to) throws IOException {
        String content = Files.readString(work.folder().resolve(file));
        assertTrue(content.contains(from), file + " has no " + from);
        work.write(file, content.replace(from, to));
    }

    @Test
    void aBranchThatChangesNothingIsFine() throws Exception {
        work.write("README.md", "Words\n");
        work.commit("Words");
        Said said = review("-o", "text");
        assertEquals(0, said.code(), said.out() + said.err());
        assertTrue(said.out().startsWith("Nothing blocks: no rendered change in 2 environments."), said.out());
        assertFalse(said.out().contains("What changes"), said.out());
    }

    @Test
    void whatMainGotMeanwhileIsNotPartOfTheChange() throws Exception {
        edit("pipelines/train/steps/train.py", "training", "more training");
        work.commit("On the branch");
        String before = review().out();
        work.git("checkout", "-q", "main");
        edit(TEMPLATE, "train:1.0", "train:2.0");
        work.commit("On main");
        assertEquals(before, review("--head", "feature").out(), "the same commits give the same comment");
        assertTrue(before.contains("more training"), before);
        assertFalse(before.contains("train:2.0"), before);
    }

    @Test
    void aParameterWithoutDefaultBreaksTheSchedule() throws Exception {
        edit(
                TEMPLATE,
                "    - name: model-name\n      value: churn\n",
                "    - name: model-name\n      value: churn\n" + "    - name: region\n");
        work.commit("A region");
        Said said = review();
        assertEquals(1, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("\n**Blocked**: "), said.out());
        assertTrue(said.out().contains("`WorkflowTemplate/train` needs a **major** version"), said.out());
        Map<String, @Nullable Object> dev = environment("overlays/dev");
        assertEquals(
                List.of("it does not give the parameter region, which train requires"),
                texts(dev, "brokenConsumers", "message"));
        Map<String, @Nullable Object> consumer =
                Tree.maps(dev, "brokenConsumers").getFirst();
        assertEquals("CronWorkflow.argoproj.io/ml-dev/nightly", consumer.get("consumer"));
        assertEquals("pipelines/train/cron.yaml", consumer.get("file"));
        assertEquals(12L, consumer.get("line"));
        assertTrue(
                said.out()
                        .contains("breaks `CronWorkflow/nightly` at `pipelines/train/cron.yaml:12:13` in"
                                + " all environments: "),
                said.out());
    }

    @Test
    void anOutputThatIsGoneBreaksTheExampleAndTheSensor() throws Exception {
        edit(TEMPLATE, "      - name: model-uri\n        valueFrom: {path: /tmp/uri}\n", "");
        work.commit("No uri");
        assertEquals(1, review().code());
        assertEquals(
                List.of("pipelines/examples/report.yaml"),
                texts(environment("overlays/dev"), "brokenConsumers", "file"));
        Map<String, @Nullable Object> prod = environment("overlays/prod");
        assertEquals(
                List.of("overlays/prod/sensor.yaml", "pipelines/examples/report.yaml"),
                texts(prod, "brokenConsumers", "file"));
        assertEquals(
                List.of(
                        "it reads the output parameter model-uri, which train/fit does not give",
                        "it reads the output parameter model-uri, which train/fit does not give"),
                texts(prod, "brokenConsumers", "message"));
        String text = review("-o", "text").out();
        assertTrue(text.contains("breaks Sensor/on-data at overlays/prod/sensor.yaml:28:41 in overlays/prod: "), text);
        assertTrue(
                text.contains("breaks Workflow at pipelines/examples/report.yaml:14:29 in all environments: "), text);
    }

    @Test
    void aChangedScheduleIsSaidInWords() throws Exception {
        edit("pipelines/train/cron.yaml", "0 2 * * *", "30 4 * * 1-5");
        work.commit("Later");
        Said said = review("-o", "text");
        assertEquals(0, said.code(), said.out() + said.err());
        assertTrue(said.out().startsWith("Nothing blocks: 2 objects change in 2 of 2 environments."), said.out());
        assertTrue(
                said.out().contains("CronWorkflow/nightly at pipelines/train/cron.yaml:1:1 in all environments\n"),
                said.out());
        assertTrue(said.out().contains("fired every day at 02:00, Etc/UTC\n"), said.out());
        assertTrue(said.out().contains("fires now every Monday to Friday at 04:30, Etc/UTC\n"), said.out());
        assertTrue(said.out().contains("CronWorkflow/nightly registers the model churn in all"), said.out());
        assertFalse(said.out().contains("WorkflowTemplate/train registers"), said.out());
    }

    @Test
    void aChangedStepTouchesModelAndSchedule() throws Exception {
        edit("pipelines/train/steps/train.py", "training", "other training");
        work.commit("Train otherwise");
        Said said = review();
        assertEquals(0, said.code(), said.out() + said.err());
        Map<String, @Nullable Object> dev = environment("overlays/dev");
        assertEquals(List.of("churn", "churn"), texts(dev, "models", "model"));
        assertEquals(
                List.of("CronWorkflow.argoproj.io/ml-dev/nightly", "WorkflowTemplate.argoproj.io/ml-dev/train"),
                texts(dev, "models", "producer"));
        assertEquals(List.of("every day at 02:00, Etc/UTC"), texts(dev, "schedules", "after"));
        assertTrue(said.out().contains("`WorkflowTemplate/train` registers the model `churn` in all environments\n"));
        assertTrue(said.out().contains("fires as before, `every day at 02:00, Etc/UTC`"), said.out());
        assertTrue(said.out().contains("\n- 1 template changes behind the same interface (patch)\n"), said.out());
        assertTrue(
                said.out()
                        .contains("<details><summary><code>overlays/dev</code>, <code>overlays/prod</code>:"
                                + " 0 added, 2 changed, 0 removed</summary>"),
                "both change alike: " + said.out());
        assertTrue(said.out().contains("    -print(\"training\")\n    +print(\"other training\")\n"), said.out());
    }

    @Test
    void aPatchThatBreaksKeepsAnEnvironmentFromRendering() throws Exception {
        edit(
                "overlays/prod/kustomization.yaml",
                "- sensor.yaml\n",
                "- sensor.yaml\npatches:\n- target: {kind: WorkflowTemplate, name: train}\n  patch: |-\n"
                        + "    - {op: replace, path: /spec/templates/7/name, value: x}\n");
        work.commit("Patch");
        Said said = review();
        assertEquals(1, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("**Blocked**: 1 environment does not render."), said.out());
        assertTrue(said.out().contains("at `overlays/prod/kustomization.yaml:"), said.out());
        assertEquals(List.of(), Tree.list(environment("overlays/prod"), "objects"));
        work.git("branch", "-f", "main", "feature");
        edit("overlays/prod/kustomization.yaml", "templates/7", "templates/0");
        work.commit("Mend the patch");
        said = review("-o", "text");
        assertTrue(said.out().contains("Did not render before, so what changes there is not known"), said.out());
        assertEquals(List.of(), Tree.list(environment("overlays/prod"), "brokenAfter"));
    }

    @Test
    void aDenialBlocksAlsoWhenItWasThereBefore() throws Exception {
        edit(TEMPLATE, "  activeDeadlineSeconds: 3600\n", "");
        work.commit("No deadline");
        Said said = review();
        assertEquals(1, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("**Blocked**: 1 denial by policies."), said.out());
        assertTrue(said.out().contains("### Denied by policies\n"), said.out());
        work.git("branch", "-f", "main", "feature");
        work.write("README.md", "Words\n");
        work.commit("Words");
        said = review();
        assertEquals(1, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("### Denied by policies before and still\n"), said.out());
    }

    @Test
    void findingsComeGoAndMove() throws Exception {
        edit(TEMPLATE, "{{inputs.parameters.model-name}}", "{{inputs.parameters.modelname}}");
        work.commit("Misspelt");
        Said said = review();
        assertEquals(1, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("1 new error"), said.out());
        assertTrue(said.out().contains("### New findings\n"), said.out());
        work.git("branch", "-f", "main", "feature");
        edit(TEMPLATE, "kind: WorkflowTemplate\n", "# moved by\n# two lines\nkind: WorkflowTemplate\n");
        work.commit("Moved");
        said = review("-o", "text");
        assertEquals(0, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("Nothing blocks: no rendered change"), said.out());
        edit(TEMPLATE, "{{inputs.parameters.modelname}}", "{{inputs.parameters.model-name}}");
        work.commit("Spelt");
        said = review("-o", "text");
        assertEquals(0, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("2 findings fixed"), said.out());
    }

    @Test
    void whatIsMissingIsSaidWithAWayOut() throws Exception {
        Said said = plumbline("review", "--repo", work.folder().toString());
        assertEquals(2, said.code(), said.out());
        assertTrue(said.err().contains("\"origin/main\"") && said.err().contains("fetch-depth: 0"), said.err());
        said = review("--head", "nowhere");
        assertEquals(2, said.code(), said.out());
        assertTrue(said.err().contains("\"nowhere\""), said.err());
        work.write("a", "1");
        work.commit("More");
        Path shallow = root.resolve("shallow");
        work.git(
                "clone",
                "-q",
                "--depth",
                "1",
                "--no-single-branch",
                work.folder().toUri().toString(),
                shallow.toString());
        said = plumbline("review", "--repo", shallow.toString(), "--head", "origin/feature");
        assertEquals(2, said.code(), said.out());
        assertTrue(said.err().contains("fetch-depth: 0"), said.err());
        assertEquals("", said.out());
    }
}
