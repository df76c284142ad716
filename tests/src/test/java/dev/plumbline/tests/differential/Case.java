package dev.plumbline.tests.differential;

import dev.plumbline.registry.source.MapSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A repository and the folder in it to render.
 *
 * @param files texts by path
 * @param entry the folder; empty for the root
 */
record Case(SortedMap<String, String> files, String entry) {

    /** Keeps its own copy. */
    Case {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    MapSnapshot snapshot() {
        return MapSnapshot.of(files);
    }

    /** The same with one file changed; without it where the text is empty. */
    Case with(String path, String text) {
        SortedMap<String, String> changed = new TreeMap<>(files);
        if (text.isEmpty()) {
            changed.remove(path);
        } else {
            changed.put(path, text);
        }
        return new Case(changed, entry);
    }

    /** Puts the files, and nothing else, into a folder. */
    void write(Path folder) throws IOException {
        clear(folder);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Files.createDirectories(folder.resolve(entry));
    }

    private static void clear(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(path);
                }
            }
        }
    }

    /** All files as a person would paste them. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("render " + (entry.isEmpty() ? "the root" : entry) + "\n");
        files.forEach((path, text) -> {
            out.append("==== ").append(path).append('\n').append(text);
            out.append(text.endsWith("\n") ? "" : "\n(no line break at the end)\n");
        });
        return out.toString();
    }
}
