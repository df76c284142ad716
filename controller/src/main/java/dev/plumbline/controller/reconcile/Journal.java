package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.apply.ApplyResult;
import dev.plumbline.controller.trigger.Trigger;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.HistoryLog;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.store.StoreException;
import java.util.Optional;

/**
 * Writes into history what became of heads, and remembers which was handled last. A head that changed nothing is one write: with 500
 * syncs of one repository, most of them have nothing else to do at a commit.
 */
final class Journal {

    private final HistoryLog history;
    private final SyncStore store;
    private final Drafts drafts;
    private final Notices notices;

    /** What history says of the newest head is newer than what is stored, or the same. */
    Journal(HistoryLog history, SyncStore store, Drafts drafts, Notices notices) throws StoreException {
        this.history = history;
        this.store = store;
        this.drafts = drafts;
        this.notices = notices;
        for (HistoryEntry entry : history.entries().reversed()) {
            if (ofHead(entry)) {
                store.remember(store.state().handled(entry.commit()));
                break;
            }
        }
    }

    /** A rollback leaves the head as it was: the newest commit of Git is still the one that was handled last. */
    private static boolean ofHead(HistoryEntry entry) {
        return !entry.trigger().equals(Trigger.ROLLBACK.name());
    }

    /** What an apply did. */
    HistoryEntry finish(HistoryEntry planned, ApplyResult result) throws StoreException {
        return written(drafts.applied(planned, result));
    }

    /** What became of a head that was not applied. */
    HistoryEntry ended(HistoryEntry draft, Outcome outcome, String reason) throws StoreException {
        return written(draft.ended(outcome, reason, draft.changes(), drafts.now()));
    }

    /** What came of the same head before is not written twice: a retry that fails alike says nothing new. */
    private HistoryEntry written(HistoryEntry entry) throws StoreException {
        Optional<HistoryEntry> last = history.last();
        boolean said = entry.outcome() != Outcome.APPLIED
                && last.isPresent()
                && last.get().commit().equals(entry.commit())
                && last.get().outcome() == entry.outcome()
                && last.get().reason().equals(entry.reason());
        store.check();
        HistoryEntry stored = said ? last.get() : history.append(entry);
        SyncState before = store.state();
        CommitId handled = ofHead(stored) || before.head() == null ? stored.commit() : before.head();
        if (stored.outcome() == Outcome.UNCHANGED && before.intent() == null) {
            store.remember(before.handled(handled));
        } else {
            store.save(before.done(handled));
        }
        if (!said) {
            notices.ended(stored);
        }
        notices.owned(store.inventory().items().size());
        return stored;
    }
}
