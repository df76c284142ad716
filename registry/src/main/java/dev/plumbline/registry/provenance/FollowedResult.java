package dev.plumbline.registry.provenance;

import dev.plumbline.registry.run.PartEvidence;
import dev.plumbline.registry.run.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Results that a node took from an earlier run, followed to that run's record as far as that goes.
 *
 * @param node name of the node that took them
 * @param run name of the run that made them; empty where it was not found
 * @param verdict what that run is; null where it was not found
 * @param parts what made them there, each an object in Git; empty where the verdict leaves nothing to look for
 * @param lost why they could not be followed, in words; empty where they were
 */
public record FollowedResult(
        String node, String run, @Nullable Verdict verdict, List<PartEvidence> parts, String lost) {

    /** Keeps its own copy. */
    public FollowedResult {
        parts = List.copyOf(parts);
    }

    /** Made by these parts, all of them in Git. */
    public static FollowedResult madeBy(String node, String run, Verdict verdict, List<PartEvidence> parts) {
        return new FollowedResult(node, run, verdict, parts, "");
    }

    /** Made by a run whose verdict says that it was nothing that Git asked for: DRIFT or OVERRIDDEN. */
    public static FollowedResult madeByForeign(String node, String run, Verdict verdict) {
        return new FollowedResult(node, run, verdict, List.of(), "");
    }

    /** Made by nobody knows whom, or by something of which nothing is known, and why that is so. */
    public static FollowedResult lost(String node, String why) {
        return new FollowedResult(node, "", null, List.of(), why);
    }
}
