package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the volumes that a step mounts: ConfigMaps and empty folders private to the step, claims shared by all runs. */
final class StepVolumes {

    private final RunFolder folder;
    private final Path step;
    private final ConfigMaps configMaps;

    StepVolumes(RunFolder folder, Path step, ConfigMaps configMaps) {
        this.folder = folder;
        this.step = step;
        this.configMaps = configMaps;
    }

    /** Makes what the container mounts and declares it. Volumes of the template come before those of the spec. */
    void mount(Template template, List<Map<String, @Nullable Object>> specVolumes, StepPaths paths)
            throws NodeProblem, IOException {
        Map<String, Map<String, @Nullable Object>> volumes = new LinkedHashMap<>();
        specVolumes.forEach(volume -> volumes.put(Tree.text(volume, "name"), volume));
        template.volumes().forEach(volume -> volumes.put(Tree.text(volume, "name"), volume));
        Map<String, Path> made = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> mount : Tree.maps(template.container(), "volumeMounts")) {
            String name = Tree.text(mount, "name");
            Map<String, @Nullable Object> volume = volumes.get(name);
            if (volume == null) {
                throw new NodeProblem("volumeMount '" + name + "' names no volume");
            }
            Path target = made.get(name);
            if (target == null) {
                target = make(name, volume);
                made.put(name, target);
            }
            String subPath = Tree.text(mount, "subPath");
            paths.mount(Tree.text(mount, "mountPath"), subPath.isEmpty() ? target : below(target, subPath));
        }
    }

    private Path make(String name, Map<String, @Nullable Object> volume) throws NodeProblem, IOException {
        if (volume.get("persistentVolumeClaim") instanceof Map<?, ?> claim) {
            String claimName = Tree.text(claim, "claimName");
            if (!claimName.matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?")) {
                throw new NodeProblem("'" + claimName + "' is not the name of a PersistentVolumeClaim");
            }
            return Files.createDirectories(folder.volume(claimName));
        }
        Path target = Files.createDirectories(below(step.resolve("volumes"), name));
        if (volume.get("configMap") instanceof Map<?, ?> source) {
            configMap(target, Tree.cast(source));
        } else if (!volume.containsKey("emptyDir")) {
            throw new NodeProblem("volume '" + name + "' is of a kind that the embedded runner does not have");
        }
        return target;
    }

    private void configMap(Path target, Map<String, @Nullable Object> source) throws NodeProblem, IOException {
        boolean optional = Boolean.TRUE.equals(source.get("optional"));
        String name = Tree.text(source, "name");
        Map<String, byte[]> files = configMaps.files(name, optional);
        if (files == null) {
            return;
        }
        List<Map<String, @Nullable Object>> items = Tree.maps(source, "items");
        if (items.isEmpty()) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                write(below(target, file.getKey()), file.getValue());
            }
        }
        for (Map<String, @Nullable Object> item : items) {
            byte[] content = files.get(Tree.text(item, "key"));
            if (content != null) {
                write(below(target, Tree.text(item, "path")), content);
            } else if (!optional) {
                throw new NodeProblem("ConfigMap '" + name + "' has no key '" + Tree.text(item, "key") + "'");
            }
        }
        readOnly(target);
    }

    private static void write(Path file, byte[] content) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.write(file, content);
    }

    private static void readOnly(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.forEach(file -> file.toFile().setWritable(false, false));
        }
    }

    private static Path below(Path folder, String relative) throws NodeProblem {
        Path path = folder.resolve(relative).normalize();
        if (relative.isEmpty() || !path.startsWith(folder) || path.equals(folder)) {
            throw new NodeProblem("path '" + relative + "' leaves its volume");
        }
        return path;
    }
}
