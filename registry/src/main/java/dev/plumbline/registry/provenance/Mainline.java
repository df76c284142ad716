package dev.plumbline.registry.provenance;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.Interval;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The seen mainline commits that render, with their contents; read once for one judgement. */
final class Mainline {

    private final List<List<CommitId>> lines = new ArrayList<>();
    private final Map<CommitId, RenderedContent> contents = new LinkedHashMap<>();
    private final boolean complete;

    Mainline(ContentHistory history) throws SourceException {
        List<List<CommitId>> seen = history.lines();
        this.complete = history.complete();
        for (List<CommitId> line : seen) {
            List<CommitId> rendering = new ArrayList<>();
            for (CommitId commit : line) {
                Optional<RenderedContent> content =
                        contents.containsKey(commit) ? Optional.of(contents.get(commit)) : history.at(commit);
                if (content.isPresent()) {
                    contents.put(commit, content.get());
                    rendering.add(commit);
                }
            }
            lines.add(rendering);
        }
    }

    /** Whether no older commit exists. */
    boolean complete() {
        return complete;
    }

    /** How many commits were looked at. */
    int size() {
        return contents.size();
    }

    /** What a commit renders to; null when it is not among the seen ones. */
    @Nullable
    RenderedContent at(CommitId commit) {
        return contents.get(commit);
    }

    /** The newest commit that means a whole Release; null when none that was looked at does. */
    @Nullable
    CommitId meaning(Digest release) {
        for (List<CommitId> line : lines) {
            for (CommitId commit : line) {
                if (content(commit).digest().equals(release)) {
                    return commit;
                }
            }
        }
        return null;
    }

    /** The commits whose content holds a part. */
    Set<CommitId> holding(Part part) {
        Set<CommitId> holding = new LinkedHashSet<>();
        contents.forEach((commit, content) -> {
            if (part.holder().apply(content) != null) {
                holding.add(commit);
            }
        });
        return holding;
    }

    /** These commits as intervals, newest first, line by line. Commits that are on no line stand alone. */
    List<Interval> intervals(Set<CommitId> commits) {
        List<Interval> intervals = new ArrayList<>();
        Set<CommitId> rest = new LinkedHashSet<>(commits);
        for (List<CommitId> line : lines) {
            int start = -1;
            for (int i = 0; i <= line.size(); i++) {
                boolean inside = i < line.size() && rest.contains(line.get(i));
                if (inside && start < 0) {
                    start = i;
                } else if (!inside && start >= 0) {
                    boolean older = i == line.size() && !complete;
                    intervals.add(new Interval(line.get(i - 1), line.get(start), i - start, older));
                    start = -1;
                }
            }
            line.forEach(rest::remove);
        }
        rest.forEach(commit -> intervals.add(new Interval(commit, commit, 1, false)));
        return intervals;
    }

    /** The newest of some commits of the lines; null when none of them is on a line. */
    @Nullable
    CommitId newest(Set<CommitId> commits) {
        for (List<CommitId> line : lines) {
            for (CommitId commit : line) {
                if (commits.contains(commit)) {
                    return commit;
                }
            }
        }
        return null;
    }

    /**
     * The commit since which a condition holds, going back from a commit at which it does.
     *
     * @return null when that commit is on no line
     */
    @Nullable
    Since since(CommitId from, Predicate<RenderedContent> condition) {
        for (List<CommitId> line : lines) {
            int i = line.indexOf(from);
            if (i >= 0) {
                while (i + 1 < line.size() && condition.test(content(line.get(i + 1)))) {
                    i++;
                }
                return new Since(line.get(i), i + 1 == line.size() && !complete);
            }
        }
        return null;
    }

    private RenderedContent content(CommitId commit) {
        RenderedContent content = contents.get(commit);
        if (content == null) {
            throw new IllegalStateException("only commits that render are on a line: " + commit);
        }
        return content;
    }

    /**
     * Since when.
     *
     * @param commit the commit
     * @param atOrBefore whether older commits were not looked at
     */
    record Since(CommitId commit, boolean atOrBefore) {}
}
