package dev.plumbline.registry.render;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.Workers;
import dev.plumbline.registry.source.FileTooLargeException;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The only way of a build to its files: resolves paths, remembers what was looked for, and says what is wrong. */
final class Files {

    /** How many files are read before they are parsed: enough to share, and few to hold. */
    private static final int AHEAD = 256;

    private static final Pattern REMOTE = Pattern.compile(
            "[a-zA-Z][a-zA-Z0-9+.-]*://.*|git@.*|git::.*|(github|gitlab|bitbucket)\\.(com|org)[/:].*|.*\\?(ref|version)=.*");

    private final Snapshot snapshot;
    private final ParsedFiles parsed;
    private final Problems problems;
    private final Workers workers;
    private final Deque<Reads> reads = new ArrayDeque<>();
    private final Map<Snapshot.Entry, YamlDocuments> ahead = new HashMap<>();

    Files(Snapshot snapshot, ParsedFiles parsed, Problems problems, Workers workers) {
        this.snapshot = snapshot;
        this.parsed = parsed;
        this.problems = problems;
        this.workers = workers;
    }

    /** What one part of a build looks at. */
    private record Reads(Map<String, @Nullable String> seen, List<Footprint> parts) {}

    /** Makes a part of the build; what it looks at and reports is remembered with it. */
    <T> Part<T> part(Part.Making<T> making) throws SourceException {
        return part(null, making);
    }

    /**
     * Makes a part of the build.
     *
     * @param folder the folder whose build it is, or null
     */
    <T> Part<T> part(@Nullable String folder, Part.Making<T> making) throws SourceException {
        Reads own = new Reads(new LinkedHashMap<>(), new ArrayList<>());
        reads.push(own);
        problems.record();
        T value = making.make();
        reads.pop();
        Footprint footprint = folder == null
                ? Footprint.of(own.seen, own.parts)
                : Footprint.of(own.seen, own.parts, folder, snapshot);
        looked(footprint);
        return new Part<>(value, footprint, problems.recorded());
    }

    /** Uses a part of an earlier build again. */
    <T> T again(Part<T> part) {
        looked(part.reads());
        problems.addAll(part.findings());
        return part.value();
    }

    /** Whether what a part of an earlier build looked at is still the same, as far as one comparison shows. */
    boolean surelyFits(Part<?> part) throws SourceException {
        return part.reads().surelyFits(snapshot);
    }

    /** Whether what a part of an earlier build looked at is still the same. */
    boolean fits(Part<?> part) throws SourceException {
        return part.reads().fits(snapshot);
    }

    private void looked(Footprint footprint) {
        if (!reads.isEmpty()) {
            reads.element().parts.add(footprint);
        }
    }

    /** What stands at a path of the tree; looking counts as reading. */
    Snapshot.@Nullable Entry find(String path) throws SourceException {
        Snapshot.Entry entry = snapshot.find(path);
        reads.element().seen.put(path, Footprint.mark(entry));
        return entry;
    }

    /** A path as a kustomization writes it, from the root of the tree; null, with a finding, where it leaves the tree. */
    @Nullable
    String resolve(String folder, String written, Location place) {
        if (mayBeRemote(written) && REMOTE.matcher(written).matches()) {
            problems.error(
                    "render-remote",
                    place,
                    written + " is remote: a commit must hold all that it renders to",
                    "copy it into the repository");
            return null;
        }
        if (written.isEmpty() || written.startsWith("/")) {
            problems.error(
                    Renderer.OUT_OF_THE_TREE,
                    place,
                    written.isEmpty() ? "an empty path" : written + " is absolute",
                    "write a path relative to this file");
            return null;
        }
        String path = join(folder, written);
        if (path == null) {
            problems.error(
                    Renderer.OUT_OF_THE_TREE,
                    place,
                    written + " leads out of the repository",
                    "keep it inside the repository");
        }
        return path;
    }

    private static boolean mayBeRemote(String written) {
        return written.indexOf(':') >= 0
                || written.indexOf('?') >= 0
                || written.indexOf('@') >= 0
                || written.startsWith("git")
                || written.startsWith("bitbucket");
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

    /** The bytes of a file; null, with a finding, where it is too large. */
    byte @Nullable [] read(Snapshot.Entry file, Location place) throws SourceException {
        try {
            return snapshot.read(file);
        } catch (FileTooLargeException e) {
            problems.add(Finding.error(
                    "render-too-large",
                    place,
                    file.path() + " has " + e.bytes() + " bytes; at most " + Snapshot.MAX_FILE_BYTES + " are read",
                    "make it smaller or keep it out of the rendering"));
            return null;
        }
    }

    /** What a kustomization lists, its files parsed several at a time. What is wrong with one is said when it is asked for. */
    List<LocatedText> listed(Kustomization kustomization) throws SourceException {
        List<LocatedText> listed = kustomization.resources();
        for (int i = 0; i < listed.size() && workers.count() > 1; i += AHEAD) {
            List<Unparsed> files =
                    unparsed(kustomization.folder(), listed.subList(i, Math.min(i + AHEAD, listed.size())));
            List<YamlDocuments> documents =
                    workers.each(files.size(), place -> files.get(place).parse());
            for (int place = 0; place < files.size(); place++) {
                Unparsed one = files.get(place);
                ahead.put(one.file, parsed.keep(one.file, documents.get(place), one.bytes.length));
            }
        }
        return listed;
    }

    private List<Unparsed> unparsed(String folder, List<LocatedText> listed) throws SourceException {
        List<Unparsed> files = new ArrayList<>();
        for (LocatedText entry : listed) {
            String path = mayBeRemote(entry.value()) ? null : join(folder, entry.value());
            Snapshot.Entry file = path == null ? null : snapshot.find(path);
            if (file != null && file.type() == Snapshot.Entry.Type.FILE && parsed.get(file) == null) {
                try {
                    files.add(new Unparsed(file, snapshot.read(file)));
                } catch (FileTooLargeException _) {
                    break; // Said when it is asked for.
                }
            }
        }
        return files;
    }

    private static final class Unparsed {

        private final Snapshot.Entry file;
        private final byte[] bytes;

        Unparsed(Snapshot.Entry file, byte[] bytes) {
            this.file = file;
            this.bytes = bytes;
        }

        YamlDocuments parse() {
            return YamlParser.parse(file.path(), bytes);
        }
    }

    /** The documents of a YAML file, which nobody may change; null, with findings, where it cannot be read. */
    @Nullable
    List<YamlNode> yaml(Snapshot.Entry file, Location place) throws SourceException {
        YamlDocuments documents = ahead.remove(file);
        documents = documents == null ? parsed.get(file) : documents;
        if (documents == null) {
            byte[] bytes = read(file, place);
            if (bytes == null) {
                return null;
            }
            documents = parsed.keep(file, YamlParser.parse(file.path(), bytes), bytes.length);
        }
        documents.findings().forEach(problems::add);
        return documents.broken() ? null : documents.documents();
    }
}
