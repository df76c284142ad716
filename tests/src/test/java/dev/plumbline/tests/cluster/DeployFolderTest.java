package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.controller.cli.Main;
import dev.plumbline.tests.parts.RealCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code controller/deploy} with the real kustomize: the base, each component, and the overlay that its own words describe. */
@Tag("cluster")
class DeployFolderTest {

    private static final Path DEPLOY = Path.of("../controller/deploy");

    @TempDir
    Path folder;

    @Test
    void kustomizeBuildsWhatWeRender() throws Exception {
        copy(DEPLOY, folder.resolve("deploy"));
        overlay("base", "resources: [../deploy]");
        overlay("wide", "namespace: ml-ops\nresources: [../deploy]\ncomponents: [../deploy/components/cluster-wide]");
        overlay("prometheus", "resources: [../deploy]\ncomponents: [../deploy/components/prometheus]");
        overlay("s3", "resources: [../deploy]\ncomponents: [../deploy/components/s3]");
        overlay("team", "namespace: team-a\nresources: [../deploy/namespace]");
        overlay("caches", "namespace: workflows\nresources: [../deploy/argo]");
        for (String overlay : List.of("base", "wide", "prometheus", "s3", "team", "caches")) {
            StringWriter ours = new StringWriter();
            PrintWriter out = new PrintWriter(ours);
            String path = folder.resolve(overlay).toString();
            assertEquals(0, Main.run(out, out, "render", path), ours::toString);
            assertEquals(kustomize(path), ours.toString(), overlay);
        }
        StringWriter install = new StringWriter();
        PrintWriter out = new PrintWriter(install);
        assertEquals(0, Main.run(out, out, "install", "-o", "yaml"));
        assertEquals(kustomize(DEPLOY.toString()), install.toString());
    }

    private void overlay(String name, String content) throws IOException {
        Files.createDirectories(folder.resolve(name));
        Files.writeString(folder.resolve(name).resolve("kustomization.yaml"), content + "\n");
    }

    private static String kustomize(String path) throws Exception {
        String part = run(RealCluster.folder().resolve("part").toString(), "kustomize")
                .strip();
        return run(Path.of(part).resolve("kustomize").toString(), "build", path);
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Path place = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(place);
                } else {
                    Files.copy(path, place);
                }
            }
        }
    }
}
