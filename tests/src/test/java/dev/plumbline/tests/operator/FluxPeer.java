package dev.plumbline.tests.operator;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.tests.parts.CrdFiles;
import dev.plumbline.tests.parts.RealCluster;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Flux's kustomize-controller on the same objects from the same repository: N Kustomizations with 20 workers. Its source side is a
 * stand-in: the repository as a tar.gz behind HTTP, and a GitRepository whose status says so.
 */
final class FluxPeer {

    private static final String SOURCES = "source.toolkit.fluxcd.io";
    private static final String KUSTOMIZATIONS = "kustomize.toolkit.fluxcd.io";
    private static final long PATIENCE_MINUTES = 15;

    private final RealCluster real;
    private final KubeCluster cluster;
    private final GitFolder repository;
    private final int syncs;
    private final String namespace;
    private final ObjectBatch batch;

    FluxPeer(RealCluster real, KubeCluster cluster, GitFolder repository, int syncs, ObjectBatch batch) {
        this.batch = batch;
        this.real = real;
        this.cluster = cluster;
        this.repository = repository;
        this.syncs = syncs;
        this.namespace = "flux-" + syncs;
    }

    /** A row of Markdown. */
    String row(Path folder) throws Exception {
        Path part = RealCluster.part("flux");
        installCrds(part);
        batch.apply(List.of(BenchmarkObjects.object("v1", "Namespace", "", namespace, Map.of())));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] archive = archive(folder);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, archive.length);
            exchange.getResponseBody().write(archive);
            exchange.close();
        });
        server.start();
        try (MeasuredProcess controller = start(part, folder);
                ApiRequests requests = new ApiRequests(real.kubeconfig())) {
            source("http://127.0.0.1:" + server.getAddress().getPort() + "/repository.tar.gz", archive);
            TimeUnit.SECONDS.sleep(5);
            return measured(controller, requests);
        } finally {
            server.stop(0);
        }
    }

    private String measured(MeasuredProcess controller, ApiRequests requests) throws Exception {
        Map<String, Long> before = requests.byVerbAndResource();
        long begun = System.nanoTime();
        batch.apply(IntStream.range(0, syncs).mapToObj(this::kustomization).toList());
        awaitAll(FluxPeer::isReady);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double cpu = controller.cpuSeconds();
        long made = ApiRequests.total(ApiRequests.since(before, requests.byVerbAndResource()));
        before = requests.byVerbAndResource();
        String again = Instant.now().toString();
        for (int i = 0; i < syncs; i++) {
            Map<String, @Nullable Object> patch = new LinkedHashMap<>();
            Tree.set(patch, again, "metadata", "annotations", "reconcile.fluxcd.io/requestedAt");
            cluster.mergePatch(key("o" + i), patch, "benchmark");
        }
        awaitAll(one -> Tree.text(one, "status", "lastHandledReconcileAt").equals(again));
        long noop = ApiRequests.total(ApiRequests.since(before, requests.byVerbAndResource()));
        return String.format(
                Locale.ROOT,
                "| %d | %.1f s | %.0f | %.1f s | %d MiB | %.1f | %.1f |",
                syncs,
                seconds,
                syncs * 4 / seconds,
                cpu,
                controller.highest(),
                (double) (made - syncs) / syncs,
                (double) (noop - syncs) / syncs);
    }

    /** Applies objects as they are, many at once. */
    @FunctionalInterface
    interface ObjectBatch {
        void apply(List<Map<String, @Nullable Object>> objects) throws Exception;
    }

    private void installCrds(Path part) throws Exception {
        try (Stream<Path> files = Files.list(part.resolve("crds"))) {
            for (Path file : files.toList()) {
                cluster.apply(CrdFiles.read(file), "benchmark", true, false);
            }
        }
        for (String kind : List.of("GitRepository", "OCIRepository", "Bucket", "ExternalArtifact")) {
            cluster.apply(sourceCrd(kind), "benchmark", true, false);
            CrdFiles.awaitServed(cluster, SOURCES, kind);
        }
        CrdFiles.awaitServed(cluster, KUSTOMIZATIONS, "Kustomization");
    }

    /** Stands for a CRD of the source side: any content. */
    private static Map<String, @Nullable Object> sourceCrd(String kind) {
        String plural = kind.toLowerCase(Locale.ROOT).replaceAll("y$", "ie") + "s";
        Map<String, ?> open = Map.of("type", "object", "x-kubernetes-preserve-unknown-fields", true);
        Map<String, ?> version = Map.of(
                "name",
                "v1",
                "served",
                true,
                "storage",
                true,
                "subresources",
                Map.of("status", Map.of()),
                "schema",
                Map.of("openAPIV3Schema", open));
        Map<String, ?> names = Map.of(
                "kind", kind, "listKind", kind + "List", "plural", plural, "singular", kind.toLowerCase(Locale.ROOT));
        return BenchmarkObjects.object(
                "apiextensions.k8s.io/v1",
                "CustomResourceDefinition",
                "",
                plural + "." + SOURCES,
                Map.of(
                        "spec",
                        Map.of("group", SOURCES, "scope", "Namespaced", "names", names, "versions", List.of(version))));
    }

    private byte[] archive(Path folder) throws Exception {
        Path file = folder.resolve("repository.tar.gz");
        repository.git("archive", "--format=tar.gz", "-o", file.toString(), "HEAD");
        return Files.readAllBytes(file);
    }

    private void source(String url, byte[] archive) throws Exception {
        Map<String, @Nullable Object> git = cluster.apply(
                BenchmarkObjects.object(
                        SOURCES + "/v1",
                        "GitRepository",
                        namespace,
                        "repository",
                        Map.of("spec", Map.of("interval", "1h", "url", "https://example.org/stand-in"))),
                "benchmark",
                true,
                false);
        Map<String, @Nullable Object> artifact = new LinkedHashMap<>();
        artifact.put("digest", Digest.of(archive).value());
        artifact.put(
                "lastUpdateTime", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        artifact.put("path", "repository.tar.gz");
        artifact.put("revision", "main@sha1:" + repository.head());
        artifact.put("size", (long) archive.length);
        artifact.put("url", url);
        cluster.status(
                Manifest.keyOf(git),
                Tree.text(git, "metadata", "uid"),
                Map.of("artifact", artifact, "observedGeneration", 1L),
                "benchmark");
    }

    private MeasuredProcess start(Path part, Path folder) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        part.resolve("kustomize-controller").toString(),
                        "--concurrent=20",
                        "--enable-leader-election=false",
                        "--metrics-addr=127.0.0.1:0",
                        "--health-addr=127.0.0.1:0",
                        "--log-level=error")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("flux.log").toFile());
        builder.environment().put("KUBECONFIG", real.kubeconfig().toString());
        builder.environment().put("RUNTIME_NAMESPACE", namespace);
        return new MeasuredProcess(builder.start());
    }

    private Map<String, @Nullable Object> kustomization(int i) {
        return BenchmarkObjects.object(
                KUSTOMIZATIONS + "/v1",
                "Kustomization",
                namespace,
                "o" + i,
                Map.of(
                        "spec",
                        Map.of(
                                "interval",
                                "1h",
                                "path",
                                "./overlays/o" + i,
                                "prune",
                                true,
                                "targetNamespace",
                                namespace,
                                "sourceRef",
                                Map.of("kind", "GitRepository", "name", "repository"))));
    }

    private ObjectKey key(String name) {
        return new ObjectKey(KUSTOMIZATIONS, "Kustomization", namespace, name);
    }

    private static boolean isReady(Map<String, @Nullable Object> one) {
        return Tree.maps(one, "status", "conditions").stream()
                .anyMatch(condition -> "Ready".equals(condition.get("type")) && "True".equals(condition.get("status")));
    }

    /** Looks twice a second, so as not to disturb. */
    private void awaitAll(Predicate<Map<String, @Nullable Object>> so) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        Selection all = Selection.of(KUSTOMIZATIONS, "Kustomization", namespace);
        while (cluster.list(all).items().stream().filter(so).count() < syncs) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Flux did not get there within " + PATIENCE_MINUTES + " minutes");
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }
}
