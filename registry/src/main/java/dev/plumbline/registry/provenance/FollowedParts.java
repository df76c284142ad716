package dev.plumbline.registry.provenance;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.run.PartEvidence;
import dev.plumbline.registry.run.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What made results that a run took from earlier ones, as parts of what it executed. A part of an earlier run is an object in Git with
 * the content that it had there: a commit holds it that renders this object to the same.
 */
final class FollowedParts {

    private final Set<String> known = new HashSet<>();
    private final Map<String, String> lost = new TreeMap<>();
    private final List<Part> parts = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();
    private final List<String> overridden = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    FollowedParts(Mainline mainline, List<FollowedResult> followed) {
        followed.forEach(result -> take(mainline, result));
    }

    private void take(Mainline mainline, FollowedResult result) {
        known.add(result.node());
        String taken = "node " + result.node() + " took its results from run " + result.run();
        if (!result.lost().isEmpty()) {
            lost.put(result.node(), result.lost());
        } else if (result.verdict() == Verdict.DRIFT) {
            foreign.add(taken + ", where content that is in no commit made them");
        } else if (result.verdict() == Verdict.OVERRIDDEN) {
            overridden.add(taken + ", which is OVERRIDDEN");
        } else {
            List<Part> made = new ArrayList<>();
            for (PartEvidence part : result.parts()) {
                Part there = part(mainline, result.run(), part);
                if (there != null) {
                    made.add(there);
                }
            }
            if (made.isEmpty() || made.size() < result.parts().size()) {
                lost.put(
                        result.node(),
                        "run " + result.run() + " made them by content of a commit that is not known any more");
            } else {
                parts.addAll(made);
                notes.add(taken);
            }
        }
    }

    /** Adds what made the results to what a run executed. */
    void addTo(PartsOfRun run) {
        run.parts.addAll(parts);
        run.foreign.addAll(foreign);
        run.overridden.addAll(overridden);
        run.notes.addAll(notes);
        run.notFollowed(known, lost);
    }

    /** Null where the commit that made the object what it was is not known any more. */
    private static @Nullable Part part(Mainline mainline, String run, PartEvidence part) {
        ObjectKey object = part.object();
        RenderedContent content = part.commit() == null ? null : mainline.at(part.commit());
        if (object == null || content == null || content.plain(object).isEmpty()) {
            return null;
        }
        Optional<Digest> then = content.plain(object);
        return new Part(
                run + ": " + part.reference(),
                part.digest(),
                other -> other.plain(object).equals(then) ? object : null);
    }
}
