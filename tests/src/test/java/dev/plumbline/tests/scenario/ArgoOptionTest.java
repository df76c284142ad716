package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.cli.Main;
import dev.plumbline.registry.git.TestRepository;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --argo}: without it plain kustomize is what is printed, with it Argo's lists, images and names are cared for. */
class ArgoOptionTest {

    @TempDir
    private Path root;

    private TestRepository work;

    /** What a command line printed. */
    private record Said(int code, String out, String err) {}

    private Said plumbline(String command, String... more) {
        String[] line = new String[more.length + 3];
        line[0] = command;
        System.arraycopy(more, 0, line, 1, more.length);
        line[more.length + 1] = "--repo";
        line[more.length + 2] = work.folder().toString();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), line);
        return new Said(code, out.toString(), err.toString());
    }

    @BeforeEach
    void aPatchThatAddsATemplate() throws Exception {
        work = new TestRepository(root.resolve("work"));
        work.write("base/kustomization.yaml", "resources: [template.yaml]\n")
                .write(
                        "base/template.yaml",
                        "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata: {name: train}\nspec:\n"
                                + "  templates:\n  - {name: a, container: {image: \"i:1\"}}\n")
                .write("overlay/kustomization.yaml", "resources: [../base]\n");
        work.commit("First");
        work.write(
                "overlay/kustomization.yaml",
                "resources: [../base]\nimages: [{name: i, newTag: \"9\"}]\npatches:\n- patch: |-\n"
                        + "    kind: WorkflowTemplate\n    apiVersion: argoproj.io/v1alpha1\n    metadata: {name: train}\n"
                        + "    spec: {templates: [{name: b, suspend: {}}]}\n");
        work.commit("Add a template");
    }

    @Test
    void rendersWithAwarenessOnlyWhenAsked() {
        Said plain = plumbline("render", "overlay");
        assertFalse(plain.out().contains("name: a\n"), "plain kustomize loses the base's template: " + plain.out());
        assertTrue(plain.err().contains("--argo"), plain.err());
        Said aware = plumbline("render", "overlay", "--argo");
        assertEquals(0, aware.code(), aware.err());
        assertTrue(aware.out().contains("name: a\n") && aware.out().contains("image: i:9\n"), aware.out());
        assertTrue(aware.err().contains("plain kustomize replaces the whole list"), aware.err());
        assertEquals(
                aware.out(),
                plumbline("render", "overlay", "--argo", "--at", "HEAD").out());
    }

    @Test
    void diffAndBlameSeeWhatIsRendered() {
        Said diff = plumbline("diff", "HEAD~1", "HEAD", "--path", "overlay", "--argo");
        assertTrue(diff.out().contains("i:9"), diff.out());
        Said blame = plumbline("blame", "overlay", "WorkflowTemplate/train", "--argo", "-o", "wide");
        String image = blame.out()
                .lines()
                .filter(line -> line.startsWith("spec.templates[name=a].container.image"))
                .findFirst()
                .orElse("");
        assertTrue(image.contains("Add a template"), blame.out());
    }
}
