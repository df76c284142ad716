package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.models.ModelRegistryException;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The runs whose recording failed, each with what is to be done again. Bounded: what finds no room is found by the next list. */
final class FailedRuns {

    /** Most runs whose objects are kept to be tried again. */
    static final int MAX_FAILED = 200;

    private final Map<RunId, Failed> runs = new LinkedHashMap<>();
    private boolean overflow;

    /** Something that can be done again. */
    interface Work {
        void run() throws StoreException, SourceException, ClusterException, ModelRegistryException, SignException;
    }

    /**
     * A run.
     *
     * @param id which
     * @param name its name
     * @param work what is to be done again
     */
    record Failed(RunId id, String name, Work work) {}

    synchronized void add(Failed run) {
        if (runs.size() < MAX_FAILED || runs.containsKey(run.id())) {
            runs.put(run.id(), run);
        } else {
            overflow = true;
        }
    }

    synchronized void remove(RunId id) {
        runs.remove(id);
    }

    /** All of them, which are here no more. */
    synchronized List<Failed> take() {
        List<Failed> all = List.copyOf(runs.values());
        runs.clear();
        return all;
    }

    /** Whether too many failed to keep them all, and none is here any more: then all runs are to be listed again. */
    synchronized boolean tookAll() {
        boolean list = overflow && runs.isEmpty();
        overflow &= !list;
        return list;
    }
}
