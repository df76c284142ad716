package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.cli.Main;
import dev.plumbline.registry.git.TestRepository;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Render, blame and diff on a clone, with nothing running. */
class LocalCommandsTest {

    @TempDir
    private Path root;

    private TestRepository work;
    private CommitId first;
    private CommitId second;

    /** What a command line printed. */
    private record Said(int code, String out, String err) {}

    private Said plumbline(String... line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), line);
        return new Said(code, out.toString(), err.toString());
    }

    private Said inRepository(String... line) {
        String[] whole = java.util.Arrays.copyOf(line, line.length + 2);
        whole[line.length] = "--repo";
        whole[line.length + 1] = work.folder().toString();
        return plumbline(whole);
    }

    @BeforeEach
    void aRepository() throws Exception {
        work = new TestRepository(root.resolve("work"));
        work.write(
                        "base/kustomization.yaml",
                        "resources: [template.yaml]\nconfigMapGenerator:\n- name: steps\n  files: [a.py]\n")
                .write("base/a.py", "print(1)\n")
                .write(
                        "base/template.yaml",
                        "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata:\n  name: train\nspec:\n"
                                + "  templates:\n  - name: a\n    container: {image: \"i:1\"}\n")
                .write("overlays/dev/kustomization.yaml", "resources: [../../base]\nnamespace: dev\n");
        first = work.commit("First");
        work.write("base/a.py", "print(2)\n")
                .write(
                        "overlays/dev/kustomization.yaml",
                        "resources: [../../base]\nnamespace: dev\nsecretGenerator:\n- {name: s, literals: [k=hunter2]}\n"
                                + "patches:\n- target: {kind: WorkflowTemplate}\n  patch: |-\n"
                                + "    - {op: replace, path: /spec/templates/0/container/image, value: \"i:2\"}\n");
        second = work.commit("Second");
    }

    @Test
    void rendersWhatIsOnDiskAndWhatWasCommitted() throws Exception {
        Said head = inRepository("render", "overlays/dev", "--at", "HEAD");
        assertEquals(0, head.code(), head.err());
        assertTrue(head.out().contains("      image: i:2\n"), head.out());
        assertEquals(head.out(), inRepository("render", "overlays/dev").out(), "the work tree is clean");
        assertEquals(
                head.out(),
                plumbline("render", work.folder().resolve("overlays/dev").toString())
                        .out());
        assertTrue(
                inRepository("render", "overlays/dev", "--at", "HEAD~1").out().contains("image: i:1"));
        work.write("base/template.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: edited}\n");
        assertTrue(inRepository("render", "overlays/dev").out().contains("name: edited"));
        assertEquals(
                head.out(),
                inRepository("render", "overlays/dev", "--at", second.hex()).out());
    }

    @Test
    void rendersAsListAndAsNames() throws Exception {
        assertEquals(
                List.of("ConfigMap/steps-", "Secret/s-", "WorkflowTemplate/train"),
                inRepository("render", "overlays/dev", "-o", "name")
                        .out()
                        .lines()
                        .map(line -> line.replaceAll("-[a-z0-9]{10}$", "-"))
                        .toList());
        Map<String, @Nullable Object> list = Json.parseObject(
                inRepository("render", "overlays/dev", "-o", "json").out().getBytes(StandardCharsets.UTF_8));
        assertEquals("List", list.get("kind"));
        assertEquals(3, Tree.list(list, "items").size());
    }

    @Test
    void basesMayStandAnywhereAboveAFolderWithoutARepository() throws Exception {
        Path plain = Files.createDirectories(root.resolve("plain"));
        copy(work.folder().resolve("base"), plain.resolve("base"));
        copy(work.folder().resolve("overlays/dev"), plain.resolve("x/overlays/dev"));
        Path overlay = plain.resolve("x/overlays/dev/kustomization.yaml");
        Files.writeString(overlay, Files.readString(overlay).replace("../../base", "../../../base"));
        Said said = plumbline("render", plain.resolve("x/overlays/dev").toString());
        assertEquals(0, said.code(), said.err());
        assertEquals(inRepository("render", "overlays/dev").out(), said.out());
        said = plumbline("render", plain.resolve("x/overlays/dev").toString(), "--at", "HEAD");
        assertRefused(said, "is in no Git repository");
    }

    @Test
    void blamesObjectsAndFields() throws Exception {
        Said all = inRepository("blame", "overlays/dev");
        assertEquals(0, all.code(), all.err());
        assertTrue(
                all.out().matches("(?s).*WorkflowTemplate/train +" + second.abbreviated() + " .*Second.*"), all.out());
        Map<String, @Nullable Object> one =
                Json.parseObject(inRepository("blame", "overlays/dev", "WorkflowTemplate/train", "-o", "json")
                        .out()
                        .getBytes(StandardCharsets.UTF_8));
        for (Map<String, @Nullable Object> field : Tree.maps(one, "fields")) {
            boolean image = Tree.text(field, "field").equals("spec.templates[name=a].container.image");
            assertEquals((image ? second : first).hex(), field.get("commit"), field.toString());
        }
        assertEquals(
                List.of("base/template.yaml", "overlays/dev/kustomization.yaml"),
                Tree.list(Tree.maps(one, "objects").getFirst(), "files"));
        Said old = inRepository("blame", "overlays/dev", "WorkflowTemplate/train", "--at", "HEAD~1");
        assertTrue(old.out().contains("(every field)   " + first.abbreviated()), old.out());
        Said steps = inRepository("blame", "overlays/dev", "ConfigMap/steps");
        assertTrue(steps.out().matches("(?s).*data\\[\"a.py\"] +" + second.abbreviated() + ".*"), steps.out());
        Said bounded = inRepository("blame", "overlays/dev", "WorkflowTemplate/train", "--limit", "1");
        assertTrue(bounded.out().contains("≤ " + second.abbreviated()), bounded.out());
    }

    @Test
    void showsWhatChangesAndNoSecret() throws Exception {
        Said text = inRepository("diff", "HEAD~1", "HEAD");
        assertEquals(0, text.code(), text.err());
        assertTrue(text.out().contains("overlays/dev: 1 added, 2 changed, 0 removed"), text.out());
        assertTrue(text.out().contains("      -i:1\n      +i:2\n"), text.out());
        assertTrue(text.out().contains("      -print(1)\n      +print(2)\n"), text.out());
        assertFalse(text.out().contains("\u001b"), "no colour where there is no terminal");
        work.write(
                "overlays/dev/kustomization.yaml",
                Files.readString(work.folder().resolve("overlays/dev/kustomization.yaml"))
                        .replace("hunter2", "hunter3"));
        for (String format : List.of("text", "json", "markdown")) {
            Said secret = inRepository("diff", "HEAD", "-o", format);
            assertEquals(0, secret.code(), secret.err());
            assertTrue(secret.out().contains("data.k"), secret.out());
            assertFalse(secret.out().matches("(?s).*(hunter|aHVudGVy).*"), secret.out());
        }
        work.write("overlays/new/kustomization.yaml", "resources: [../../base]\n");
        assertTrue(
                inRepository("diff", "HEAD", "--path", "overlays/new").out().contains("2 added, 0 changed, 0 removed"));
        assertEquals(
                "No rendered change.\n",
                inRepository("diff", "HEAD", "HEAD", "-o", "markdown").out());
    }

    private void writeBadFiles() throws IOException {
        work.write("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  x: 1\n  x: 2\n");
        Files.write(work.folder().resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4, '\n'});
        Files.createSymbolicLink(work.folder().resolve("overlays/dev/out.yaml"), Path.of("/etc/passwd"));
        try (var large = new java.io.RandomAccessFile(
                work.folder().resolve("overlays/dev/large.yaml").toFile(), "rw")) {
            large.setLength(100L * 1024 * 1024);
        }
        Files.move(work.folder().resolve("a.yaml"), work.folder().resolve("overlays/dev/a.yaml"));
        Files.move(work.folder().resolve("latin.yaml"), work.folder().resolve("overlays/dev/latin.yaml"));
    }

    @Test
    void badContentIsAFindingAndNothingIsRendered() throws Exception {
        String overlay = "overlays/dev/kustomization.yaml";
        String good = Files.readString(work.folder().resolve(overlay));
        writeBadFiles();
        Map<String, String> bad = Map.of(
                "resources: [missing.yaml]\n", "kustomization.yaml:1:13: error: there is no file",
                "resources: [../../../out]\n",
                        "kustomization.yaml:1:13: error: ../../../out leads out of the repository",
                "resources: [out.yaml]\n", "is a symbolic link",
                "resources: [large.yaml]\n", "104857600 bytes",
                "resources: [a.yaml]\n", "a.yaml:6:3: error: the key x stands twice",
                "resources: [latin.yaml]\n", "latin.yaml:1:4: error: the file is not UTF-8",
                "resources: [../dev]\n", "kustomization.yaml:1:13: error",
                "resourcez: []\n", "kustomization.yaml:1:12: error: a kustomization file has no field resourcez",
                "resources: [../../base, ../../base]\n", "kustomization.yaml:1:25: error",
                "resources: [../../base]\npatches:\n- target: {kind: Nothing}\n  path: gone.yaml\n",
                        "kustomization.yaml:4:9: error");
        for (Map.Entry<String, String> one : bad.entrySet()) {
            work.write(overlay, one.getKey());
            for (Said said : List.of(inRepository("render", "overlays/dev"), inRepository("diff", "HEAD"))) {
                assertEquals(1, said.code(), one.getKey());
                assertTrue(said.err().contains(one.getValue()), said.err());
                assertEquals("", said.out());
            }
        }
        work.write(overlay, "resources: [missing.yaml]\n");
        work.commit("Broken");
        for (Said said : List.of(
                inRepository("render", "overlays/dev", "--at", "HEAD"), inRepository("blame", "overlays/dev"))) {
            assertEquals(1, said.code());
            assertTrue(said.err().startsWith("overlays/dev/kustomization.yaml:1:13: error: "), said.err());
            assertEquals("", said.out());
        }
        work.write(overlay, good);
        assertEquals(0, inRepository("render", "overlays/dev").code());
    }

    @Test
    void whatTheCommandLineGotWrongIsSaid() throws Exception {
        for (String command : List.of("render", "blame")) {
            assertRefused(inRepository(command, "overlays/dev", "--at", "nowhere"), "\"nowhere\"");
            assertRefused(inRepository(command, "../outside", "--at", "HEAD"), "leads out of the repository");
            assertRefused(
                    plumbline(
                            command,
                            ".",
                            "--at",
                            "HEAD",
                            "--repo",
                            root.resolve("none").toString()),
                    "--repo");
            assertRefused(
                    plumbline(command, ".", "--at", "HEAD", "--repo", root.toString()), "is in no Git repository");
            assertRefused(inRepository(command, "a\0b", "--at", "HEAD"), "not a path");
        }
        assertRefused(inRepository("diff", "nowhere"), "\"nowhere\"");
        assertRefused(inRepository("diff", "HEAD", "--path", "../outside"), "leads out of the repository");
        assertRefused(inRepository("diff"), "REV");
        assertRefused(plumbline("diff", "HEAD", "--repo", root.toString()), "is in no Git repository");
        assertRefused(inRepository("render", "overlays/dev", "-o", "xml"), "xml");
        assertRefused(inRepository("blame", "overlays/dev", "--limit", "0"), "--limit 0");
        for (String[] line : new String[][] {
            {"render", "overlays/none"},
            {"render", "base/a.py"},
            {"render", "overlays/none", "--at", "HEAD"},
            {"blame", "overlays/none"},
            {"diff", "HEAD", "--path", "overlays/none"},
            {"blame", "overlays/dev", "Kind/none"},
        }) {
            Said said = inRepository(line);
            assertEquals(1, said.code(), said.err());
            assertEquals(1, said.err().lines().count(), said.err());
            assertEquals("", said.out());
        }
    }

    private static void assertRefused(Said said, String why) {
        assertEquals(2, said.code(), said.out() + said.err());
        assertTrue(said.err().startsWith("plumbline: ") && said.err().contains(why), said.err());
        assertFalse(said.err().contains("Exception"), said.err());
        assertEquals("", said.out());
    }

    private static void copy(Path from, Path to) throws Exception {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
