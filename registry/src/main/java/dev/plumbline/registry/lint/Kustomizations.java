package dev.plumbline.registry.lint;

import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.FileTooLargeException;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.Snapshot.Entry;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which paths the kustomizations of a repository name, read without building them. */
final class Kustomizations {

    private final Set<String> folders = new HashSet<>();
    private final Set<String> components = new HashSet<>();
    private final Set<String> named = new HashSet<>();

    private Kustomizations() {}

    /** Reads the kustomizations of these folders. One that cannot be read names nothing: building it says why. */
    static Kustomizations read(Snapshot snapshot, Collection<String> folders) throws SourceException {
        Kustomizations kustomizations = new Kustomizations();
        kustomizations.folders.addAll(folders);
        for (String folder : folders) {
            for (String name : Renderer.KUSTOMIZATION_FILES) {
                Entry file = snapshot.find(folder.isEmpty() ? name : folder + "/" + name);
                if (file != null && file.type() == Entry.Type.FILE) {
                    kustomizations.add(folder, documents(snapshot, file));
                }
            }
        }
        return kustomizations;
    }

    private static List<YamlNode> documents(Snapshot snapshot, Entry file) throws SourceException {
        try {
            return YamlParser.parse(file.path(), snapshot.read(file)).documents();
        } catch (FileTooLargeException e) {
            return List.of();
        }
    }

    private void add(String folder, List<YamlNode> documents) {
        for (YamlNode document : documents) {
            if (document instanceof YamlMap map) {
                if (map.child("kind") instanceof YamlScalar kind && kind.text().equals("Component")) {
                    components.add(folder);
                }
                map.entries().values().forEach(field -> names(folder, field));
            }
        }
    }

    /** Any text may be a path: resources, patches, files of generators, and what later versions of kustomize add. */
    private void names(String folder, YamlNode node) {
        switch (node) {
            case YamlScalar scalar
            when scalar.value() instanceof String text -> {
                // A generator's file may be written as key=path.
                name(folder, text.substring(text.indexOf('=') + 1));
                name(folder, text);
            }
            case YamlScalar _ -> {}
            case YamlMap map -> map.entries().values().forEach(child -> names(folder, child));
            case YamlList list -> list.items().forEach(child -> names(folder, child));
        }
    }

    private void name(String folder, String path) {
        if (path.startsWith("/") || path.contains("\n")) {
            return;
        }
        Deque<String> parts = new ArrayDeque<>(folder.isEmpty() ? List.of() : List.of(folder.split("/", -1)));
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        String whole = String.join("/", parts);
        if (!whole.equals(folder)) {
            named.add(whole);
        }
    }

    /** Folders whose kustomization no other one names, in the order of their names. Components cannot be built alone. */
    List<String> tops() {
        return folders.stream()
                .filter(folder -> !named.contains(folder) && !components.contains(folder))
                .sorted()
                .toList();
    }

    /** Whether any kustomization names a path. */
    boolean names(String path) {
        return named.contains(path);
    }
}
