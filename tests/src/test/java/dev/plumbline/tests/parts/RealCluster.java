package dev.plumbline.tests.parts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real API server with Argo's full CRDs, with the controllers or bare, one of each for this JVM, which ends with it. Without Go the test is
 * skipped with a line that says so, except on a build machine (CI=true), where it fails.
 */
public final class RealCluster {

    private static final long START_MINUTES = 40;

    /** Its port, which cannot be changed, and the longest wait for another one to end. */
    private static final int ARGO_PORT = 6060;

    private static final long ARGO_MINUTES = 15;

    private static @Nullable RealCluster running;
    private static @Nullable RealCluster bare;

    private final Path folder;
    private final Path kubeconfig;
    private boolean plumbline;

    private RealCluster(Path folder) {
        this.folder = folder;
        this.kubeconfig = folder.resolve("kubeconfig");
    }

    /** The one with controllers; started on first use, built before when this machine never did. */
    public static synchronized RealCluster get() throws Exception {
        if (running == null) {
            running = start("--with-controllers");
        }
        return running;
    }

    /** The one in which nothing happens by itself. */
    public static synchronized RealCluster bare() throws Exception {
        if (bare == null) {
            bare = start();
        }
        return bare;
    }

    /** One of the test's own, bare and without Argo's CRDs, whose API server may go and come back; it ends with this JVM. */
    public static RealCluster own() throws Exception {
        return launch();
    }

    /** The same with controllers; the caller stops it. */
    public static RealCluster ownWithControllers() throws Exception {
        return launch("--with-controllers");
    }

    /** Kills the API server, or starts it again with the data that it had; returns when it is gone or ready. */
    public void server(boolean up) throws Exception {
        run(List.of(
                parts().resolve("cluster").toString(),
                "server",
                kubeconfig.getParent().toString(),
                up ? "up" : "down"));
    }

