package dev.plumbline.tests.scenario;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The step of one pod as a process of this machine: its volumes are folders, whose paths stand in its command where the template
 * writes where it mounts them.
 */
final class PodProcess {

    private final Path folder;
    private final Map<String, @Nullable Object> template;
    private final Map<String, Path> mounts = new LinkedHashMap<>();
    private final Process process;

    private PodProcess(Path folder, Map<String, @Nullable Object> template, Map<String, Path> mounts)
            throws IOException {
        this.folder = folder;
        this.template = template;
        this.mounts.putAll(mounts);
        List<String> line = new ArrayList<>();
        for (String part : List.of("command", "args")) {
            Tree.list(template, "container", part).forEach(word -> line.add(here(String.valueOf(word))));
        }
        this.process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** Starts it. */
    static PodProcess start(
            KubeCluster cluster, Path folder, Map<String, @Nullable Object> pod, Map<String, @Nullable Object> template)
            throws IOException, ClusterException {
        Files.createDirectories(folder);
        Map<String, Path> mounts = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> mount : Tree.maps(template, "container", "volumeMounts")) {
            String name = Tree.text(mount, "name");
            Path volume = Files.createDirectories(folder.resolve("volumes").resolve(name));
            String config = Tree.text(Tree.named(name, pod, "spec", "volumes"), "configMap", "name");
            if (!config.isEmpty()) {
                ObjectKey key = new ObjectKey("", "ConfigMap", Tree.text(pod, "metadata", "namespace"), config);
                for (Map.Entry<String, @Nullable Object> file :
                        Tree.map(cluster.get(key).orElseThrow(), "data").entrySet()) {
                    Files.writeString(volume.resolve(file.getKey()), String.valueOf(file.getValue()));
                }
            }
            mounts.put(Tree.text(mount, "mountPath"), volume);
        }
        return new PodProcess(folder, template, mounts);
    }

    private String here(String text) {
        String here = text;
        for (Map.Entry<String, Path> mount : mounts.entrySet()) {
            here = here.replaceAll(
                    "(?<![\\w./-])" + mount.getKey() + "(?![\\w.-])",
                    mount.getValue().toString());
        }
        return here;
    }

    /** What it printed so far. */
    Path log() {
        return folder.resolve("log");
    }

    /** Waits for its end and answers its exit code, 1 when it lacks an output of its template. */
    long await() throws InterruptedException {
        int code = process.waitFor();
        boolean lacks = Tree.maps(template, "outputs", "parameters").stream()
                .anyMatch(declared -> !Files.exists(file(declared)));
        return code == 0 && lacks ? 1 : code;
    }

    private Path file(Map<String, @Nullable Object> declared) {
        return Path.of(here(Tree.text(declared, "valueFrom", "path")));
    }

    /** Ends it, and what it started. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    /** The parameters that its template declares, as it wrote them. */
    Map<String, @Nullable Object> outputs() throws IOException {
        List<@Nullable Object> parameters = new ArrayList<>();
        for (Map<String, @Nullable Object> declared : Tree.maps(template, "outputs", "parameters")) {
            Map<String, @Nullable Object> parameter = new LinkedHashMap<>(declared);
            parameter.put("value", Files.readString(file(declared)));
            parameters.add(parameter);
        }
        return parameters.isEmpty() ? Map.of() : Map.of("parameters", parameters);
    }
}
