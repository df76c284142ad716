package dev.plumbline.registry.query;

import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The runs of the logs, kept in memory; a question reads only what the logs got since. Entries of logs never change. */
final class KnownRuns {

    private static final int PAGE = 500;

    private final List<SyncRuns> syncs;
    private final Map<SyncId, Read> read = new HashMap<>();
    private List<KnownRun> newestFirst = List.of();
    private long entries;

    KnownRuns(List<SyncRuns> syncs) {
        this.syncs = syncs;
    }

    /** All runs, newest first. */
    synchronized List<KnownRun> newestFirst() throws StoreException {
        long there = 0;
        for (SyncRuns sync : syncs) {
            there += read.computeIfAbsent(sync.sync(), id -> new Read()).on(sync);
        }
        if (there != entries) {
            List<KnownRun> known = new ArrayList<>();
            for (SyncRuns sync : syncs) {
                Objects.requireNonNull(read.get(sync.sync())).addTo(known, sync.sync());
            }
            List<KnownRun> newest = new ArrayList<>(known.reversed());
            newest.sort(Comparator.comparing((KnownRun run) -> run.entry().createdAt())
                    .reversed());
            newestFirst = List.copyOf(newest);
            entries = there;
        }
        return newestFirst;
    }

    /** How far the log of one sync was read. */
    private static final class Read {

        private final Map<RunId, RunEntry> runs = new LinkedHashMap<>();
        private final Map<RunId, List<ModelRecord>> learnt = new HashMap<>();
        private long next = 1;

        /** Reads on; answers how many entries are read by now. */
        private long on(SyncRuns sync) throws StoreException {
            List<RunEntry> page;
            do {
                page = sync.journal().entries(next, PAGE);
                for (RunEntry entry : page) {
                    learnt.put(entry.id(), entry.models());
                    runs.putIfAbsent(entry.id(), entry);
                }
                next += page.size();
            } while (page.size() == PAGE);
            return next - 1;
        }

        private void addTo(List<KnownRun> known, SyncId sync) {
            runs.forEach((id, entry) -> known.add(new KnownRun(sync, entry, Objects.requireNonNull(learnt.get(id)))));
        }
    }
}
