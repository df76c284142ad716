package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a command line got wrong is one sentence on standard error with exit code 2, and every command explains itself. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // A start that succeeds stays in the foreground.
class CommandErrorsTest {

    private static final int ENVIRONMENT = 2;

    @TempDir
    private Path root;

    /** What a command line printed. */
    private record Said(int code, String out, String err) {

        /** Checks that it is a refusal in one sentence that holds all the parts. */
        void refuses(String... parts) {
            assertEquals(ENVIRONMENT, code, () -> out + err);
            for (String part : parts) {
                assertTrue(err.contains(part), () -> "\"" + part + "\" is not in: " + err);
            }
            List<String> lines = err.lines().toList();
            assertTrue(lines.getFirst().startsWith("plumbline: "), err);
            boolean hint = lines.size() == 2
                    && lines.get(1).matches("See `.* --help`\\.|(Possible solutions|Did you mean): .*");
            assertTrue(lines.size() == 1 || hint, () -> "more than a sentence: " + err);
            assertFalse(err.contains("Exception") || err.contains("\tat "), err);
            assertEquals("", out);
        }
    }

    private static Said plumbline(String... line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), line);
        return new Said(code, out.toString(), err.toString());
    }

    private static Said up(String repository, Path data, String... more) {
        List<String> line = new ArrayList<>(List.of("up", "--repo", repository, "--data", data.toString()));
        if (!List.of(more).contains("--port")) {
            line.addAll(List.of("--port", "0"));
        }
        line.addAll(List.of(more));
        return plumbline(line.toArray(String[]::new));
    }

    /** An option that is not looked at would be taken for a check that was made. */
    @Test
    void verifyRefusesOptionsThatItWouldNotLookAt() {
        plumbline("verify", "--log", "--require", "MATCH").refuses("--log checks no model");
        plumbline("verify", "--log", "--export", "there").refuses("--log checks no model");
        plumbline("verify", "churn:1", "--anchor", "seals.jsonl").refuses("--anchor", "--log");
        plumbline("verify", "model", "--bundle", "b.sig", "--allow-executor", "local")
                .refuses("--bundle");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        // Below /proc nobody can make a folder, the administrator included.
        Path closed = Path.of("/proc/plumbline/data");
        try (Desk desk = Desk.prepared(root)) {
            up(desk.repository().toString(), closed)
                    .refuses("cannot use the data folder /proc/plumbline/data", "--data");
        }
    }

    @Test
    void anAddressLikeThatOfSshIsRefused() {
        up("git@example.org:a/b.git", root.resolve("data")).refuses("only https://");
    }

    @Test
    void anUnknownBranchAndAnEmptyRepositoryAreNamed() throws Exception {
        try (Desk desk = Desk.prepared(root)) {
            up(desk.repository().toString(), desk.data(), "--branch", "nowhere")
                    .refuses("no branch or tag named nowhere", "--branch");
            Path fresh = Files.createDirectory(root.resolve("fresh"));
            desk.git("init", "-q", "-b", "main", fresh.toString());
            up(fresh.toString(), root.resolve("data")).refuses("no branch or tag that HEAD names", "first commit");
        }
    }

    @Test
    void aPathThatIsNotInTheRepositoryIsAFindingOfTheCommit() throws Exception {
        try (Desk desk = Desk.prepared(root);
                Child child = Child.start(desk, "--path", "overlays/nowhere")) {
            child.awaitReady();
            desk.awaitHead(desk.head(), "BROKEN");
            String findings = desk.history().getFirst().get("findings") + "";
            assertTrue(findings.contains("overlays/nowhere"), findings);
            child.stop();
        }
    }

    @Test
    void badOptionsAreNamed() throws Exception {
        try (Desk desk = Desk.prepared(root)) {
            for (String interval : List.of("soon", "", "5", "1h 30m", "99999999999s")) {
                up(desk.repository().toString(), desk.data(), "--interval", interval)
                        .refuses("'--interval'", "not a time: " + interval, "500ms");
            }
            for (String interval : List.of("-1s", "0", "1ms", "1441m")) {
                up(desk.repository().toString(), desk.data(), "--interval", interval)
                        .refuses("'--interval'", interval + " is out of range", "24h");
            }
            up(desk.repository().toString(), desk.data(), "--port", "http").refuses("--port", "http");
            for (String port : List.of("-1", "65536", "2147483647")) {
                up(desk.repository().toString(), desk.data(), "--port", port)
                        .refuses("--port " + port + " is out of range", "65535");
            }
            up(desk.repository().toString(), desk.data(), "--intervall", "1s").refuses("--intervall");
            up(desk.repository().toString(), desk.data(), "extra").refuses("extra");
            plumbline("upp").refuses("upp");
            assertFalse(Files.exists(desk.data()), "nothing was made before the options were read");
        }
    }

    /** The kubeconfig is missing, which is said only when all options were read. */
    @Test
    void everyTimeIsReadAlikeAndItsErrorNamesItsOption() {
        String missing = root.resolve("kubeconfig").toString();
        String store = root.resolve("store").toString();
        for (String time : List.of("1h", "1h30m", "90s", "500h")) {
            plumbline("controller", "--store", store, "--kubeconfig", missing, "--keep-runs", time)
                    .refuses(missing);
        }
        plumbline("controller", "--store", store, "--kubeconfig", missing, "--keep-runs", "1y")
                .refuses("'--keep-runs'", "not a time: 1y");
        plumbline("controller", "--store", store, "--kubeconfig", missing, "--leader-elect-lease-duration", "9ms")
                .refuses("'--leader-elect-lease-duration'", "9ms is out of range");
        plumbline("sync", "get", "--kubeconfig", missing, "--timeout", "1h").refuses(missing);
        plumbline("sync", "get", "--kubeconfig", missing, "--timeout", "later").refuses("'--timeout'", "later");
    }

    @Test
    void everyCommandExplainsItself() {
        String all = plumbline("--help").out();
        List<String> commands = all.lines()
                .dropWhile(line -> !line.equals("Keep pipelines as Git says:"))
                .takeWhile(line -> !line.startsWith("Begin"))
                .filter(line -> line.startsWith("  "))
                .map(line -> line.strip().split("\\s+", -1)[0])
                .toList();
        assertTrue(
                commands.containsAll(List.of("up", "run", "render", "blame", "diff", "provenance", "rollback", "sync")),
                all);
        for (String command : commands) {
            Said said = plumbline(command, "--help");
            assertEquals(0, said.code(), command);
            assertEquals("", said.err());
            assertTrue(said.out().startsWith("Usage: plumbline " + command), said.out());
        }
        for (String command :
                List.of("up", "run", "logs", "provenance", "render", "diff", "blame", "rollback", "revert")) {
            String help = plumbline(command, "--help").out();
            assertTrue(help.matches("(?s).*Examples?:\\R  plumbline " + command + ".*"), help);
        }
        for (String verb : List.of("get", "suspend", "resume", "reconcile")) {
            assertEquals(0, plumbline("sync", verb, "--help").code(), verb);
        }
    }

    @Test
    void commandsSayThatNothingRuns() throws IOException {
        Path data = root.resolve("data");
        Files.createDirectories(data);
        allCommands(data, "no plumbline runs on the data folder " + data);
        // A killed one leaves its address behind.
        Files.writeString(data.resolve("up.json"), "{\"port\":" + freePort() + ",\"pid\":1}");
        Files.writeString(data.resolve("token"), "0000");
        allCommands(data, "does not answer");
        for (String damaged : List.of("", "{", "[]", "{}", "{\"port\":\"x\"}", "{\"port\":99999}")) {
            Files.writeString(data.resolve("up.json"), damaged);
            plumbline("runs", "--data", data.toString()).refuses(data.toString(), "plumbline up");
        }
    }

    private static void allCommands(Path data, String why) {
        for (String command : List.of(
                "run train",
                "runs",
                "logs",
                "templates",
                "models",
                "provenance @latest",
                "history",
                "plan",
                "blame",
                "rollback --reason r",
                "revert abcd",
                "sync get",
                "sync suspend",
                "sync resume",
                "sync reconcile")) {
            plumbline((command + " --data " + data).split(" ")).refuses(why, "plumbline up");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
