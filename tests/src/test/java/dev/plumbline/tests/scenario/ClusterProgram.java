package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.fail;

import dev.plumbline.controller.app.operator.Operator;
import dev.plumbline.controller.app.operator.OperatorOptions;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.keys.KeyFolder;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.tests.operator.Roles;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code plumbline controller} on a cluster, in a namespace of its own, with one PipelineSync. Its command line asks with
 * {@code --context} and {@code -n}, as the cluster's administrator.
 */
final class ClusterProgram implements Program {

    private static final String SYNC = "pipelines";
    private static final String ASKER = "plumbline-cli";
    private static final String ME = "tests";
    private static final long SECOND = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RealCluster real;
    private final Path root;
    private final Path repository;
    private final KubeCluster cluster;
    private final String namespace = "ml-" + UUID.randomUUID().toString().substring(0, 8);
    private @Nullable Operator operator;

    /** Whether runs began, or something is applied, that might be of this second. */
    private boolean begun;

    private boolean applies;

    /** In a new namespace, for a repository; it keeps its data below a folder. */
    ClusterProgram(RealCluster real, Path root, Path repository) throws Exception {
        this.real = real;
        this.root = root;
        this.repository = repository;
        this.cluster = real.connect();
        new KeyFolder(root.resolve("keys")).create(Instant.now());
        apply("v1", "Namespace", "", namespace, Map.of());
        apply("v1", "ServiceAccount", namespace, "default", Map.of());
        apply("v1", "ServiceAccount", namespace, ASKER, Map.of());
        Roles.grant(cluster, namespace, ASKER, ASKER);
    }

    private void apply(String version, String kind, String where, String name, Map<String, ?> content)
            throws ClusterException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>(content);
        object.put("apiVersion", version);
        object.put("kind", kind);
        Tree.set(object, name, "metadata", "name");
        if (!where.isEmpty()) {
            Tree.set(object, where, "metadata", "namespace");
        }
        cluster.apply(object, ME, true, false);
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public void start() throws Exception {
        operator = Operator.start(new OperatorOptions(
                real.kubeconfig(),
                "",
                namespace,
                Set.of(namespace),
                Duration.ofSeconds(3),
                "only",
                root.resolve("store").toString(),
                root.resolve("mirrors"),
                "127.0.0.1",
                0,
                new OperatorOptions.Allowances(true, true, false),
                OperatorOptions.configMap(OperatorOptions.ARGO_CONFIG),
                null,
                null,
                root.resolve("keys"),
                List.of(),
                null,
                null));
        Map<String, ?> spec =
                Map.of("source", Map.of("url", repository.toString()), "path", "overlays/local", "interval", "5s");
        apply("plumbline.dev/v1alpha1", "PipelineSync", namespace, SYNC, Map.of("spec", spec));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (plumbline("history").code() != 0) {
            if (System.nanoTime() > deadline) {
                fail("waited in vain for an answer: " + plumbline("history").text());
            }
            TimeUnit.MILLISECONDS.sleep(pause().toMillis());
        }
    }

    @Override
    public void stop() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    /** The Events of the sync, each by the word that {@code plumbline up} has for its reason. */
    @Override
    public String said() {
        try {
            StringBuilder text = new StringBuilder();
            for (Map<String, @Nullable Object> event :
                    cluster.list(Selection.of("", "Event", namespace)).items()) {
                String kind = switch (Tree.text(event, "reason")) {
                    case "Applied" -> "APPLIED";
                    case "BrokenCommit" -> "BROKEN";
                    case "Failed" -> "FAILED";
                    case "ForcedPush" -> "FORCED";
                    case "Held" -> "HELD";
                    case "Source" -> "SOURCE";
                    default -> "";
                };
                if (!kind.isEmpty()
                        && Tree.text(event, "involvedObject", "name").equals(SYNC)) {
                    text.append(kind)
                            .append(' ')
                            .append(Tree.text(event, "message"))
                            .append('\n');
                }
            }
            return text.toString();
        } catch (ClusterException e) {
            return fail(e);
        }
    }

    @Override
    public Desk.Answer plumbline(String... arguments) {
        boolean runs = Set.of("run", "resubmit").contains(arguments[0]);
        if (runs && applies) {
            nextSecond();
            applies = false;
        }
        begun = runs || begun;
        applies = applies || arguments[0].equals("rollback");
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--kubeconfig", real.kubeconfig().toString()));
        line.addAll(List.of("--context", cluster.calls().context(), "-n", namespace, "-s", SYNC));
        if (operator != null) {
            line.addAll(List.of("--server", "http://127.0.0.1:" + operator.port()));
        }
        return LocalProgram.answer(line);
    }

    /**
     * A cluster tells in whole seconds when a run was created, so one of the second in which something is applied counts as created
     * meanwhile.
     */
    private static void nextSecond() {
        try {
            TimeUnit.MILLISECONDS.sleep(SECOND - System.currentTimeMillis() % SECOND + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Duration pause() {
        return Duration.ofMillis(200);
    }

    @Override
    public void committing() {
        if (begun) {
            nextSecond();
            begun = false;
        }
    }

    /** The sync looks at once, as after a webhook; its own polls are seconds apart. */
    @Override
    public void committed() {
        applies = true;
        if (operator == null) {
            return;
        }
        Map<String, @Nullable Object> sync = new LinkedHashMap<>();
        Tree.set(sync, UUID.randomUUID().toString(), "metadata", "annotations", "plumbline.dev/sync-requested");
        try {
            cluster.mergePatch(new ObjectKey("plumbline.dev", "PipelineSync", namespace, SYNC), sync, ME);
        } catch (ClusterException e) {
            fail(e);
        }
    }

    @Override
    public void close() {
        stop();
        cluster.close();
    }
}
