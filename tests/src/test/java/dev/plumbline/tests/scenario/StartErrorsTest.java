package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.controller.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person gets wrong at the start: one clear sentence each, exit code 2, nothing left behind. */
class StartErrorsTest {

    @Test
    void aSecondUpOnTheSameFolderNamesTheFirstOnesProcess(@TempDir Path root) throws Exception {
        try (Desk desk = Desk.ready(root)) {
            refused(
                    "in use by the plumbline with process id "
                            + ProcessHandle.current().pid(),
                    "--repo",
                    desk.repository().toString(),
                    "--data",
                    desk.data().toString(),
                    "--port",
                    "0");
            assertEquals(0, desk.plumbline("history").code(), "the first one goes on");
        }
    }

    @Test
    void aPortInUseIsSaidWithTheWayOut(@TempDir Path root) throws Exception {
        try (Desk desk = Desk.prepared(root);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused(
                    "port " + taken.getLocalPort() + " is in use",
                    "--repo",
                    desk.repository().toString(),
                    "--data",
                    desk.data().toString(),
                    "--port",
                    Integer.toString(taken.getLocalPort()));
            assertFalse(Files.exists(desk.data().resolve("up.json")));
            desk.start(); // Nothing of the refused one is in the way.
            desk.awaitHistory("APPLIED", 1);
        }
    }

    @Test
    void aFileInTheWayOfTheFolderIsSaid(@TempDir Path root) throws Exception {
        Path file = Files.writeString(root.resolve("file"), "");
        refused("cannot use the data folder " + file, "--data", file.toString());
    }

    @Test
    void whatIsNoRepositoryIsSaid(@TempDir Path root) throws Exception {
        Path empty = Files.createDirectory(root.resolve("empty"));
        refused(
                empty.toString(),
                "--repo",
                empty.toString(),
                "--data",
                root.resolve("data").toString(),
                "--port",
                "0");
        refused(
                "nowhere",
                "--repo",
                "/nowhere/at/all",
                "--data",
                root.resolve("data").toString(),
                "--port",
                "0");
    }

    @Test
    void anUnknownBranchIsSaid(@TempDir Path root) throws Exception {
        try (Desk desk = Desk.prepared(root)) {
            refused(
                    "has no branch or tag named nowhere",
                    "--repo",
                    desk.repository().toString(),
                    "--branch",
                    "nowhere",
                    "--data",
                    desk.data().toString(),
                    "--port",
                    "0");
        }
    }

    @Test
    void aTransportThatIsNotAllowedIsSaidWithoutItsCredentials(@TempDir Path root) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
        try {
            String url =
                    "http://ann:canary-secret@127.0.0.1:" + server.getAddress().getPort() + "/repo.git";
            String said = refused(
                    "https", "--repo", url, "--data", root.resolve("data").toString(), "--port", "0");
            assertFalse(said.contains("canary-secret"), said);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatTheCommandLineGetsWrongIsSaid(@TempDir Path root) {
        String data = root.resolve("data").toString();
        refused("--interval", "--interval", "0ms", "--data", data);
        refused("not a time", "--interval", "soon", "--data", data);
        refused("--port", "--port", "many", "--data", data);
        refused("Unknown option", "--nonsense", "--data", data);
    }

    @Test
    void aCommandWithoutARunningUpSaysSo(@TempDir Path root) {
        for (String command : List.of("history", "runs", "models", "plan", "blame", "templates", "logs")) {
            Answer answer = plumbline(command, "--data", root.toString());
            assertEquals(2, answer.code, answer.text);
            assertTrue(answer.text.contains("start it with `plumbline up`"), answer.text);
        }
    }

    private record Answer(int code, String text) {}

    private static String refused(String part, String... options) {
        List<String> line = new ArrayList<>(List.of("up"));
        line.addAll(List.of(options));
        Answer answer = plumbline(line.toArray(String[]::new));
        assertEquals(2, answer.code, answer.text);
        assertTrue(answer.text.contains(part), "expected '" + part + "' in: " + answer.text);
        assertTrue(answer.text.startsWith("plumbline: "), answer.text);
        assertFalse(answer.text.contains("\tat "), "no stack trace: " + answer.text);
        return answer.text;
    }

    private static Answer plumbline(String... arguments) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int code = Main.run(writer, writer, arguments);
        writer.flush();
        return new Answer(code, out.toString());
    }
}
