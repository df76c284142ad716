package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.schema.Fault;
import dev.plumbline.registry.schema.Schemas;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Our schemas against a real API server with Argo's full CRDs: the same objects are sent with a strict server-side dry run, as
 * they are and changed at random. For Argo's kinds both must agree. For built-in kinds the server also validates in Go, which
 * no schema tells: what it refuses and we pass is counted, what it accepts we must accept.
 */
@Tag("cluster")
class StrictSchemaTest {

    private static final int MUTANTS = Integer.getInteger("plumbline.mutants", 1_000);
    private static final long SEED = Long.getLong("plumbline.seed", 1);

    private static KubeCluster cluster;

    private final List<String> wrong = new ArrayList<>();
    private int accepted;
    private int refused;
    private int onlyServer;

    @BeforeAll
    static void connect() throws Exception {
        cluster = RealCluster.bare().connect();
        Map<String, @Nullable Object> account =
                new LinkedHashMap<>(Map.of("apiVersion", "v1", "kind", "ServiceAccount"));
        Tree.set(account, "default", "metadata", "name");
        Tree.set(account, "default", "metadata", "namespace");
        cluster.apply(account, "tests", true, false);
    }

    @AfterAll
    static void disconnect() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private int known;

    /** What we refuse and the server accepts, with the reason. */
    private static final Map<String, String> KNOWN = Map.of(
            "must fit 32 bits",
            "the CRDs bound no numbers, but Argo's controller cannot read larger ones",
            "metadata.name: must be of type string",
            "an apply took the number for the name that its path says",
            "metadata.namespace: must be of type string",
            "what is sent has the namespace of this test instead");

    @Test
    void agreesWithTheServerOnExamplesAndMutants() throws Exception {
        Map<String, Map<String, @Nullable Object>> corpus = Corpus.read();
        assertTrue(corpus.size() > 250, "objects: " + corpus.size());
        for (Map.Entry<String, Map<String, @Nullable Object>> entry : corpus.entrySet()) {
            compare(entry.getKey(), entry.getValue());
        }
        List<String> names = List.copyOf(corpus.keySet());
        for (int i = 0; i < MUTANTS; i++) {
            TreeMutation mutation = new TreeMutation(SEED * 1_000_003 + i);
            String name = names.get(Math.floorMod(i * 7_919, names.size()));
            Map<String, @Nullable Object> mutant = mutation.mutate(corpus.get(name));
            compare(name + " with " + mutation.said(), mutant);
        }
        String summary = accepted + " accepted, " + refused + " refused by both, " + onlyServer
                + " of built-in kinds refused by the server alone, " + known + " known to differ, " + wrong.size()
                + " differ\n";
        System.out.print(summary);
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "schema-differences.txt"), summary + String.join("\n", wrong));
        assertEquals(0, wrong.size(), () -> summary + String.join("\n", wrong.subList(0, Math.min(10, wrong.size()))));
        assertTrue(accepted > MUTANTS / 4 && refused > MUTANTS / 4, summary);
    }

    private void compare(String name, Map<String, @Nullable Object> content) {
        List<Fault> faults = Schemas.faults(content).stream()
                .filter(fault -> fault.kind() != Fault.Kind.MERGED)
                .toList();
        String server = server(content);
        boolean argo = Tree.text(content, "apiVersion").startsWith("argoproj.io/");
        if (server.contains("is invalid: metadata.")) {
            // Names and labels have rules of their own (registry.validate).
            return;
        }
        if (server.isEmpty() && faults.isEmpty()) {
            accepted++;
        } else if (!server.isEmpty() && !faults.isEmpty()) {
            refused++;
        } else if (!argo && faults.isEmpty()) {
            onlyServer++;
        } else if (server.isEmpty()
                && faults.stream().allMatch(fault -> KNOWN.keySet().stream().anyMatch(fault.message()::contains))) {
            known++;
        } else {
            wrong.add(name + "\n   the server: " + (server.isEmpty() ? "accepts" : server) + "\n   we: "
                    + (faults.isEmpty() ? "accept" : faults.toString()) + "\n   " + Json.write(content));
        }
    }

    /** What the server says against an object; empty when it accepts it. */
    private static String server(Map<String, @Nullable Object> content) {
        Map<String, @Nullable Object> sent = Tree.copy(content);
        Tree.remove(sent, "metadata", "generateName");
        Tree.set(sent, "plumbline-dry-run", "metadata", "name");
        Boolean namespaced = Schemas.find(Tree.text(sent, "apiVersion"), Tree.text(sent, "kind"))
                .orElseThrow()
                .namespaced();
        if (namespaced) {
            Tree.set(sent, "default", "metadata", "namespace");
        } else {
            Tree.remove(sent, "metadata", "namespace");
        }
        try {
            cluster.apply(sent, "tests", true, true);
            return "";
        } catch (ClusterException e) {
            if (e.reason() == ClusterException.Reason.FORBIDDEN) {
                // An account or class that is not there: its fields were accepted before.
                return "";
            }
            // It answers 500, with or without words, to what its own types cannot hold.
            boolean undecodable = !Tree.text(sent, "apiVersion").startsWith("argoproj.io/")
                    && e.getMessage().contains("the API server answered 500");
            assertTrue(undecodable || e.reason() == ClusterException.Reason.INVALID, e.getMessage());
            return e.getMessage();
        }
    }
}
