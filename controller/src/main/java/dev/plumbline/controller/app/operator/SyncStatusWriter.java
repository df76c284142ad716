package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.apply.StatusWriter;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.controller.reconcile.Troubles;
import dev.plumbline.controller.spec.Conditions;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.controller.spec.PipelineSyncStatus;
import dev.plumbline.controller.spec.Reason;
import dev.plumbline.controller.spec.RevisionStatus;
import dev.plumbline.controller.status.Standing;
import dev.plumbline.controller.status.Wait;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.json.Tree;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the status of a PipelineSync when it says something new, and not otherwise. */
final class SyncStatusWriter {

    private static final String MANAGER = "plumbline-status";

    private final StatusWriter writer;
    private final CustomResources syncs;
    private final SeenSync seen;
    private final InstantSource clock;

    SyncStatusWriter(StatusWriter writer, CustomResources syncs, SeenSync seen, InstantSource clock) {
        this.writer = writer;
        this.syncs = syncs;
        this.seen = seen;
        this.clock = clock;
    }

    /**
     * Where a running sync stands.
     *
     * @param later whether it has a turn later: then news that is only of a commit that changes nothing waits for it
     * @return whether everything is said
     */
    boolean write(PipelineSync resource, Sync sync, Standing standing, String handledRequest, boolean later)
            throws ClusterException {
        PipelineSyncStatus status = new PipelineSyncStatus(
                resource.metadata().generation(),
                new Conditions(standing.reason(), standing.message()),
                standing.next(),
                sync.head(),
                revisions(sync),
                sync.owned(),
                standing.confirmation(),
                handledRequest);
        Map<String, @Nullable Object> previous = seen.status();
        Map<String, @Nullable Object> now = status.tree(previous, clock.instant());
        if (later && CommitNews.only(previous, now)) {
            return false;
        }
        send(resource, previous, now);
        return true;
    }

    /** That a spec is not followed. What was said of revisions stays. */
    void refused(PipelineSync resource, Conditions why) throws ClusterException {
        said(resource, why, "nothing until the spec is corrected");
    }

    /** That its objects go before it. */
    void deleting(PipelineSync resource) throws ClusterException {
        said(
                resource,
                new Conditions(Reason.DELETING, "the sync is deleted, and its objects go first"),
                "it is gone when they are");
    }

    /** That it could not be begun. */
    void trouble(PipelineSync resource, Exception e) throws ClusterException {
        Wait wait = Troubles.of(e);
        said(resource, new Conditions(wait.reason(), wait.message()), "it is tried again, ever less often");
    }

    /** The request that was followed last, as an earlier program wrote it. */
    String handledRequest() {
        return Tree.text(seen.status(), "handledRequest");
    }

    private void said(PipelineSync resource, Conditions conditions, String next) throws ClusterException {
        Map<String, @Nullable Object> previous = seen.status();
        Map<String, @Nullable Object> status = new LinkedHashMap<>(previous);
        status.putAll(
                new PipelineSyncStatus(resource.metadata().generation(), conditions, next, null, List.of(), 0, null, "")
                        .tree(previous, clock.instant()));
        status.put("inventorySize", previous.getOrDefault("inventorySize", 0L));
        send(resource, previous, status);
    }

    private void send(
            PipelineSync resource, Map<String, @Nullable Object> previous, Map<String, @Nullable Object> status)
            throws ClusterException {
        if (previous.equals(status)) {
            return;
        }
        try {
            syncs.wrote(writer.status(
                    SyncGate.key(resource.id()), resource.metadata().uid(), status, MANAGER));
        } catch (ClusterException e) {
            if (e.reason() != ClusterException.Reason.NOT_FOUND) { // It was deleted meanwhile: nobody is left to tell.
                throw e;
            }
        }
    }

    private static List<RevisionStatus> revisions(Sync sync) {
        List<RevisionStatus> revisions = new ArrayList<>();
        for (HistoryEntry entry : sync.history().applied(PipelineSyncStatus.MAX_HISTORY)) {
            if (entry.release() != null) {
                revisions.add(new RevisionStatus(
                        entry.revision(), entry.commit(), entry.release(), entry.finished(), entry.trigger()));
            }
        }
        return revisions;
    }
}
