package dev.plumbline.registry.evidence;

import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Logs as somebody left them who could write to the store: some streams edited, the others as they were. */
final class EditedLogs implements LogStore {

    private final LogStore logs;
    private final Map<String, List<byte[]>> edited = new HashMap<>();

    EditedLogs(LogStore logs) {
        this.logs = logs;
    }

    void edit(String stream, UnaryOperator<List<byte[]>> edit) throws StoreException {
        List<byte[]> entries = new ArrayList<>();
        logs.read(stream, 1, Integer.MAX_VALUE).forEach(entry -> entries.add(entry.bytes()));
        edited.put(stream, edit.apply(entries));
    }

    @Override
    public int append(String stream, long number, List<byte[]> added) throws StoreException {
        List<byte[]> entries = edited.get(stream);
        if (entries == null) {
            return logs.append(stream, number, added);
        }
        return number == entries.size() + 1L && entries.addAll(added) ? added.size() : 0;
    }

    @Override
    public long next(String stream) throws StoreException {
        List<byte[]> entries = edited.get(stream);
        return entries == null ? logs.next(stream) : entries.size() + 1L;
    }

    @Override
    public List<Entry> read(String stream, long from, int limit) throws StoreException {
        List<byte[]> entries = edited.get(stream);
        if (entries == null) {
            return logs.read(stream, from, limit);
        }
        List<Entry> page = new ArrayList<>();
        for (long number = from; number <= entries.size() && page.size() < limit; number++) {
            page.add(new Entry(number, entries.get((int) number - 1)));
        }
        return page;
    }

    @Override
    public List<String> streams(String prefix) throws StoreException {
        return logs.streams(prefix);
    }
}
