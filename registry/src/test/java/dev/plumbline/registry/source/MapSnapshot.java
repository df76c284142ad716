package dev.plumbline.registry.source;

import dev.plumbline.registry.model.Digest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Snapshot over a map of paths to contents, for tests. A value that begins with {@code "-> "} is a symbolic link. */
public final class MapSnapshot implements Snapshot {

    private static final String LINK = "-> ";
    private static final int MAX_LINKS = 40;

    private final SortedMap<String, byte[]> files = new TreeMap<>();

    private MapSnapshot() {}

    /** Texts by path. */
    public static MapSnapshot of(Map<String, String> texts) {
        return ofBytes(texts, StandardCharsets.UTF_8);
    }

    /** Texts by path that stand for these bytes. */
    public static MapSnapshot ofBytes(Map<String, String> texts, Charset charset) {
        MapSnapshot snapshot = new MapSnapshot();
        texts.forEach((path, text) -> snapshot.files.put(path, text.getBytes(charset)));
        return snapshot;
    }

    /** Contents by path. */
    public static MapSnapshot ofBytes(Map<String, byte[]> contents) {
        MapSnapshot snapshot = new MapSnapshot();
        snapshot.files.putAll(contents);
        return snapshot;
    }

    /** Every file below a folder of this machine, links as links. */
    public static MapSnapshot read(Path folder) throws IOException {
        return read(folder, List.of(""));
    }

    /** Every file below some folders of a folder of this machine, links as links. */
    public static MapSnapshot read(Path folder, List<String> parts) throws IOException {
        MapSnapshot snapshot = new MapSnapshot();
        for (String part : parts) {
            snapshot.add(folder, folder.resolve(part));
        }
        return snapshot;
    }

    private void add(Path folder, Path part) throws IOException {
        try (Stream<Path> paths = Files.walk(part)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (Files.isSymbolicLink(path)) {
                    files.put(name, (LINK + Files.readSymbolicLink(path)).getBytes(StandardCharsets.UTF_8));
                } else if (Files.isRegularFile(path)) {
                    files.put(name, Files.readAllBytes(path));
                }
            }
        }
    }

    /** The paths of all files. */
    public Iterable<String> paths() {
        return files.keySet();
    }

    @Override
    public @Nullable Entry find(String path) {
        return find(path, path, 0);
    }

    private @Nullable Entry find(String asked, String path, int links) {
        if (path.isEmpty()) {
            return new Entry(asked, Entry.Type.FOLDER, folderId(""));
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String target = link(path.substring(0, slash));
            if (target != null) {
                return follow(asked, path.substring(0, slash), target + path.substring(slash), links);
            }
        }
        String target = link(path);
        if (target != null) {
            return follow(asked, path, target, links);
        }
        byte[] bytes = files.get(path);
        if (bytes != null) {
            return new Entry(asked, Entry.Type.FILE, Digest.of(bytes).hex());
        }
        return files.keySet().stream().anyMatch(file -> file.startsWith(path + "/"))
                ? new Entry(asked, Entry.Type.FOLDER, folderId(path))
                : null;
    }

    private @Nullable Entry follow(String asked, String link, String target, int links) {
        String parent = link.contains("/") ? link.substring(0, link.lastIndexOf('/')) : "";
        List<String> parts = new ArrayList<>();
        for (String part : (parent + "/" + target).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return symlink(asked, target);
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        if (target.startsWith("/") || links >= MAX_LINKS) {
            return symlink(asked, target);
        }
        Entry found = find(asked, String.join("/", parts), links + 1);
        return found == null ? symlink(asked, target) : found;
    }

    private static Entry symlink(String path, String target) {
        return new Entry(path, Entry.Type.SYMLINK, Digest.of(target).hex());
    }

    private @Nullable String link(String path) {
        byte[] bytes = files.get(path);
        String text = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith(LINK) ? text.substring(LINK.length()) : null;
    }

    private String folderId(String path) {
        StringBuilder content = new StringBuilder();
        files.forEach((file, bytes) -> {
            if (path.isEmpty() || file.startsWith(path + "/")) {
                content.append(file.substring(path.length()))
                        .append(Digest.of(bytes).hex());
            }
        });
        return Digest.of(content.toString()).hex();
    }

    @Override
    public @Nullable String closedId(String folder) {
        Entry found = find(folder);
        String prefix = folder.isEmpty() ? "" : folder + "/";
        boolean links = files.keySet().stream().anyMatch(file -> file.startsWith(prefix) && link(file) != null);
        boolean throughLink = link(folder) != null || resolvesElsewhere(folder);
        return found == null || found.type() != Entry.Type.FOLDER || links || throughLink ? null : found.id();
    }

    private boolean resolvesElsewhere(String folder) {
        for (int slash = folder.indexOf('/'); slash >= 0; slash = folder.indexOf('/', slash + 1)) {
            if (link(folder.substring(0, slash)) != null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Entry> list(String folder) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        return files.keySet().stream()
                .filter(file -> file.startsWith(prefix))
                .map(file -> file.substring(prefix.length()).replaceAll("/.*", ""))
                .distinct()
                .sorted()
                .map(name -> find(prefix + name))
                .filter(entry -> entry != null)
                .toList();
    }

    @Override
    public byte[] read(Entry file) throws SourceException {
        String path = file.path();
        for (int links = 0; links <= MAX_LINKS; links++) {
            byte[] bytes = files.get(path);
            if (bytes != null && link(path) == null) {
                if (bytes.length > MAX_FILE_BYTES) {
                    throw new FileTooLargeException(path, bytes.length, MAX_FILE_BYTES);
                }
                return bytes.clone();
            }
            path = resolved(path);
        }
        throw new SourceException("no file at " + file.path(), false);
    }

    private String resolved(String path) {
        for (String file : files.keySet()) {
            if (path.equals(file) || path.startsWith(file + "/")) {
                String target = link(file);
                if (target != null) {
                    String parent = file.contains("/") ? file.substring(0, file.lastIndexOf('/') + 1) : "";
                    return Path.of(parent + target + path.substring(file.length()))
                            .normalize()
                            .toString();
                }
            }
        }
        return path;
    }
}
