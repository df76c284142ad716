package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.plan.OtherSyncs;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.release.Stamps;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the syncs of one program want: the keys of each one's newest Release, or, before it has made a plan, of what it applied. So an
 * object can move from one sync to another without being deleted, and two that want the same can be named. Safe for many threads.
 */
public final class Claims {

    private final Consumer<SyncId> freed;
    private final Map<SyncId, Set<ObjectKey>> wanted = new HashMap<>();
    private final Map<ObjectKey, Set<SyncId>> wanting = new HashMap<>();

    /** Their labels; copied when a sync comes or goes, not for each plan of each of them. */
    private Map<String, SyncId> labels = Map.of();

    /**
     * No claims yet.
     *
     * @param freed hears which sync wants what another one just gave up; no event of the cluster would tell it
     */
    public Claims(Consumer<SyncId> freed) {
        this.freed = freed;
    }

    /** A sync wants these, and nothing else any more. */
    public void wants(SyncId sync, Collection<ObjectKey> keys) {
        replaced(sync, Set.copyOf(keys)).forEach(freed);
    }

    /** A sync is gone. */
    public void forget(SyncId sync) {
        wants(sync, Set.of());
        synchronized (this) {
            wanted.remove(sync);
            label(made -> made.remove(Stamps.label(sync)));
        }
    }

    /** Those that want what the sync does not want any more. */
    private synchronized Set<SyncId> replaced(SyncId sync, Set<ObjectKey> now) {
        if (now.equals(wanted.get(sync))) {
            return Set.of();
        }
        Set<SyncId> others = new HashSet<>();
        Set<ObjectKey> before = wanted.getOrDefault(sync, Set.of());
        for (ObjectKey key : before) {
            Set<SyncId> syncs = wanting.get(key);
            if (!now.contains(key) && syncs != null && syncs.remove(sync)) {
                others.addAll(syncs);
                wanting.computeIfPresent(key, (same, left) -> left.isEmpty() ? null : left);
            }
        }
        if (wanted.put(sync, now) == null) {
            label(made -> made.put(Stamps.label(sync), sync));
        }
        for (ObjectKey key : now) {
            if (!before.contains(key)) {
                wanting.computeIfAbsent(key, absent -> new HashSet<>(2)).add(sync);
            }
        }
        return others;
    }

    /** What others than a sync want of some keys. */
    synchronized OtherSyncs others(SyncId sync, Collection<ObjectKey> keys) {
        Map<ObjectKey, SyncId> claims = new HashMap<>();
        for (ObjectKey key : keys) {
            Set<SyncId> syncs = wanting.get(key);
            if (syncs != null && (syncs.size() > 1 || !syncs.contains(sync))) {
                elsewhere(sync, key).ifPresent(other -> claims.put(key, other));
            }
        }
        return new OtherSyncs(claims, labels, sync);
    }

    private void label(Consumer<Map<String, SyncId>> change) {
        Map<String, SyncId> made = new HashMap<>(labels);
        change.accept(made);
        labels = Map.copyOf(made);
    }

    /** Another sync that wants an object; empty when none does. */
    public synchronized Optional<SyncId> elsewhere(SyncId sync, ObjectKey key) {
        return wanting.getOrDefault(key, Set.of()).stream()
                .filter(other -> !other.equals(sync))
                .min(Comparator.comparing(SyncId::toString));
    }
}
