package dev.plumbline.controller.reconcile;

import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.release.Release;
import java.util.Map;

/**
 * What a commit would bring.
 *
 * @param commit the commit
 * @param release what it means for the sync's path
 * @param blame plain key of each object to the commit that made its content; empty when the Release is not valid
 */
public record Candidate(Commit commit, Release release, Map<ObjectKey, CommitId> blame) {

    /** Keeps its own copy. */
    public Candidate {
        blame = Map.copyOf(blame);
    }
}
