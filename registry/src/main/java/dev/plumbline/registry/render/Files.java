package dev.plumbline.registry.render;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The only way of a build to its files: resolves paths, remembers what was looked for, and says what is wrong. */
final class Files {

    private static final Pattern REMOTE = Pattern.compile(
            "[a-zA-Z][a-zA-Z0-9+.-]*://.*|git@.*|git::.*|(github|gitlab|bitbucket)\\.(com|org)[/:].*|.*\\?(ref|version)=.*");

    private final Snapshot snapshot;
    private final ParsedFiles parsed;
    private final Problems problems;
    private final SortedSet<String> readSet = new TreeSet<>();

    Files(Snapshot snapshot, ParsedFiles parsed, Problems problems) {
        this.snapshot = snapshot;
        this.parsed = parsed;
        this.problems = problems;
    }

    SortedSet<String> readSet() {
        return readSet;
    }

    /** What stands at a path of the tree; looking counts as reading. */
    Snapshot.@Nullable Entry find(String path) throws SourceException {
        readSet.add(path);
        return snapshot.find(path);
    }

    /** A path as a kustomization writes it, from the root of the tree; null, with a finding, where it leaves the tree. */
    @Nullable
    String resolve(String folder, String written, Location place) {
        if (REMOTE.matcher(written).matches()) {
            problems.error(
                    "render-remote",
                    place,
                    written + " is remote: a commit must hold all that it renders to",
                    "copy it into the repository");
            return null;
        }
        if (written.isEmpty() || written.startsWith("/")) {
            problems.error(
                    "render-path",
                    place,
                    written.isEmpty() ? "an empty path" : written + " is absolute",
                    "write a path relative to this file");
            return null;
        }
        String path = join(folder, written);
        if (path == null) {
            problems.error(
                    "render-path", place, written + " leads out of the repository", "keep it inside the repository");
        }
        return path;
    }

    /** Joins and cleans; null where it climbs over the root. */
    static @Nullable String join(String folder, String written) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (folder + "/" + written).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return null;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /**
     * A file that a kustomization names; null, with a finding, where there is none. As in kustomize it must stand in the
     * kustomization's own folder or below.
     */
    Snapshot.@Nullable Entry file(String folder, String written, Location place) throws SourceException {
        String path = resolve(folder, written, place);
        if (path == null) {
            return null;
        }
        Snapshot.Entry entry = find(path);
        if (entry == null) {
            problems.error("render-missing-file", place, "there is no file " + path, "add it, or correct the path");
            return null;
        }
        if (entry.type() != Snapshot.Entry.Type.FILE) {
            problems.error("render-missing-file", place, path + what(entry), "name a file of this repository");
            return null;
        }
        if (!isInside(folder, path)) {
            problems.error(
                    "render-outside-folder",
                    place,
                    path + " is not in " + (folder.isEmpty() ? "the root" : folder) + " or below",
                    "move it there, or make a base of its folder and list that under resources");
            return null;
        }
        return entry;
    }

    static String what(Snapshot.Entry entry) {
        return switch (entry.type()) {
            case FILE -> " is a file";
            case FOLDER -> " is a folder";
            case SYMLINK -> " is a symbolic link that does not lead to a file or folder of this repository";
            case SUBMODULE -> " is another repository (a submodule)";
        };
    }

    static boolean isInside(String folder, String path) {
        return folder.isEmpty() || path.startsWith(folder + "/");
    }

    byte[] read(Snapshot.Entry file) throws SourceException {
        return snapshot.read(file);
    }

    /** The documents of a YAML file; null, with findings, where it cannot be read. */
    @Nullable
    List<YamlNode> yaml(Snapshot.Entry file, Location place) throws SourceException {
        YamlDocuments documents = parsed.get(file);
        if (documents == null) {
            if (file.size() > Snapshot.MAX_FILE_BYTES) {
                tooLarge(file, place);
                return null;
            }
            documents = YamlParser.parse(file.path(), snapshot.read(file));
            parsed.put(file, documents);
        }
        documents.findings().forEach(problems::add);
        return documents.broken() ? null : documents.documents();
    }

    void tooLarge(Snapshot.Entry file, Location place) {
        problems.add(Finding.error(
                "render-too-large",
                place,
                file.path() + " has " + file.size() + " bytes; at most " + Snapshot.MAX_FILE_BYTES + " are read",
                "make it smaller or keep it out of the rendering"));
    }
}
