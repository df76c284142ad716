package dev.plumbline.registry.provenance;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.run.PartEvidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What made results that a run took from earlier ones, as parts of what it executed. A part of an earlier run is an object in Git with
 * the content that it had there: a commit holds it that renders this object to the same.
 */
final class FollowedParts {

    private final Set<String> nodes = new HashSet<>();
    private final List<Part> parts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    FollowedParts(Mainline mainline, List<FollowedResult> followed) {
        for (FollowedResult result : followed) {
            List<Part> made = new ArrayList<>();
            for (PartEvidence part : result.parts()) {
                Part known = part(mainline, result.run(), part);
                if (known != null) {
                    made.add(known);
                }
            }
            if (!made.isEmpty() && made.size() == result.parts().size()) {
                nodes.add(result.node());
                parts.addAll(made);
                notes.add("node " + result.node() + " took its results from run " + result.run());
            }
        }
    }

    void addTo(PartsOfRun run) {
        run.parts.addAll(parts);
        run.notes.addAll(notes);
        run.notFollowed(nodes);
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
