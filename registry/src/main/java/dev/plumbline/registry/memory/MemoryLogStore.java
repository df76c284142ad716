package dev.plumbline.registry.memory;

import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.StoreNames;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Streams in lists. */
final class MemoryLogStore implements LogStore {

    private final TreeMap<String, List<byte[]>> streams = new TreeMap<>();

    @Override
    public synchronized int append(String stream, long number, List<byte[]> entries) throws StoreException {
        LogStore.check(stream, entries);
        if (number != next(stream)) {
            return 0;
        }
        List<byte[]> all = streams.computeIfAbsent(stream, name -> new ArrayList<>());
        entries.forEach(entry -> all.add(entry.clone()));
        return entries.size();
    }

    @Override
    public synchronized long next(String stream) {
        return entries(stream).size() + 1L;
    }

    @Override
    public synchronized List<Entry> read(String stream, long from, int limit) {
        List<byte[]> entries = entries(stream);
        List<Entry> found = new ArrayList<>();
        for (long number = Math.max(from, 1); number <= entries.size() && found.size() < limit; number++) {
            found.add(new Entry(number, entries.get((int) number - 1).clone()));
        }
        return found;
    }

    @Override
    public synchronized List<String> streams(String prefix) {
        return streams.tailMap(prefix).keySet().stream()
                .takeWhile(name -> name.startsWith(prefix))
                .toList();
    }

    private List<byte[]> entries(String stream) {
        return streams.getOrDefault(StoreNames.check(stream), List.of());
    }
}
