package dev.plumbline.registry.render;

import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What stood at every path that a part of a build looked at, itself and through the parts below it. A build reads nothing
 * else, so a commit that it fits renders to the same. Contents count by their ids at the asked path, so that links, folders
 * that come and go, and files that were looked for in vain all count. Immutable.
 */
public final class Footprint {

    private final String[] paths;
    private final @Nullable String[] marks;
    private final List<Footprint> parts;

    /** A folder that holds every path, and its {@link Snapshot#closedId}: one comparison instead of many. */
    private final String folder;

    private final @Nullable String closedId;

    /** Made when it is first asked for; two threads would make the same value. */
    private @Nullable SortedSet<String> all;

    private Footprint(Map<String, @Nullable String> seen, List<Footprint> parts, String folder, @Nullable String id) {
        this.paths = seen.keySet().toArray(new String[0]);
        this.marks = seen.values().toArray(new String[0]);
        this.parts = List.copyOf(parts);
        this.folder = folder;
        this.closedId = id;
    }

    /** A footprint of these paths with their marks, and of parts. */
    static Footprint of(Map<String, @Nullable String> seen, List<Footprint> parts) {
        return new Footprint(seen, parts, "", null);
    }

    /** The same, and that of the build of a folder, which often stays in its folder. */
    static Footprint of(Map<String, @Nullable String> seen, List<Footprint> parts, String folder, Snapshot snapshot)
            throws SourceException {
        Footprint open = new Footprint(seen, parts, "", null);
        String id = open.isBelow(folder) ? snapshot.closedId(folder) : null;
        return id == null ? open : new Footprint(seen, parts, folder, id);
    }

    private boolean isBelow(String outer) {
        if (closedId != null) {
            return folder.equals(outer) || Files.isInside(outer, folder);
        }
        for (String path : paths) {
            if (!Files.isInside(outer, path)) {
                return false;
            }
        }
        return parts.stream().allMatch(part -> part.isBelow(outer));
    }

    /** What a build sees of an entry: of a file its content, of all else what it is. */
    static @Nullable String mark(Snapshot.@Nullable Entry entry) {
        if (entry == null) {
            return null;
        }
        return entry.type() == Snapshot.Entry.Type.FILE
                ? entry.id()
                : entry.type().name();
    }

    /** Whether one comparison shows that a commit has the same there. */
    boolean surelyFits(Snapshot snapshot) throws SourceException {
        return closedId != null && closedId.equals(snapshot.closedId(folder));
    }

    /**
     * Whether a commit has the same at every path.
     *
     * @throws SourceException when the Snapshot cannot be read
     */
    public boolean fits(Snapshot snapshot) throws SourceException {
        if (surelyFits(snapshot)) {
            return true;
        }
        for (int i = 0; i < paths.length; i++) {
            if (!Objects.equals(marks[i], mark(snapshot.find(paths[i])))) {
                return false;
            }
        }
        for (Footprint part : parts) {
            if (!part.fits(snapshot)) {
                return false;
            }
        }
        return true;
    }

    /** Whether both saw the same at the same paths in the same order. */
    boolean same(Footprint other) {
        if (!Arrays.equals(paths, other.paths)
                || !Arrays.equals(marks, other.marks)
                || parts.size() != other.parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!parts.get(i).same(other.parts.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Every path that was read or looked for. */
    public SortedSet<String> paths() {
        SortedSet<String> known = all;
        if (known == null) {
            SortedSet<String> sorted = new TreeSet<>();
            collect(sorted);
            known = Collections.unmodifiableSortedSet(sorted);
            all = known;
        }
        return known;
    }

    private void collect(SortedSet<String> into) {
        Collections.addAll(into, paths);
        parts.forEach(part -> part.collect(into));
    }

    /** About how many bytes it takes, its parts left out. */
    long bytes() {
        return 64L + 120L * paths.length + 8L * parts.size();
    }
}
