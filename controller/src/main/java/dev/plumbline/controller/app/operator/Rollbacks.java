package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.controller.reconcile.Troubles;
import dev.plumbline.controller.spec.Conditions;
import dev.plumbline.controller.spec.PipelineRollback;
import dev.plumbline.controller.spec.PipelineRollbackStatus;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.controller.spec.Reason;
import dev.plumbline.controller.spec.RevisionStatus;
import dev.plumbline.controller.status.Wait;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows PipelineRollbacks: each restores a revision once, and says what became of it. */
final class Rollbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Rollbacks.class);
    private static final String MANAGER = "plumbline-status";

    private final Parts parts;
    private final CustomResources rollbacks;
    private final Function<SyncId, Optional<Sync>> syncs;
    private final Set<ObjectKey> busy = ConcurrentHashMap.newKeySet();
    private final Dependents<ObjectKey> about = new Dependents<>();
    private final Map<ObjectKey, SyncId> holding = new ConcurrentHashMap<>();

    Rollbacks(Parts parts, CustomResources rollbacks, Function<SyncId, Optional<Sync>> syncs) {
        this.parts = parts;
        this.rollbacks = rollbacks;
        this.syncs = syncs;
    }

    /** Looks again at all that are about a sync: it may be there now, or in another revision. */
    void lookFor(SyncId sync) {
        about.of(sync).forEach(this::look);
    }

    /** Looks at one that came, changed or went. Returns at once; of one at a time. */
    void look(ObjectKey key) {
        Optional<Map<String, @Nullable Object>> object = rollbacks.get(key);
        Optional<PipelineRollback> there = object.map(PipelineRollback::read);
        about.depends(key, there.map(rollback -> List.of(rollback.sync())).orElse(List.of()));
        there.filter(rollback -> rollback.until() == PipelineRollback.Until.REMOVED)
                .ifPresent(rollback -> holding.put(key, rollback.sync()));
        boolean done = object.filter(one -> revision(one) > 0 && !isOver(one)).isPresent();
        if (!done && busy.add(key)) {
            Thread.ofVirtual().name("rollback " + key.display()).start(() -> {
                try {
                    step(key);
                } catch (SourceException | StoreException | ClusterException e) {
                    LOG.warn("{}: {}; tried again when it or its sync changes", key.display(), e.getMessage());
                } finally {
                    busy.remove(key);
                }
            });
        }
    }

    private void step(ObjectKey key) throws SourceException, StoreException, ClusterException {
        Optional<Map<String, @Nullable Object>> object = rollbacks.get(key);
        if (object.isEmpty()) {
            SyncId held = holding.remove(key);
            Optional<Sync> sync = held == null ? Optional.empty() : syncs.apply(held);
            if (sync.isPresent()) {
                sync.get().lift();
            }
            return;
        }
        PipelineRollback rollback = PipelineRollback.read(object.get());
        if (!rollback.problems().isEmpty()) {
            said(rollback, object.get(), Conditions.invalid(rollback.problems()), null, 0);
        } else if (revision(object.get()) == 0) {
            restore(rollback, object.get());
        } else if (isOver(object.get())) {
            Conditions ended = new Conditions(Reason.ENDED, "another revision is in force since");
            said(rollback, object.get(), ended, null, revision(object.get()));
        }
    }

    /** The revision that a rollback made; 0 before. */
    private static long revision(Map<String, @Nullable Object> object) {
        return Tree.at(object, "status", "revision") instanceof Long revision ? revision : 0;
    }

    /** Whether another revision came into force after the one that a rollback made, and this is not said yet. */
    private boolean isOver(Map<String, @Nullable Object> object) {
        boolean said = Tree.maps(object, "status", "conditions").stream()
                .anyMatch(condition -> Reason.ENDED.toString().equals(condition.get("reason")));
        return !said
                && syncs.apply(PipelineRollback.read(object).sync())
                        .flatMap(sync -> sync.history().lastApplied())
                        .filter(entry -> entry.revision() > revision(object))
                        .isPresent();
    }

    private void restore(PipelineRollback rollback, Map<String, @Nullable Object> object)
            throws SourceException, StoreException, ClusterException {
        Optional<Sync> sync = syncs.apply(rollback.sync());
        if (sync.isEmpty()) {
            said(
                    rollback,
                    object,
                    new Conditions(Reason.SYNC_NOT_FOUND, "there is no running sync " + rollback.sync()),
                    null,
                    0);
            return;
        }
        Person actor = new Person(rollback.actor(), "");
        Optional<HistoryEntry> entry = done(rollback, object, sync.get(), actor);
        try {
            if (entry.isEmpty()) {
                entry = sync.get().rollback(rollback.to(), rollback.reason(), actor);
            }
        } catch (ClusterException | StoreException e) {
            Wait wait = Troubles.of(e);
            said(rollback, object, new Conditions(wait.reason(), wait.message()), null, 0);
            throw e;
        }
        if (entry.isEmpty()) {
            said(
                    rollback,
                    object,
                    new Conditions(
                            Reason.REVISION_NOT_FOUND,
                            "there is no revision "
                                    + (rollback.to() == 0 ? "before the one in force" : rollback.to())
                                    + " in the history of " + rollback.sync()),
                    null,
                    0);
        } else {
            ended(rollback, object, entry.get());
        }
    }

    /** The entry that this rollback made before the program that followed it ended; empty when it made none. */
    private Optional<HistoryEntry> done(
            PipelineRollback rollback, Map<String, @Nullable Object> object, Sync sync, Person actor)
            throws StoreException {
        Instant created = Instant.parse(Tree.text(object, "metadata", "creationTimestamp"));
        var who = parts.persons().digest(actor);
        return sync.history().entries().stream()
                .filter(entry -> entry.trigger().equals("ROLLBACK")
                        && entry.outcome() == Outcome.APPLIED
                        && !entry.seen().isBefore(created)
                        && who.equals(entry.actor())
                        && entry.reason().startsWith(rollback.reason()))
                .findFirst();
    }

    private void ended(PipelineRollback rollback, Map<String, @Nullable Object> object, HistoryEntry entry)
            throws ClusterException {
        if (entry.outcome() != Outcome.APPLIED || entry.release() == null) {
            said(rollback, object, new Conditions(Reason.APPLY_FAILED, entry.reason()), null, 0);
            return;
        }
        RevisionStatus restored = new RevisionStatus(
                entry.revision(), entry.commit(), entry.release(), entry.finished(), entry.trigger());
        said(
                rollback,
                object,
                new Conditions(
                        Reason.RESTORED,
                        "revision " + entry.revision() + " restores commit "
                                + entry.commit().abbreviated()),
                restored,
                entry.revision());
    }

    private void said(
            PipelineRollback rollback,
            Map<String, @Nullable Object> object,
            Conditions conditions,
            @Nullable RevisionStatus restored,
            long revision)
            throws ClusterException {
        Map<String, @Nullable Object> previous = Tree.map(object, "status");
        Map<String, @Nullable Object> status = new LinkedHashMap<>(
                new PipelineRollbackStatus(rollback.metadata().generation(), conditions, restored, revision)
                        .tree(previous, parts.clock().instant()));
        if (!Objects.equals(previous, status)) {
            ObjectKey key = key(rollback);
            rollbacks.wrote(parts.cluster().status(key, rollback.metadata().uid(), status, MANAGER));
        }
    }

    private static ObjectKey key(PipelineRollback rollback) {
        return new ObjectKey(
                PipelineSync.GROUP,
                PipelineRollback.KIND,
                rollback.metadata().namespace(),
                rollback.metadata().name());
    }

    /** Why a sync may not go on: a rollback that holds until it is removed; empty when none does. */
    static Optional<Wait> hold(CustomResources rollbacks, SyncId sync) {
        return rollbacks.keys().stream()
                .filter(key -> key.namespace().equals(sync.namespace()))
                .flatMap(key -> rollbacks.get(key).stream())
                .map(PipelineRollback::read)
                .filter(rollback -> rollback.sync().equals(sync)
                        && rollback.until() == PipelineRollback.Until.REMOVED
                        && rollback.problems().isEmpty())
                .findFirst()
                .map(rollback -> Wait.of(
                        Reason.ROLLED_BACK,
                        "PipelineRollback " + rollback.metadata().name() + " holds until it is removed: "
                                + rollback.reason()));
    }
}
