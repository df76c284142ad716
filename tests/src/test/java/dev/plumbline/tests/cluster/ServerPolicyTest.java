package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.policy.Admission;
import dev.plumbline.registry.policy.Decision;
import dev.plumbline.registry.policy.PolicyExamples;
import dev.plumbline.registry.policy.PolicyFolder;
import dev.plumbline.registry.policy.PolicySet;
import dev.plumbline.registry.policy.Surroundings;
import dev.plumbline.tests.parts.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The shipped policies and those of {@code policies/} beside the test's resources, on a real API server: every example, and mutants
 * of them, are sent with dry run. The verdict is the same as ours, and the server's message is among ours.
 */
@Tag("cluster")
class ServerPolicyTest {

    private static final Path SHIPPED = Path.of("../policies");
    private static final Path FURTHER = Path.of("src/test/resources/dev/plumbline/tests/cluster/policies");
    private static final int MUTANTS = Integer.getInteger("plumbline.policy.mutants", 400);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MARK = "ValidatingAdmissionPolicy";

    private final List<String> wrong = new ArrayList<>();
    private int allowed;
    private int denied;
    private int invalid;

    @Test
    void aRealServerJudgesAsWeDo() throws Exception {
        List<PolicyFolder> folders = new ArrayList<>(folders(SHIPPED));
        folders.addAll(folders(FURTHER));
        List<Manifest> objects =
                folders.stream().flatMap(folder -> folder.objects().stream()).toList();
        PolicySet policies = PolicySet.of(objects);
        assertEquals(List.of(), policies.findings());
        Map<String, List<Manifest>> examples = new TreeMap<>();
        folders.forEach(folder -> examples.putAll(folder.allowed()));
        folders.forEach(folder -> examples.putAll(folder.denied()));
        List<Manifest> around = new ArrayList<>(policies.others());
        examples.values().forEach(around::addAll);
        Surroundings surroundings = new Surroundings(around);
        try (KubeCluster cluster = RealCluster.bare().connect();
                Removal removal = new Removal(cluster, objects)) {
            prepare(cluster, objects, examples);
            awaitInForce(cluster);
            int seed = 0;
            for (Map.Entry<String, List<Manifest>> example : examples.entrySet()) {
                for (Admission request : PolicyExamples.requests(example.getValue())) {
                    compare(cluster, policies, surroundings, example.getKey(), request);
                    for (int i = 0; i < Math.ceilDiv(MUTANTS, examples.size()) && request.oldObject() == null; i++) {
                        TreeMutation mutation = new TreeMutation(++seed);
                        Map<String, @Nullable Object> mutant = mutation.mutate(request.object());
                        compare(
                                cluster,
                                policies,
                                surroundings,
                                example.getKey() + " with " + mutation.said(),
                                Admission.create(mutant));
                    }
                }
            }
        }
        report();
    }

    /** Takes the policies away again: the server is shared with tests whose objects they would deny. */
    private record Removal(KubeCluster cluster, List<Manifest> objects) implements AutoCloseable {

        @Override
        public void close() throws Exception {
            for (Manifest object : objects) {
                if (object.key().kind().startsWith("ValidatingAdmissionPolicy")
                        && cluster.get(object.key()).isPresent()) {
                    cluster.delete(object.key(), new DeleteOptions(null, null, false));
                }
            }
            for (PolicyFolder folder : folders(SHIPPED)) {
                Manifest example = folder.denied().values().iterator().next().getLast();
                Instant end = Instant.now().plus(PATIENCE);
                while (server(cluster, Admission.create(example.content())).contains(MARK)) {
                    assertTrue(Instant.now().isBefore(end), () -> folder.path() + " is still in force");
                    Thread.sleep(200);
                }
            }
        }
    }

