package dev.plumbline.controller.reconcile;

import dev.plumbline.registry.blame.Interval;
import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.release.Release;
import java.util.HashMap;
import java.util.Map;

/**
 * What a commit would bring.
 *
 * @param commit the commit
 * @param release what it means for the sync's path
 * @param blame plain key of each object to the commits over which its content was what it is, the oldest being the one that made
 *     it; empty when the Release is not valid
 */
public record Candidate(Commit commit, Release release, Map<ObjectKey, Interval> blame) {

    /** Keeps its own copy. */
    public Candidate {
        blame = Map.copyOf(blame);
    }

    /** Plain key of each object to the commit that made its content. */
    public Map<ObjectKey, CommitId> made() {
        Map<ObjectKey, CommitId> made = new HashMap<>();
        blame.forEach((key, interval) -> made.put(key, interval.oldest()));
        return made;
    }
}
