package dev.plumbline.controller.app.operator;

import dev.plumbline.registry.model.SyncId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is about which syncs, so that a change of one asks only those that it concerns, however many there are. Safe for many threads.
 *
 * @param <T> what depends on syncs: other syncs, rollbacks
 */
final class Dependents<T> {

    private final Map<T, Set<SyncId>> syncs = new HashMap<>();
    private final Map<SyncId, Set<T>> dependents = new HashMap<>();

    /** From now on one depends on these syncs, and on no others; on none, it is forgotten. */
    synchronized void depends(T one, Collection<SyncId> on) {
        for (SyncId before : syncs.getOrDefault(one, Set.of())) {
            dependents.computeIfPresent(before, (sync, all) -> {
                all.remove(one);
                return all.isEmpty() ? null : all;
            });
        }
        if (on.isEmpty()) {
            syncs.remove(one);
        } else {
            syncs.put(one, Set.copyOf(on));
        }
        for (SyncId now : on) {
            dependents.computeIfAbsent(now, absent -> new HashSet<>()).add(one);
        }
    }

    /** What depends on a sync. */
    synchronized List<T> of(SyncId sync) {
        return List.copyOf(dependents.getOrDefault(sync, Set.of()));
    }
}
