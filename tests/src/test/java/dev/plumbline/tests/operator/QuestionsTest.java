package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.app.operator.Operator;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask the controller what, over HTTP, as a real API server decides. */
@Tag("cluster")
class QuestionsTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @Test
    void whoMayGetASyncReadsItAndNobodyElseDoes() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.sync("pipelines", Map.of());
            String commit = desk.repository().head();
            desk.awaitApplied("pipelines", commit);
            Person reader = Person.with(desk, "plumbline-cli", "plumbline-cli");
            Person stranger = Person.with(desk, "stranger");
            String path = sync(desk, "pipelines");

            assertRefused(401, "no token was sent", ask(desk, path + "/history", ""));
            assertRefused(401, "not one that this cluster made", ask(desk, path + "/history", "forged.token.here"));
            String good = reader.token("plumbline");
            String forged = good.substring(0, good.length() - 8) + "AAAAAAAA";
            HttpResponse<String> answer = ask(desk, path + "/history", forged);
            assertRefused(401, "not one that this cluster made", answer);
            assertFalse(answer.body().contains(forged.substring(0, 40)), "a token is in no message");
            assertRefused(401, "not one that this cluster made", ask(desk, path, reader.token(Person.API_SERVER)));
            assertRefused(403, "may not get pipelinesyncs", ask(desk, path, stranger.token("plumbline")));
            assertRefused(
                    403, "may not get pipelinesyncs", ask(desk, sync(desk, "other"), stranger.token("plumbline")));

            assertEquals(commit, Tree.text(read(desk, path, good), "applied", "commit"));
            assertEquals(
                    commit,
                    Tree.text(
                            Tree.maps(read(desk, path + "/history", good), "entries")
                                    .getFirst(),
                            "commit"));
            assertEquals(commit, Tree.text(read(desk, path + "/plan", good), "commit"));
            assertEquals(
                    commit,
                    Tree.text(
                            Tree.maps(read(desk, path + "/blame", good), "objects")
                                    .getFirst(),
                            "commit"));
            assertEquals(List.of(), Tree.list(read(desk, path + "/templates", good), "templates"));
            assertRefused(404, "does not run here", ask(desk, sync(desk, "other"), good));
            assertRefused(400, "limit is not a number", ask(desk, path + "/history?limit=-1", good));
        }
    }

    @Test
    void aReaderOfOneNamespaceSeesNothingOfAnother() throws Exception {
        try (OperatorDesk one = OperatorDesk.ready(folder);
                OperatorDesk two = OperatorDesk.ready(elsewhere)) {
            one.sync("pipelines", Map.of());
            two.sync("pipelines", Map.of());
            one.awaitApplied("pipelines", one.repository().head());
            two.awaitApplied("pipelines", two.repository().head());
            String token = Person.with(one, "plumbline-cli", "plumbline-cli").token("plumbline");
            assertEquals(200, ask(one, sync(one, "pipelines"), token).statusCode());
            assertRefused(403, "in the namespace " + two.namespace(), ask(two, sync(two, "pipelines"), token));
        }
    }

    @Test
    void nothingIsChangedOverHttp() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.sync("pipelines", Map.of());
            desk.awaitApplied("pipelines", desk.repository().head());
            String token = Person.with(desk, "plumbline-cli", "plumbline-cli").token("plumbline");
            for (String path : List.of("", "/suspend", "/reconcile", "/rollback")) {
                HttpRequest post = request(desk, sync(desk, "pipelines") + path, token)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"reason\": \"r\"}"))
                        .build();
                int code = HTTP.send(post, HttpResponse.BodyHandlers.ofString()).statusCode();
                assertTrue(code == 404 || code == 405, path + ": " + code);
            }
            assertEquals("True/Applied", desk.ready("pipelines"));
        }
    }

    @Test
    void aStandbySaysWhoLeads() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            String commit = desk.repository().commit("Begin");
            desk.sync("pipelines", Map.of());
            try (Operator leader = Operator.start(desk.options("the-leader"));
                    Operator standby = Operator.start(desk.options("the-standby"))) {
                desk.awaitApplied("pipelines", commit);
                Operator waits = leader.leads() ? standby : leader;
                String who = leader.leads() ? "the-leader" : "the-standby";
                String token =
                        Person.with(desk, "plumbline-cli", "plumbline-cli").token("plumbline");
                String path = sync(desk, "pipelines");
                desk.await(
                        "the standby has seen who leads",
                        () -> ask(waits.port(), path, token).body().contains(who + " is"));
                assertRefused(503, "this program is not the leader", ask(waits.port(), path, token));
                assertRefused(401, "no token was sent", ask(waits.port(), path, ""));
            }
        }
    }

    private static String sync(OperatorDesk desk, String name) {
        return "/api/v1/namespaces/" + desk.namespace() + "/syncs/" + name;
    }

    private static HttpRequest.Builder request(OperatorDesk desk, String path, String token) {
        return request(desk.port(), path, token);
    }

    private static HttpRequest.Builder request(int port, String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> ask(OperatorDesk desk, String path, String token) throws Exception {
        return ask(desk.port(), path, token);
    }

    private static HttpResponse<String> ask(int port, String path, String token) throws Exception {
        return HTTP.send(request(port, path, token).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, @Nullable Object> read(OperatorDesk desk, String path, String token) throws Exception {
        HttpResponse<String> response = ask(desk, path, token);
        assertEquals(200, response.statusCode(), response.body());
        return Json.parseObject(response.body());
    }

    private static void assertRefused(int code, String why, HttpResponse<String> response) throws Exception {
        assertEquals(code, response.statusCode(), response.body());
        assertTrue(Tree.text(Json.parseObject(response.body()), "error").contains(why), response.body());
    }
}
