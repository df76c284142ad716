package dev.plumbline.tests.parts;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.yaml.YamlParser;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * KServe's own controller before a real API server, installed as its module says: its CRDs, its configuration, its webhooks, and an account
 * that may do what its own role allows and no more. It runs as a process of this machine instead of in a pod, so its webhooks have an address
 * in place of a service, and a certificate that is made here.
 */
public final class Kserve implements AutoCloseable {

    private static final String ME = "tests";
    private static final String NAMESPACE = "kserve";
    private static final String ACCOUNT = "kserve-controller-manager";
    private static final String AUDIENCE = "https://kubernetes.default.svc";
    private static final Duration LIFE = Duration.ofHours(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KubeCluster cluster;
    private final Path part;
    private final Path folder;
    private final Process process;
    private final List<ObjectKey> webhooks = new ArrayList<>();

    private Kserve(RealCluster real, Path part, Path folder, Process process) throws Exception {
        this.cluster = real.connect();
        this.part = part;
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts it, and returns when it answers the API server's questions.
     *
     * @param place what its command line begins with, as {@link RealCluster#inItsNetwork()} says for a node; empty for this machine
     * @param runtime the ClusterServingRuntime that it is asked about; see {@link #shipped}
     */
    public static Kserve start(RealCluster real, List<String> place, Map<String, @Nullable Object> runtime)
            throws Exception {
        Path part = RealCluster.part("kserve");
        Path folder = Files.createTempDirectory("plumbline-kserve-");
        real.installCrds(part.resolve("crds"));
        try (KubeCluster cluster = real.connect()) {
            install(cluster, part);
            Files.writeString(folder.resolve("kubeconfig"), account(real, cluster));
        }
        certificate(folder);
        int hooks = freePort();
        Kserve kserve = new Kserve(real, part, folder, launch(part, folder, place, hooks));
        Runtime.getRuntime().addShutdownHook(new Thread(kserve.process::destroyForcibly));
        try {
            kserve.registerWebhooks(hooks);
            kserve.awaitAnswer(runtime);
        } catch (Exception | AssertionError e) {
            kserve.close();
            throw e;
        }
        return kserve;
    }

    /** An object that KServe is released with, by the name of its file in the part. */
    public static Map<String, @Nullable Object> shipped(String file) throws Exception {
        return CrdFiles.read(RealCluster.part("kserve").resolve("config").resolve(file));
    }

    private static void install(KubeCluster cluster, Path part) throws Exception {
        for (Map<String, @Nullable Object> object : List.of(
                object("v1", "Namespace", "", NAMESPACE),
                object("v1", "ServiceAccount", NAMESPACE, ACCOUNT),
                binding())) {
            cluster.apply(object, ME, true, false);
        }
        for (String file : List.of("role.yaml", "inferenceservice.yaml")) {
            cluster.apply(CrdFiles.read(part.resolve("config").resolve(file)), ME, true, false);
        }
    }

    private static Map<String, @Nullable Object> object(String version, String kind, String namespace, String name) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("apiVersion", version);
        object.put("kind", kind);
        Tree.set(object, name, "metadata", "name");
        if (!namespace.isEmpty()) {
            Tree.set(object, namespace, "metadata", "namespace");
        }
        return object;
    }

    private static Map<String, @Nullable Object> binding() {
        String group = "rbac.authorization.k8s.io";
        Map<String, @Nullable Object> binding = object(group + "/v1", "ClusterRoleBinding", "", ACCOUNT);
        binding.put("roleRef", Map.of("apiGroup", group, "kind", "ClusterRole", "name", "kserve-manager-role"));
        binding.put("subjects", List.of(Map.of("kind", "ServiceAccount", "name", ACCOUNT, "namespace", NAMESPACE)));
        return binding;
    }

    private static String account(RealCluster real, KubeCluster cluster) throws Exception {
        String token = cluster.calls().token(new ObjectKey("", "ServiceAccount", NAMESPACE, ACCOUNT), AUDIENCE, LIFE);
        return Files.readString(real.kubeconfig())
                .replaceFirst("client-certificate-data: .*\\n", "token: " + token + "\n")
                .replaceFirst(" *client-key-data: .*\\n", "");
    }

    /** Its own authority, for a server at the loopback address. */
    private static void certificate(Path folder) throws Exception {
        Path certificates = Files.createDirectories(folder.resolve("k8s-webhook-server/serving-certs"));
        String line =
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=kserve"
                        + " -addext subjectAltName=IP:127.0.0.1 -keyout tls.key -out tls.crt";
        Process made = new ProcessBuilder(line.split(" ", -1))
                .directory(certificates.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        if (!made.waitFor(1, TimeUnit.MINUTES) || made.exitValue() != 0) {
            throw new IllegalStateException(line + " failed: " + Files.readString(folder.resolve("openssl.log")));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Process launch(Path part, Path folder, List<String> place, int hooks) throws IOException {
        List<String> line = new ArrayList<>(place);
        line.addAll(List.of(
                part.resolve("manager").toString(),
                "--kubeconfig=" + folder.resolve("kubeconfig"),
                "--webhook-port=" + hooks,
                "--metrics-addr=0",
                "--health-probe-addr=0"));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        // It looks for its certificate below the folder of temporary files.
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().put("POD_NAMESPACE", NAMESPACE);
        return builder.start();
    }

    private void registerWebhooks(int port) throws Exception {
        Path file = part.resolve("config/manifests.yaml");
        String bundle = Base64.getEncoder()
                .encodeToString(Files.readAllBytes(folder.resolve("k8s-webhook-server/serving-certs/tls.crt")));
        for (var document :
                YamlParser.parse(file.toString(), Files.readAllBytes(file)).documents()) {
            Map<String, @Nullable Object> object = Tree.copy(Tree.cast((Map<?, ?>) document.value()));
            Tree.remove(object, "metadata", "creationTimestamp");
            for (Map<String, @Nullable Object> webhook : Tree.maps(object, "webhooks")) {
                URI address =
                        URI.create("https://127.0.0.1:" + port + Tree.text(webhook, "clientConfig", "service", "path"));
                webhook.put("clientConfig", Map.of("url", address.toString(), "caBundle", bundle));
            }
            // Several kinds have one name there.
            webhooks.add(Manifest.keyOf(object));
            cluster.apply(object, ME, true, false);
        }
    }

    /** Its webhooks are asked about every runtime, so one that is accepted shows that it serves. */
    private void awaitAnswer(Map<String, @Nullable Object> runtime) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                cluster.apply(runtime, ME, true, false);
                return;
            } catch (ClusterException e) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException(
                            "KServe's controller does not serve: " + e.getMessage() + "\n" + log(), e);
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    /** What it printed. */
    public String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** Ends it, and takes its webhooks away, without which nobody could write its kinds any more. */
    @Override
    public void close() throws Exception {
        process.destroy();
        try {
            for (ObjectKey key : webhooks) {
                cluster.delete(key, new DeleteOptions(null, null, false));
            }
        } finally {
            cluster.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
