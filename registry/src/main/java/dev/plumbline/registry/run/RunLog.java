package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log of the runs of one sync. It remembers which numbers it took itself one after the other, so that runs which are recorded side
 * by side need not read what the others appended meanwhile. Many threads and processes may use one log.
 */
final class RunLog {

    private static final int PAGE = 500;

    private final LogStore logs;
    private final String stream;

    /** It appended all entries from the one number up to the other; 0 while it appended none. */
    private long ownFrom;

    private volatile long ownNext;

    RunLog(LogStore logs, String stream) {
        this.logs = logs;
        this.stream = stream;
    }

    /** A number from which on an entry that comes now may stand, at most that of the next one. */
    long from() throws StoreException {
        long own = ownNext; // Appending takes a while, and nobody need wait for it here.
        return own > 0 ? own : logs.next(stream);
    }

    /** Appends the entry of a run, unless anybody else appended anything from a number on. */
    synchronized boolean append(RunEntry entry, long from) throws StoreException {
        long number = ownFrom <= from && from <= ownNext ? ownNext : from;
        if (!logs.append(stream, number, Json.bytes(entry.tree()))) {
            return false;
        }
        ownFrom = number == ownNext ? ownFrom : number;
        ownNext = number + 1;
        return true;
    }

    /** The entry of a run that stands in the log from a number on, appended where there is none yet. */
    RunEntry stand(RunEntry entry, long from) throws StoreException {
        long number = from;
        while (true) {
            List<RunEntry> page = entries(number, PAGE);
            for (RunEntry other : page) {
                if (other.kind() == RunEntry.Kind.RUN && other.id().equals(entry.id())) {
                    return other;
                }
            }
            number += page.size();
            if (page.isEmpty() && append(entry, number)) {
                return entry;
            }
        }
    }

    /** Appends an entry at the end. */
    void add(RunEntry entry) throws StoreException {
        while (!append(entry, from())) {
            forget(); // Another process took the number.
        }
    }

    long next() throws StoreException {
        return logs.next(stream);
    }

    List<RunEntry> entries(long from, int limit) throws StoreException {
        List<RunEntry> entries = new ArrayList<>();
        for (LogStore.Entry entry : logs.read(stream, from, limit)) {
            String what = "entry " + entry.number();
            try {
                entries.add(RunEntry.of(tree(entry.bytes(), what)));
            } catch (IllegalArgumentException e) {
                throw damaged(what, e);
            }
        }
        return entries;
    }

    Map<String, @Nullable Object> tree(byte[] bytes, String what) throws StoreException {
        try {
            return Json.parseObject(bytes);
        } catch (JsonException e) {
            throw damaged(what, e);
        }
    }

    StoreException damaged(String what, Exception why) {
        return new StoreException(
                "tried to read " + what + " of " + stream + ", failed because it is damaged: " + why.getMessage()
                        + "; check the store",
                false,
                why);
    }

    private synchronized void forget() {
        ownFrom = 0;
        ownNext = 0;
    }
}
