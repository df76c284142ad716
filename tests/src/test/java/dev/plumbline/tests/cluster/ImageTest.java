package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.controller.cli.Main;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.tests.parts.RealCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image runs: its file system alone, as its own user, with a read-only root, in namespaces of its own. Made by
 * {@code ./mvnw -Pimage}; without it, or without root, the test is skipped with a line that says so, except on a build machine.
 */
@Tag("cluster")
class ImageTest {

    private static final Path TAR = Path.of("../controller/target/jib-image.tar");
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    static Path folder;

    private static List<String> entrypoint;

    @BeforeAll
    static void unpack() throws Exception {
        boolean builds = "true".equals(System.getenv("CI"));
        assumeTrue(builds || Files.exists(TAR), "skipped: there is no image; make it with ./mvnw -Pimage package");
        assumeTrue(builds || isRoot(), "skipped: chroot and mount need root");
        Path layers = Files.createDirectory(folder.resolve("layers"));
        host("tar", "-xf", TAR.toString(), "-C", layers.toString());
        Path root = Files.createDirectory(folder.resolve("root"));
        Map<String, @Nullable Object> manifest = Tree.cast(
                (Map<?, ?>) ((List<?>) Json.parse(Files.readString(layers.resolve("manifest.json")))).getFirst());
        for (Object layer : Tree.list(manifest, "Layers")) {
            host("tar", "-xf", layers.resolve(String.valueOf(layer)).toString(), "-C", root.toString());
        }
        Map<String, @Nullable Object> config =
                Json.parseObject(Files.readString(layers.resolve(Tree.text(manifest, "Config"))));
        assertEquals("65532:65532", Tree.text(config, "config", "User"));
        entrypoint = Tree.list(config, "config", "Entrypoint").stream()
                .map(String::valueOf)
                .toList();
        // A runtime of containers mounts these.
        Files.createDirectories(root.resolve("proc"));
        Files.createDirectories(root.resolve("tmp"));
    }

    @Test
    void itSaysItsVersion() throws Exception {
        assertEquals("plumbline 0.1.0\n", inside("", "--version"));
    }

    @Test
    void itRendersWhatTheProgramRendersHere() throws Exception {
        StringWriter here = new StringWriter();
        PrintWriter out = new PrintWriter(here);
        assertEquals(0, Main.run(out, out, "install", "-o", "yaml"));
        assertEquals(here.toString(), inside("", "install", "-o", "yaml"));
    }

    @Test
    void itSpeaksToARealApiServer() throws Exception {
        String kubeconfig = Files.readString(RealCluster.bare().kubeconfig());
        String said = inside(kubeconfig, "install", "--kubeconfig", "/tmp/kubeconfig");
        assertTrue(said.contains("served 2 definitions\n"), said);
        assertTrue(said.contains("Deployment/plumbline-controller in plumbline-system\n"), said);
        String gone = inside(kubeconfig, "uninstall", "--kubeconfig", "/tmp/kubeconfig");
        assertTrue(gone.contains("removed Deployment/plumbline-controller in plumbline-system\n"), gone);
    }

    @Test
    void itHoldsNoShell() {
        for (String shell : List.of("bin/sh", "bin/bash", "usr/bin/sh", "bin/busybox")) {
            assertFalse(Files.exists(folder.resolve("root").resolve(shell)), shell);
        }
    }

    /** Runs a command of the image; the kubeconfig, if there is one, is /tmp/kubeconfig in there. */
    private static String inside(String kubeconfig, String... arguments) throws Exception {
        Path file = Files.writeString(folder.resolve("kubeconfig"), kubeconfig);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "sh",
                "-euc",
                """
                root=$1 kubeconfig=$2; shift 2
                mount --bind "$root" "$root"
                mount -o remount,bind,ro "$root"
                mount -t tmpfs -o mode=1777 tmp "$root/tmp"
                mount -t proc proc "$root/proc"
                cp "$kubeconfig" "$root/tmp/kubeconfig"
                exec env -i HOME=/home/plumbline "$(command -v chroot)" --userspec=65532:65532 "$root" "$@"
                """,
                "sh",
                folder.resolve("root").toString(),
                file.toString()));
        command.addAll(entrypoint);
        command.addAll(List.of(arguments));
        return host(command.toArray(String[]::new));
    }

    private static String host(String... command) throws Exception {
        Path said = Files.createTempFile(folder, "said-", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        String text = Files.readString(said);
        assertTrue(ended && process.exitValue() == 0, () -> String.join(" ", command) + ":\n" + text);
        return text;
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }
}
