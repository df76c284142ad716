package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody new tries, and what it says. */
class FirstStepsTest {

    @TempDir
    private Path root;

    @Test
    void theFirstScreenGroupsCommandsByWish() {
        CommandLine help = CommandLine.run("--help");
        assertEquals(0, help.code());
        List<String> lines = help.out().lines().toList();
        assertTrue(lines.containsAll(List.of("Before a merge:", "Run pipelines:")), help.out());
        assertTrue(
                help.out().matches("(?s).*\\R  lint {8}Say what would fail in the cluster, and where.*"), help.out());
        assertTrue(!help.out().contains("self-train"), help.out());
    }

    @Test
    void aRunOfNothingSaysWhatToName() {
        CommandLine.run("run").assertRefused("name a template, or a Workflow file with -f");
        CommandLine.run("run", "train", "-f", "x.yaml").assertRefused("name a template, or a Workflow file with -f");
        CommandLine.run("rollback").assertRefused("'--reason=TEXT'");
    }

    @Test
    void aFormatThatACommandDoesNotHaveIsRefused() {
        CommandLine.run("keys", "list", "-o", "yaml").assertRefused("expected one of [text, json, name]");
        CommandLine.run("store", "check", "-o", "wide").assertRefused("expected one of [text, json]");
        CommandLine.run("verify", "x", "-o", "name").assertRefused("expected one of [text, json]");
    }

    @Test
    void aRepositoryWithoutACommitIsSaidToHaveNone() throws Exception {
        Path empty = Files.createDirectory(root.resolve("empty"));
        try (Desk desk = Desk.prepared(Files.createDirectory(root.resolve("desk")))) {
            desk.git("init", "-q", "-b", "main", empty.toString());
        }
        for (List<String> line : List.of(
                List.of("diff", "HEAD"),
                List.of("blame", "."),
                List.of("render", ".", "--at", "HEAD"),
                List.of("review"))) {
            List<String> all = new java.util.ArrayList<>(line);
            all.addAll(List.of("--repo", empty.toString()));
            CommandLine.run(all.toArray(String[]::new)).assertRefused("the repository has no commit yet");
        }
    }

    @Test
    void aDiffSaysWhichSideDoesNotRender() throws Exception {
        try (Desk desk = Desk.prepared(root)) {
            String good = desk.head().substring(0, 10);
            String file = "overlays/local/kustomization.yaml";
            desk.write(file, Files.readString(desk.repository().resolve(file)) + "components: [missing]\n");
            String broken = desk.commit("Break the overlay").substring(0, 10);
            String repo = desk.repository().toString();
            CommandLine diff = CommandLine.run("diff", "HEAD~1", "HEAD", "--repo", repo);
            assertEquals(1, diff.code(), diff.err());
            assertTrue(diff.err().startsWith("plumbline: " + broken + " does not render"), diff.err());
            assertTrue(!diff.err().contains(good) && diff.err().contains("missing"), diff.err());
            CommandLine both = CommandLine.run("diff", "HEAD", "--repo", repo);
            assertTrue(both.err().contains(broken) && both.err().contains("work tree does not render"), both.err());
        }
    }

    @Test
    void aCopyOfAStoreIsToldToMachinesToo() throws Exception {
        try (Desk desk = Desk.ready(root)) {
            String there = root.resolve("copy").toString();
            String store = desk.data().resolve("store").toString();
            CommandLine first = CommandLine.run("store", "export", there, "--store", store, "-o", "json");
            assertEquals(0, first.code(), first.err());
            assertTrue((long) Json.parseObject(first.out()).get("entries") >= 1, first.out());
            desk.stop();
            CommandLine.run("store", "export", there, "--store", store);
            CommandLine again = CommandLine.run("store", "export", there, "--store", store, "-o", "json");
            assertEquals(Map.of("entries", 0L, "refs", 0L, "objects", 0L), Json.parseObject(again.out()));
            CommandLine text = CommandLine.run("store", "export", there, "--store", store);
            assertEquals("nothing came since the last copy", text.out().strip());
        }
    }
}
