package dev.plumbline.registry.blame;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the mainline rendered to at one path, from a head back. Every mainline commit is in exactly one segment.
 *
 * @param path the rendered folder
 * @param segments newest first
 * @param complete whether it goes back to the first commit; otherwise answers about its oldest commits are "at or before"
 */
public record ContentTimeline(String path, List<Segment> segments, boolean complete) {

    /** Keeps its own copy. */
    public ContentTimeline {
        segments = List.copyOf(segments);
    }

    /** What a commit of it renders to; empty when it does not render or is not in this timeline. */
    public Optional<Contents> at(CommitId commit) {
        return segments.stream()
                .filter(segment -> segment.commits().contains(commit))
                .findFirst()
                .flatMap(Segment::contents);
    }

    /** What the head renders to; empty when it does not render. */
    public Optional<Contents> head() {
        return segments.isEmpty() ? Optional.empty() : segments.getFirst().contents();
    }

    /**
     * Of each object that the head renders: the commits, from the head back, over which it was what it is now. Its
     * {@link Interval#oldest} is the object's blame: the newest mainline commit at which its content became this. Empty when the
     * head does not render.
     */
    @SuppressWarnings("ReferenceEquality") // Saves comparing what is shared.
    public Map<ObjectKey, Interval> blame() {
        Map<ObjectKey, Interval> blame = new TreeMap<>();
        Contents now = head().orElse(null);
        if (now == null) {
            return blame;
        }
        BitSet open = new BitSet(now.size());
        open.set(0, now.size());
        CommitId newest = segments.getFirst().newest();
        CommitId oldest = newest;
        int commits = 0;
        for (Segment segment : segments) {
            Contents then = segment.held();
            if (then != null) {
                for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
                    if (!Objects.equals(now.get(now, i), then.get(now, i))) {
                        blame.put(now.keys().get(i), new Interval(oldest, newest, commits, false));
                        open.clear(i);
                    }
                }
                oldest = segment.oldest();
                commits += segment.commits().size();
            }
        }
        for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
            blame.put(now.keys().get(i), new Interval(oldest, newest, commits, !complete));
        }
        return blame;
    }

    /** The intervals, newest first, over which an object was exactly this; empty when it never was. */
    public List<Interval> intervals(ObjectKey key, Digest digest) {
        return intervals(contents -> digest.equals(contents.get(key)));
    }

    /** The intervals, newest first, over which a condition held. */
    public List<Interval> intervals(Predicate<Contents> condition) {
        List<Interval> intervals = new ArrayList<>();
        CommitId newest = null;
        CommitId oldest = null;
        int commits = 0;
        for (Segment segment : segments) {
            Contents contents = segment.held();
            if (contents == null) {
                continue;
            }
            if (condition.test(contents)) {
                newest = newest == null ? segment.newest() : newest;
                oldest = segment.oldest();
                commits += segment.commits().size();
            } else if (newest != null && oldest != null) {
                intervals.add(new Interval(oldest, newest, commits, false));
                newest = null;
                commits = 0;
            }
        }
        add(intervals, newest, oldest, commits);
        return intervals;
    }

    private void add(List<Interval> intervals, @Nullable CommitId newest, @Nullable CommitId oldest, int commits) {
        if (newest != null && oldest != null) {
            intervals.add(new Interval(oldest, newest, commits, !complete));
        }
    }
}
