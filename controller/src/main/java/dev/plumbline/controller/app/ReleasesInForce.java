package dev.plumbline.controller.app;

import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.controller.record.ReleaseHistory;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.history.ReleaseArchive;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Recent;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.provenance.Judge;
import dev.plumbline.registry.provenance.RenderedContent;
import dev.plumbline.registry.run.ReleaseInForce;
import dev.plumbline.registry.store.StoreException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells from the history which Releases were in force at a moment, and reads them from the archive, each once. */
public final class ReleasesInForce implements ReleaseHistory {

    /** Most Releases whose contents are remembered. */
    private static final int MAX_REMEMBERED = 8;

    private final Sync sync;
    private final ReleaseArchive archive;
    private final Recent<Digest, RenderedContent> contents = new Recent<>(MAX_REMEMBERED);

    /** The Releases of one sync. */
    public ReleasesInForce(Sync sync, ReleaseArchive archive) {
        this.sync = sync;
        this.archive = archive;
    }

    @Override
    public synchronized List<Judge.Force> inForce(SyncId id, Instant created) throws StoreException {
        Instant endOfSecond = created.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        List<Judge.Force> forces = new ArrayList<>();
        for (HistoryEntry entry : sync.history().entries().reversed()) {
            boolean begun = entry.outcome() == Outcome.APPLIED && entry.seen().isBefore(endOfSecond);
            Optional<Judge.Force> force = begun ? force(entry) : Optional.empty();
            if (force.isPresent()) {
                forces.add(force.get());
                // When its apply had not ended before that second, the Release before it was still in force.
                if (entry.finished().isBefore(created.truncatedTo(ChronoUnit.SECONDS)) || forces.size() == 2) {
                    return forces;
                }
            }
        }
        return forces;
    }

    private Optional<Judge.Force> force(HistoryEntry entry) throws StoreException {
        Digest record = entry.record();
        Digest release = entry.release();
        if (record == null || release == null) {
            return Optional.empty();
        }
        RenderedContent content = contents.get(release);
        if (content == null) {
            Optional<ReleaseRecord> stored = archive.load(record);
            if (stored.isEmpty()) {
                return Optional.empty();
            }
            content = RenderedContent.of(stored.get());
            contents.put(release, content);
        }
        return Optional.of(new Judge.Force(new ReleaseInForce(entry.revision(), release, entry.commit()), content));
    }
}
