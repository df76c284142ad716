package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The log of the runs of one sync. It remembers which numbers it took itself one after the other, so that runs which are recorded side
 * by side need not read what the others appended meanwhile, and appends in one write what came while it wrote. Many threads and
 * processes may use one log.
 */
final class RunLog {

    private static final int PAGE = 500;

    /** How many runs it remembers that it appended. */
    private static final int MAX_OWN = 256;

    private final LogStore logs;
    private final String stream;

    /** It appended all entries from the one number up to the other; 0 while it appended none. */
    private long ownFrom;

    private volatile long ownNext;

    /** The runs among these, with their numbers, in their order. */
    private final LinkedHashMap<RunId, Long> ownRuns = new LinkedHashMap<>();

    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    RunLog(LogStore logs, String stream) {
        this.logs = logs;
        this.stream = stream;
    }

    /** A number from which on an entry that comes now may stand, at most that of the next one. */
    long from() throws StoreException {
        long own = ownNext; // Appending takes a while, and nobody need wait for it here.
        return own > 0 ? own : logs.next(stream);
    }

    /**
     * Appends the entry of a run, unless anybody else appended anything from a number on. Entries that come while others are appended
     * wait for these and are then appended together, in one write.
     */
    boolean append(RunEntry entry, long from) throws StoreException {
        Waiting mine =
                new Waiting(entry.kind() == RunEntry.Kind.RUN ? entry.id() : null, Json.bytes(entry.tree()), from);
        waiting.add(mine);
        synchronized (this) {
            while (!mine.settled) {
                appendTogether(together());
            }
        }
        return mine.appended();
    }

    /** What may be appended in one write: one entry where it is not known what others did, and all that wait where it is. */
    private List<Waiting> together() {
        List<Waiting> together = new ArrayList<>();
        Set<RunId> runs = new HashSet<>();
        long bytes = 0;
        for (Waiting each : waiting) {
            bytes += each.bytes.length;
            boolean fits = together.size() < PAGE && bytes <= LogStore.MAX_ENTRY_BYTES;
            boolean other = each.run == null || runs.add(each.run);
            if (together.isEmpty() || (fits && other && own(each) && own(together.getFirst()))) {
                together.add(each);
            } else {
                break;
            }
        }
        return together;
    }

    private boolean own(Waiting each) {
        return ownFrom <= each.from && each.from <= ownNext;
    }

    /** Whether this log itself appended the run where it may stand, for another who recorded it at the same time. */
    private boolean stands(Waiting each) {
        return each.run != null && ownRuns.getOrDefault(each.run, 0L) >= each.from;
    }

    private void appendTogether(List<Waiting> all) {
        List<Waiting> standing = all.stream().filter(this::stands).toList();
        if (!standing.isEmpty()) {
            standing.forEach(each -> each.appended = true);
            settle(standing);
            return;
        }
        appendNew(all);
    }

    private void settle(List<Waiting> settled) {
        settled.forEach(each -> each.settled = true);
        waiting.removeAll(settled);
    }

    private void appendNew(List<Waiting> together) {
        Waiting first = together.getFirst();
        long number = own(first) ? ownNext : first.from;
        List<Waiting> tried = together;
        try {
            int appended = logs.append(
                    stream, number, together.stream().map(each -> each.bytes).toList());
            // A store may take fewer than it is given: the others go on waiting. None means that the number is
            // another's.
            tried = appended == 0 ? together : together.subList(0, appended);
            tried.forEach(each -> each.appended = appended > 0);
            if (appended > 0) {
                took(number, tried);
            }
        } catch (StoreException e) {
            together.forEach(each -> each.failure = e);
        } finally {
            settle(tried);
        }
    }

    private void took(long number, List<Waiting> appended) {
        if (number != ownNext) {
            ownFrom = number;
            ownRuns.clear();
        }
        long next = number;
        for (Waiting each : appended) {
            if (each.run != null) {
                ownRuns.put(each.run, next);
            }
            next++;
        }
        ownNext = next;
        while (ownRuns.size() > MAX_OWN) {
            // Of what is forgotten it is not known any more whether a run stands there.
            ownFrom = ownRuns.pollFirstEntry().getValue() + 1;
        }
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
        ownRuns.clear();
    }

    /** An entry that is to be appended; all but its bytes and number is guarded by the log. */
    private static final class Waiting {

        /** The run whose entry it is, of which there may be one only; null for what is added to one. */
        private final @Nullable RunId run;

        private final byte[] bytes;
        private final long from;
        private boolean settled;
        private @Nullable Boolean appended;
        private @Nullable StoreException failure;

        Waiting(@Nullable RunId run, byte[] bytes, long from) {
            this.run = run;
            this.bytes = bytes;
            this.from = from;
        }

        /** Whether it was appended, said to the one who waited for it. */
        boolean appended() throws StoreException {
            if (appended != null) {
                return appended;
            }
            StoreException why = failure;
            throw why == null
                    ? new StoreException(
                            "tried to append an entry together with others, failed because whoever did it ended; try again",
                            true)
                    : new StoreException(String.valueOf(why.getMessage()), why.retryable(), why);
        }
    }
}