    /**
     * A new one with a real Argo controller, which the caller stops. There is one Argo controller at a time on a machine, so it is
     * waited for.
     */
    public static RealCluster withArgo() throws Exception {
        folder();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(ARGO_MINUTES);
        while (argoRuns()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "another Argo controller did not end within " + ARGO_MINUTES + " minutes");
            }
            TimeUnit.SECONDS.sleep(1);
        }
        return start("--with-argo");
    }

    /**
     * A new one with a real Argo controller and a node that runs pods, which the caller stops. Where no node can run, the test is skipped
     * with a line that says what is missing, except on a build machine.
     *
     * @param more further options, as {@code tests/parts/README.md} describes them
     */
    public static RealCluster withNode(List<String> more) throws Exception {
        String lacks = run(List.of(folder().resolve("cluster").toString(), "node-lacks"))
                .strip();
        assumeTrue("true".equals(System.getenv("CI")) || lacks.isEmpty(), "skipped: " + lacks);
        List<String> options = new ArrayList<>(List.of("--with-argo", "--with-node"));
        options.addAll(more);
        return launch(options.toArray(String[]::new));
    }

    private static boolean argoRuns() {
        try (ServerSocket _ = new ServerSocket(ARGO_PORT)) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** A file below its folder, by a path that {@code tests/parts/README.md} names. */
    public Path file(String path) {
        return folder.resolve(path);
    }

    /** Stops it. */
    public void stop() {
        stop(parts(), folder);
    }

    /** What a command line begins with that runs in the network of a node; its files are this machine's. */
    public List<String> inItsNetwork() throws IOException {
        return List.of("nsenter", "--net", "--target", first());
    }

    /** Gives an image of a node one more name; both are full ones. */
    public void tagImage(String image, String name) throws Exception {
        List<String> line = new ArrayList<>(List.of("nsenter", "--net", "--mount", "--target", first()));
        line.addAll(List.of("ctr", "--address", "/run/containerd/containerd.sock", "--namespace", "k8s.io"));
        line.addAll(List.of("images", "tag", image, name));
        run(line);
    }

    /** The process of a node that lives in its namespaces. */
    private String first() throws IOException {
        String supervisor = Files.readString(file("supervisor.pid")).strip().split(" ", 2)[0];
        long first = ProcessHandle.of(Long.parseLong(supervisor))
                .orElseThrow()
                .children()
                .findFirst()
                .orElseThrow()
                .pid();
        return String.valueOf(first);
    }

    /** The administrator's way in. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** A new adapter; the caller closes it. */
    public KubeCluster connect() throws Exception {
        return KubeCluster.open(kubeconfig, InstantSource.system());
    }

    /** The folder of the scripts; skips the test where there is no Go to run them with. */
    public static Path folder() {
        assumeTrue(
                "true".equals(System.getenv("CI")) || hasGo(),
                "skipped: a real kube-apiserver is built with Go, which is not installed here");
        return parts();
    }

    private static boolean hasGo() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
    }

    private static Path parts() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.isRegularFile(here.resolve("tests/parts/cluster"))) {
            here = here.getParent();
        }
        if (here == null) {
            throw new IllegalStateException("tests/parts/cluster was not found above the working directory");
        }
        return here.resolve("tests/parts");
    }

    private static RealCluster start(String... options) throws Exception {
        RealCluster cluster = launch(options);
        cluster.install(part("argo").resolve("crds"));
        return cluster;
    }

    private static RealCluster launch(String... options) throws Exception {
        Path parts = folder();
        Path folder = Files.createTempDirectory("plumbline-cluster-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(parts, folder)));
        List<String> command = new ArrayList<>(List.of(
                parts.resolve("cluster").toString(),
                "start",
                folder.toString(),
                "--parent",
                Long.toString(ProcessHandle.current().pid())));
        command.addAll(List.of(options));
        String output = run(command);
        RealCluster cluster = new RealCluster(folder);
        if (!Files.exists(cluster.kubeconfig)) {
            throw new IllegalStateException("the real cluster did not start: " + output);
        }
        return cluster;
    }

    /** Lets it serve the kinds whose definitions a part holds, beside Argo's, which it always serves. */
    public void installCrds(String part) throws Exception {
        install(part(part));
    }

    /** The same for the definitions in a folder. */
    void installCrds(Path folder) throws Exception {
        install(folder);
    }

    /** The folder of a part, which is built first when this machine never did. */
    public static Path part(String name) throws Exception {
        return Path.of(run(List.of(parts().resolve("part").toString(), name)).strip());
    }

    private void install(Path crds) throws Exception {
        try (KubeCluster cluster = connect();
                Stream<Path> files = Files.list(crds)) {
            List<Path> sorted = files.sorted().toList();
            for (Path file : sorted) {
                cluster.apply(CrdFiles.read(file), "tests", true, false);
            }
            for (Path file : sorted) {
                Map<String, @Nullable Object> crd = CrdFiles.read(file);
                CrdFiles.awaitServed(cluster, Tree.text(crd, "spec", "group"), Tree.text(crd, "spec", "names", "kind"));
            }
        }
    }

    /** Installs our own CustomResourceDefinitions, once. */
    public synchronized void installPlumbline() throws Exception {
        if (plumbline) {
            return;
        }
        try (KubeCluster cluster = connect();
                Stream<Path> files = Files.list(parts().resolve("../../controller/deploy/crds"))) {
            for (Path file : files.sorted().toList()) {
                Map<String, @Nullable Object> crd = CrdFiles.read(file);
                if ("CustomResourceDefinition".equals(crd.get("kind"))) {
                    cluster.apply(crd, "tests", true, false);
                    CrdFiles.awaitServed(
                            cluster, Tree.text(crd, "spec", "group"), Tree.text(crd, "spec", "names", "kind"));
                }
            }
        }
        plumbline = true;
    }

    private static String run(List<String> command) throws Exception {
        Path log = Files.createTempFile("plumbline-parts-", ".log");
        Path out = Files.createTempFile("plumbline-parts-", ".out");
        Process process = new ProcessBuilder(command)
                .redirectError(log.toFile())
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(START_MINUTES, TimeUnit.MINUTES);
        if (!ended || process.exitValue() != 0) {
            process.destroy();
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "%s failed: %s", command, Files.readString(log)));
        }
        return Files.readString(out);
    }

    private static void stop(Path parts, Path folder) {
        try {
            run(List.of(parts.resolve("cluster").toString(), "stop", folder.toString()));
            if (!Files.exists(folder)) {
                return;
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            System.err.println("the folder " + folder + " of the real cluster was left behind: " + e);
        } catch (Exception e) {
            System.err.println("stopping the real cluster in " + folder + " failed: " + e);
        }
    }
}
