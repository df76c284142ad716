package dev.plumbline.registry.query;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Questions that choose among runs and models, compare two, or ask what a revert would touch. Answers are plain trees. */
public final class RunSelections {

    private final RunQueries queries;

    /** Over the same runs as other questions. */
    public RunSelections(RunQueries queries) {
        this.queries = queries;
    }

    /**
     * Runs, newest first.
     *
     * @param limit most that are returned
     * @return empty when no repository has the commits
     * @throws StoreException when the stores cannot be read
     * @throws SourceException when Git cannot be read
     */
    public Optional<List<Map<String, @Nullable Object>>> runs(RunChoice choice, int limit)
            throws StoreException, SourceException {
        Optional<RunFilter> filter = filter(choice);
        if (filter.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(queries.runs(filter.get(), limit).stream()
                .map(RunQueries::summary)
                .toList());
    }

    /**
     * Models that runs say they made, newest run first; the rest as for {@link #runs}.
     *
     * @throws StoreException when the stores cannot be read
     * @throws SourceException when Git cannot be read
     */
    public Optional<List<Map<String, @Nullable Object>>> models(RunChoice choice, int limit)
            throws StoreException, SourceException {
        Optional<RunFilter> filter = filter(choice);
        if (filter.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(queries.models(filter.get(), limit).stream()
                .map(RunQueries::summary)
                .toList());
    }

    /**
     * What a revert of commits would touch: runs and their models of which a part came with one of the commits, without those
     * whose content is the same before and after. The newest are listed, all are counted.
     *
     * @param question a commit, or {@code R1..R2}
     * @return empty when no repository has the commits
     * @throws StoreException when the stores cannot be read
     * @throws SourceException when Git cannot be read
     */
    public Optional<Map<String, @Nullable Object>> impact(String question) throws StoreException, SourceException {
        for (SyncRuns sync : queries.syncs()) {
            Optional<CommitRange> range = CommitRange.of(sync.repository(), question);
            if (range.isPresent()) {
                return Optional.of(impact(sync, range.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * Two models side by side.
     *
     * @return empty when one of them is not known
     * @throws StoreException when the stores cannot be read
     * @throws SourceException when Git cannot be read
     */
    public Optional<Map<String, @Nullable Object>> compare(String one, String other)
            throws StoreException, SourceException {
        Optional<Map<String, @Nullable Object>> left = queries.provenance(one);
        Optional<Map<String, @Nullable Object>> right = queries.provenance(other);
        return left.isEmpty() || right.isEmpty()
                ? Optional.empty()
                : Optional.of(Comparison.of(left.get(), right.get()));
    }

    private Map<String, @Nullable Object> impact(SyncRuns sync, CommitRange range)
            throws StoreException, SourceException {
        TouchedRuns touched = sync.index().touched(new Impact(sync.repository(), range), RunQueries.MAX_LISTED);
        List<@Nullable Object> runs = new ArrayList<>();
        List<@Nullable Object> models = new ArrayList<>();
        for (TouchedRuns.Touched each : touched.newest()) {
            Map<String, @Nullable Object> tree = RunQueries.summary(each.run());
            tree.put("parts", List.copyOf(each.parts()));
            runs.add(tree);
            each.run().made().forEach(made -> models.add(RunQueries.summary(made)));
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("kind", "impact");
        tree.put("before", range.before() == null ? null : range.before().hex());
        tree.put("newest", new Commits(sync.repository()).tree(range.newest()));
        tree.put("commits", (long) range.commits().size());
        tree.put("ids", range.commits().stream().map(CommitId::hex).toList());
        tree.put("runs", runs);
        tree.put("models", models);
        tree.put("touchedRuns", touched.runs());
        tree.put("touchedModels", touched.models());
        tree.put("unknown", touched.unknown());
        return tree;
    }

    private Optional<RunFilter> filter(RunChoice choice) throws SourceException {
        if (choice.commit().isEmpty()) {
            return Optional.of(new RunFilter(null, choice.verdict(), choice.since()));
        }
        for (SyncRuns sync : queries.syncs()) {
            Optional<CommitRange> range = CommitRange.of(sync.repository(), choice.commit());
            if (range.isPresent()) {
                return Optional.of(
                        new RunFilter(new HashSet<>(range.get().commits()), choice.verdict(), choice.since()));
            }
        }
        return Optional.empty();
    }
}
