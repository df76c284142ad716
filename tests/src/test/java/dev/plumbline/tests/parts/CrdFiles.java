package dev.plumbline.tests.parts;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** CustomResourceDefinitions as released. */
public final class CrdFiles {

    private static final int LARGEST = 16 * 1024 * 1024;
    private static final int DEEPEST = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private CrdFiles() {}

    /** The one object of a file. */
    public static Map<String, @Nullable Object> read(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        Object read = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
        if (read instanceof Map<?, ?> crd) {
            return Tree.cast(crd);
        }
        throw new IOException(file + " is no CustomResourceDefinition");
    }

    /** Waits until the API server serves a kind of a group. */
    public static void awaitServed(KubeCluster cluster, String group, String kind) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                cluster.list(Selection.of(group, kind, ""));
                return;
            } catch (ClusterException e) {
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
                Thread.sleep(200);
            }
        }
    }
}
