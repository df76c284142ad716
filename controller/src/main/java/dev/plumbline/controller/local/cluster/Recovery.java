package dev.plumbline.controller.local.cluster;

import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings the objects of a data folder back into memory: the newest state, and the logs after it. */
final class Recovery {

    private final Path folder;
    private final ObjectTable table;
    private final EventWindow window;

    Recovery(Path folder, ObjectTable table, EventWindow window) {
        this.folder = folder;
        this.table = table;
        this.window = window;
    }

    /**
     * Loads everything and cuts off a torn tail, which nobody was told of.
     *
     * @return the number of the log to go on with
     */
    long load() throws IOException {
        List<Long> states = numbers(folder, "state-");
        long base = states.isEmpty() ? 0 : states.getLast();
        if (!states.isEmpty()) {
            state(WriteAheadLog.stateFile(folder, base));
        }
        window.startAfter(table.version());
        List<Long> logs =
                numbers(folder, "log-").stream().filter(n -> n >= base).toList();
        if (logs.isEmpty()) {
            if (base != 0) {
                throw new IOException(WriteAheadLog.logFile(folder, base) + " is missing");
            }
            WriteAheadLog.create(folder, 1);
            return 1;
        }
        for (long number : logs) {
            log(WriteAheadLog.logFile(folder, number), number == logs.getLast());
        }
        removeBefore(folder, base);
        window.durable(table.version());
        return logs.getLast();
    }

    private void state(Path file) throws IOException {
        List<Long> expected = new ArrayList<>();
        long[] read = {0};
        long whole = RecordFile.read(file, payload -> {
            if (expected.isEmpty()) {
                schema(file, payload, WriteAheadLog.STATE_SCHEMA);
                table.version(number(payload, "version"));
                expected.add(number(payload, "objects"));
            } else {
                Map<String, @Nullable Object> object = Tree.freeze(payload);
                table.accept(new Change(0, WatchListener.Type.ADDED, key(object), null, object));
                read[0]++;
            }
        });
        if (whole != Files.size(file) || expected.isEmpty() || expected.getFirst() != read[0]) {
            throw new IOException(file + " is damaged at byte " + whole);
        }
    }

    private void log(Path file, boolean last) throws IOException {
        boolean[] begun = {false};
        long whole = RecordFile.read(file, payload -> {
            if (!begun[0]) {
                schema(file, payload, WriteAheadLog.LOG_SCHEMA);
                begun[0] = true;
            } else {
                for (Map<String, @Nullable Object> change : Tree.maps(payload, "changes")) {
                    replay(change);
                }
            }
        });
        if (whole < Files.size(file)) {
            if (!last || !begun[0]) {
                throw new IOException(file + " is damaged at byte " + whole);
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(whole);
                channel.force(true);
            }
        }
    }

    private void replay(Map<String, @Nullable Object> stored) throws IOException {
        long version = number(stored, "version");
        if (version <= table.version()) {
            return;
        }
        WatchListener.Type type = WatchListener.Type.valueOf(Tree.text(stored, "type"));
        int size = Json.bytes(stored).length;
        Map<String, @Nullable Object> object = Tree.freeze(Tree.map(stored, "object"));
        ObjectKey key = key(object);
        Change change = new Change(version, type, key, table.get(key), object);
        table.accept(change);
        window.add(change, size);
    }

    /** The record of changes. */
    static byte[] payload(List<Change> changes) {
        List<Map<String, @Nullable Object>> stored = new ArrayList<>();
        for (Change change : changes) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("version", change.version());
            entry.put("type", change.type().name());
            entry.put("object", change.after());
            stored.add(entry);
        }
        return Json.bytes(Map.of("changes", stored));
    }

    /** The key that an object names. */
    static ObjectKey key(Map<String, @Nullable Object> object) {
        return new ObjectKey(
                ObjectKey.groupOf(Tree.text(object, "apiVersion")),
                Tree.text(object, "kind"),
                Tree.text(object, "metadata", "namespace"),
                Tree.text(object, "metadata", "name"));
    }

    /** Removes the files that a state has made needless, and unfinished ones. */
    static void removeBefore(Path folder, long number) throws IOException {
        for (String prefix : List.of("log-", "state-")) {
            for (long old : numbers(folder, prefix)) {
                if (old < number) {
                    Files.delete(folder.resolve("%s%08d".formatted(prefix, old)));
                }
            }
        }
    }

    private static List<Long> numbers(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(prefix + "[0-9]{8}"))
                    .map(name -> Long.parseLong(name.substring(prefix.length())))
                    .sorted()
                    .toList();
        }
    }

    private static void schema(Path file, Map<String, @Nullable Object> payload, String expected) throws IOException {
        if (!expected.equals(payload.get("schema"))) {
            throw new IOException(
                    file + " has the format " + payload.get("schema") + "; this program reads " + expected);
        }
    }

    private static long number(Map<String, @Nullable Object> payload, String key) throws IOException {
        if (payload.get(key) instanceof Long number) {
            return number;
        }
        throw new IOException("a record in the data folder has no " + key);
    }
}
