package dev.plumbline.registry.blame;

import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stood at every path that a build looked at. A build reads nothing else, so another commit with the same footprint
 * renders the same. Contents are compared by their ids at the asked path, so that links, folders that come and go, and files
 * that were looked for in vain all count.
 */
final class Footprint {

    private final Map<String, @Nullable String> seen = new LinkedHashMap<>();

    private Footprint() {}

    static Footprint of(Snapshot snapshot, Collection<String> paths) throws SourceException {
        Footprint footprint = new Footprint();
        for (String path : paths) {
            footprint.seen.put(path, mark(snapshot.find(path)));
        }
        return footprint;
    }

    /** A build looks into files only; of all else it sees what it is. */
    private static @Nullable String mark(Snapshot.@Nullable Entry entry) {
        if (entry == null) {
            return null;
        }
        return entry.type() == Snapshot.Entry.Type.FILE
                ? entry.id()
                : entry.type().name();
    }

    boolean fits(Snapshot snapshot) throws SourceException {
        for (Map.Entry<String, @Nullable String> entry : seen.entrySet()) {
            String found = mark(snapshot.find(entry.getKey()));
            if (found == null ? entry.getValue() != null : !found.equals(entry.getValue())) {
                return false;
            }
        }
        return true;
    }
}
