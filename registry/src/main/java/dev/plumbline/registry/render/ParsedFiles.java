package dev.plumbline.registry.render;

import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parsed YAML files by content and path, so that the next commit parses only what changed. Bounded by
 * an estimate of what their parsed form takes; the longest unused go first. Safe for use by many threads; what it hands out cannot be changed.
 */
final class ParsedFiles {

    /** What the parsed form of a byte of YAML takes, roughly: measured with short templates. */
    private static final long BYTES_PER_BYTE = 10;

    private final long maxBytes;
    private final Map<Key, Parsed> parsed = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private record Key(String id, String path) {}

    private record Parsed(YamlDocuments documents, long size) {}

    ParsedFiles(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized @Nullable YamlDocuments get(Snapshot.Entry file) {
        Parsed entry = parsed.get(new Key(file.id(), file.path()));
        return entry == null ? null : entry.documents();
    }

    /**
     * Keeps a form of these documents that cannot be changed, and returns it.
     *
     * @param length how many bytes the file has
     */
    YamlDocuments keep(Snapshot.Entry file, YamlDocuments documents, int length) {
        List<YamlNode> nodes =
                documents.documents().stream().map(SharedNodes::of).toList();
        YamlDocuments kept = new YamlDocuments(nodes, documents.findings());
        long size = length * BYTES_PER_BYTE;
        synchronized (this) {
            Parsed old = parsed.put(new Key(file.id(), file.path()), new Parsed(kept, size));
            bytes += size - (old == null ? 0 : old.size());
            Iterator<Parsed> oldest = parsed.values().iterator();
            while (bytes > maxBytes && oldest.hasNext()) {
                bytes -= oldest.next().size();
                oldest.remove();
            }
        }
        return kept;
    }
}
