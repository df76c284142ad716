package dev.plumbline.registry.file;

import dev.plumbline.registry.store.StoreNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Names as paths: each part is a folder, and what the name means is the last part and a mark that no part can hold, so that
 * {@code a} and {@code a/b} live side by side and no name leaves the folder.
 */
final class Names {

    private static final char MARK = '+';

    private final Path base;

    Names(Path base) {
        this.base = base;
    }

    Path path(String name) {
        return base.resolve(StoreNames.check(name) + MARK);
    }

    /** All names that begin with a prefix, sorted. */
    List<String> list(String prefix) throws IOException {
        int slash = prefix.lastIndexOf('/');
        String folder = slash < 0 ? "" : StoreNames.check(prefix.substring(0, slash)) + "/";
        List<String> names = new ArrayList<>();
        collect(base.resolve(folder), folder, names);
        names.removeIf(name -> !name.startsWith(prefix));
        names.sort(null);
        return names;
    }

    private static void collect(Path folder, String before, List<String> names) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                if (name.charAt(name.length() - 1) == MARK) {
                    names.add(before + name.substring(0, name.length() - 1));
                } else {
                    collect(child, before + name + "/", names);
                }
            }
        } catch (NoSuchFileException e) {
            // A folder that nobody has written to holds no names.
            return;
        }
    }
}
