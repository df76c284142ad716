package dev.plumbline.registry.query;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.run.Interval;
import dev.plumbline.registry.run.PartPlace;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.SourceException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which runs a revert of commits would touch: those of which a part that ran came into the mainline with one of the commits, and
 * is not what the mainline held before them. Content that is the same on both sides touches nothing.
 */
public final class Impact {

    private final Repository repository;
    private final CommitRange range;
    private final Map<Interval, Boolean> heldBefore = new HashMap<>();

    Impact(Repository repository, CommitRange range) {
        this.repository = repository;
        this.range = range;
    }

    /** The commits that would be reverted. */
    public Set<CommitId> commits() {
        return range.commits();
    }

    /**
     * References of those parts of a run that a revert would change; empty when it would touch none. One of the parts began with
     * one of {@link #commits()} then.
     *
     * @throws SourceException when Git cannot be read
     */
    public Set<String> touched(List<PartPlace> parts) throws SourceException {
        Set<String> touched = new LinkedHashSet<>();
        for (PartPlace part : parts) {
            if (begins(part.intervals()) && !heldBefore(part.intervals())) {
                touched.add(part.reference());
            }
        }
        return touched;
    }

    private boolean begins(List<Interval> intervals) {
        return intervals.stream()
                .anyMatch(interval -> range.commits().contains(interval.oldest()) && !interval.atOrBefore());
    }

    private boolean heldBefore(List<Interval> intervals) throws SourceException {
        for (Interval interval : intervals) {
            Boolean held = heldBefore.get(interval);
            if (held == null) {
                held = holds(interval);
                heldBefore.put(interval, held);
            }
            if (held) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(Interval interval) throws SourceException {
        CommitId before = range.before();
        return before != null
                && repository.commit(before).isPresent()
                && repository.commit(interval.newest()).isPresent()
                && repository.isAncestor(before, interval.newest())
                && (interval.atOrBefore() || repository.isAncestor(interval.oldest(), before));
    }
}