    private void report() throws IOException {
        String summary = allowed + " allowed, " + denied + " denied by both, " + invalid + " refused by their schema, "
                + wrong.size() + " differ\n";
        System.out.print(summary);
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "policy-differences.txt"), summary + String.join("\n", wrong));
        assertEquals(0, wrong.size(), () -> summary + String.join("\n", wrong.subList(0, Math.min(8, wrong.size()))));
        assertTrue(allowed > 50 && denied > 50, summary);
    }

    private void compare(
            KubeCluster cluster, PolicySet policies, Surroundings surroundings, String name, Admission request)
            throws Exception {
        List<Decision> decisions = policies.decide(request, surroundings).stream()
                .filter(Decision::denies)
                .toList();
        String server = server(cluster, request);
        int mark = server.indexOf(MARK);
        if (!server.isEmpty() && mark < 0) {
            invalid++;
        } else if (server.isEmpty() && decisions.isEmpty()) {
            allowed++;
        } else {
            String said = server.isEmpty() ? "" : server.substring(mark);
            if (decisions.stream().anyMatch(decision -> said.startsWith(decision.refusal()))) {
                denied++;
            } else {
                wrong.add(name + "\n   the server: " + (server.isEmpty() ? "allows" : server) + "\n   we: "
                        + decisions.stream().map(Decision::refusal).toList() + "\n   " + Json.write(request.object()));
            }
        }
    }

    /** What the server says against a request; empty when it allows it. */
    private static String server(KubeCluster cluster, Admission request) throws ClusterException {
        try {
            if (request.oldObject() != null) {
                cluster.apply(Tree.copy(request.oldObject()), "tests", true, false);
            }
            cluster.apply(Tree.copy(request.object()), "tests", true, true);
            return "";
        } catch (ClusterException e) {
            return e.getMessage();
        }
    }

    /** Namespaces and parameters first, then bindings and policies. */
    private static void prepare(KubeCluster cluster, List<Manifest> objects, Map<String, List<Manifest>> examples)
            throws Exception {
        for (String namespace : List.of("examples", "plumbline-system")) {
            Map<String, @Nullable Object> made = new LinkedHashMap<>(Map.of("apiVersion", "v1", "kind", "Namespace"));
            Tree.set(made, namespace, "metadata", "name");
            cluster.apply(made, "tests", true, false);
        }
        Map<String, @Nullable Object> account = Json.parseObject(
                "{\"apiVersion\": \"v1\", \"kind\": \"ServiceAccount\", \"metadata\": {\"name\": \"trainer\", \"namespace\": \"examples\"}}");
        cluster.apply(account, "tests", true, false);
        for (List<Manifest> file : examples.values()) {
            for (Manifest object : file) {
                if (object.key().kind().equals("Namespace")) {
                    cluster.apply(Tree.copy(object.content()), "tests", true, false);
                }
            }
        }
        for (Manifest object : objects) {
            cluster.apply(Tree.copy(object.content()), "tests", true, false);
        }
    }

    /** The server reads policies from a cache of its own; the last binding in the alphabet is in force when this is denied. */
    private static void awaitInForce(KubeCluster cluster) throws Exception {
        for (PolicyFolder folder : folders(SHIPPED)) {
            Manifest example = folder.denied().values().iterator().next().getLast();
            Instant end = Instant.now().plus(PATIENCE);
            while (server(cluster, Admission.create(example.content())).isEmpty()) {
                assertTrue(Instant.now().isBefore(end), () -> folder.path() + " is not in force");
                Thread.sleep(200);
            }
        }
    }

    private static List<PolicyFolder> folders(Path root) throws Exception {
        List<PolicyFolder> folders = new ArrayList<>();
        try (Stream<Path> list = Files.list(root)) {
            for (Path folder : list.filter(Files::isDirectory).sorted().toList()) {
                Map<String, byte[]> files = new TreeMap<>();
                try (Stream<Path> walk = Files.walk(folder)) {
                    for (Path file : walk.filter(Files::isRegularFile).toList()) {
                        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
                    }
                }
                folders.add(PolicyFolder.of(folder.toString(), files));
            }
        }
        return folders;
    }
}
