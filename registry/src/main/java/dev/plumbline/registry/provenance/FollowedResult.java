package dev.plumbline.registry.provenance;

import dev.plumbline.registry.run.PartEvidence;
import java.util.List;

/**
 * Results that a node took from an earlier run, followed to that run's record.
 *
 * @param node name of the node that took them
 * @param run name of the run that made them
 * @param parts what made them there, each an object in Git
 */
public record FollowedResult(String node, String run, List<PartEvidence> parts) {

    /** Keeps its own copy. */
    public FollowedResult {
        parts = List.copyOf(parts);
    }
}
