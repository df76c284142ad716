package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one tenant's repository holds or does is bounded and named, and the syncs of others go on as before. */
@Tag("cluster")
class HostileTenantTest {

    /** More than a blob may have (64 MiB). */
    private static final int TOO_BIG = 70 * 1024 * 1024;

    private static final int FILES = 3_000;

    @TempDir
    Path folder;

    @Test
    void whatARepositoryHoldsIsBoundedAndNamedAndSlowsNobodyElse() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            GitFolder hostile = new GitFolder(folder.resolve("hostile"));
            hostile(hostile);
            GitFolder huge = new GitFolder(folder.resolve("huge"));
            huge.write("big/kustomization.yaml", "resources: [big.yaml]\n");
            huge.write("big/big.yaml", "#" + " ".repeat(TOO_BIG));
            huge.commit("Huge");
            desk.sync("good", Map.of());
            desk.awaitApplied("good", desk.repository().head());
            follow(desk, huge, hostile);
            List<Long> took = commits(desk, hostile);
            took.sort(null);
            assertTrue(took.get(took.size() / 2) < 5000, "commit to applied, in ms: " + took);

            assertBroken(desk, "big", "MAX_OBJECT_BYTES");
            assertBroken(desk, "link", "link");
            assertBroken(desk, "module", "module");
            assertBroken(desk, "bomb", "bomb.yaml");
            assertTrue(!desk.message("link").contains("root:"), desk.message("link"));
            assertEquals("9", desk.data("one", "a"));
        }
    }

    @Test
    void aRepositoryThatNeverAnswersKeepsNobodyWaiting() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
                OperatorDesk desk = OperatorDesk.ready(folder)) {
            String url = "https://127.0.0.1:" + silent.getLocalPort() + "/a.git";
            desk.sync("silent", Map.of("source", Map.of("url", url)));
            desk.awaitReady("silent", "False/Starting");
            desk.delete("PipelineSync", "silent");
            desk.sync("good", Map.of());
            desk.awaitApplied("good", desk.repository().head());
            desk.await(
                    "the other is gone",
                    () -> desk.get("PipelineSync", "silent").isEmpty());
        }
    }

    /** How long commits of the good one take while the others change as well, in ms. */
    private static List<Long> commits(OperatorDesk desk, GitFolder hostile) throws Exception {
        List<Long> took = new ArrayList<>();
        for (int i = 2; i < 10; i++) {
            hostile.write("many/f0.yaml", file(0, i)); // All of it is rendered again.
            hostile.commit("Number " + i);
            for (String path : List.of("many", "bomb")) {
                desk.poke(path);
            }
            desk.config("one", "a", String.valueOf(i));
            String commit = desk.repository().commit("Number " + i);
            long start = System.nanoTime();
            desk.poke("good");
            desk.awaitApplied("good", commit);
            took.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
        return took;
    }

    private static void follow(OperatorDesk desk, GitFolder huge, GitFolder hostile) throws Exception {
        for (String path : List.of("big", "link", "module", "many", "bomb")) {
            desk.sync(
                    path,
                    Map.of(
                            "source",
                            Map.of(
                                    "url",
                                    (path.equals("big") ? huge : hostile)
                                            .folder()
                                            .toString()),
                            "path",
                            path,
                            "interval",
                            "5s",
                            "mode",
                            "Observe"));
        }
    }

    private static void assertBroken(OperatorDesk desk, String sync, String named) throws Exception {
        desk.await(
                sync + " is refused",
                () -> desk.ready(sync).equals("False/BrokenCommit")
                        || desk.ready(sync).equals("False/SourceRefused"));
        assertTrue(desk.message(sync).contains(named), desk.message(sync));
    }

    private static void hostile(GitFolder repository) throws Exception {
        repository.write("link/kustomization.yaml", "resources: [users.yaml]\n");
        Files.createSymbolicLink(repository.folder().resolve("link/users.yaml"), Path.of("/etc/passwd"));
        repository.write("bomb/kustomization.yaml", "resources: [bomb.yaml]\n");
        repository.write("bomb/bomb.yaml", bomb());
        StringBuilder many = new StringBuilder("namespace: nowhere\nresources:\n");
        for (int i = 0; i < FILES; i++) {
            repository.write("many/f" + i + ".yaml", file(i, 1));
            many.append("- f").append(i).append(".yaml\n");
        }
        repository.write("many/kustomization.yaml", many.toString());
        repository.commit("Hostile");
        repository.git("update-index", "--add", "--cacheinfo", "160000," + repository.head() + ",module");
        repository.git("commit", "-q", "-m", "A submodule");
        Files.createDirectories(repository.folder().resolve("module"));
    }

    private static String file(int number, int value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: f" + number + "}\ndata: {a: \"" + value + "\"}\n";
    }

    private static String bomb() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
        }
        return text.toString();
    }
}
