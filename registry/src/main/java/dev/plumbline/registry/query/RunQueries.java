package dev.plumbline.registry.query;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists runs and models, and answers which commit made a model. What is found is read from the stores at that time. */
public final class RunQueries {

    /** Name of the newest run in a question. */
    public static final String LATEST = "@latest";

    /** Most runs, and most models, that an answer about something else lists. */
    static final int MAX_LISTED = 500;

    private static final int MAX_CLAIMS = 100;
    private static final Pattern ABBREVIATION = Pattern.compile("[0-9a-f]{4,64}");
    private static final Comparator<KnownRun> NEWEST_FIRST =
            Comparator.comparing((KnownRun run) -> run.entry().createdAt()).reversed();
    // Anybody's run may claim anything, so a claim that the registry agrees with goes before newer ones.
    private static final Comparator<MadeModel> AGREED_FIRST =
            Comparator.comparing(MadeModel::agreed).reversed().thenComparing(MadeModel::run, NEWEST_FIRST);

    private final List<SyncRuns> syncs;

    /** Questions over these syncs. */
    public RunQueries(List<SyncRuns> syncs) {
        this.syncs = List.copyOf(syncs);
    }

    /**
     * Reads what there is, so that the first question need not wait for it.
     *
     * @throws StoreException when the stores cannot be read
     */
    public void prepare() throws StoreException {
        for (SyncRuns sync : syncs) {
            sync.index().prepare();
        }
    }

    /**
     * Runs, newest first, as plain trees.
     *
     * @param limit most that are returned
     * @throws StoreException when the logs cannot be read
     */
    public List<Map<String, @Nullable Object>> runs(int limit) throws StoreException {
        return runs(RunFilter.ALL, limit).stream().map(RunQueries::summary).toList();
    }

    /**
     * Models that runs say they made, newest run first, as plain trees.
     *
     * @param limit most that are returned
     * @throws StoreException when the logs cannot be read
     */
    public List<Map<String, @Nullable Object>> models(int limit) throws StoreException {
        return models(RunFilter.ALL, limit).stream().map(RunQueries::summary).toList();
    }

    /**
     * What is known of something: a model ({@code name} for its newest version, or {@code name:version}), a run (by name, by
     * uid, or {@value #LATEST}), bytes ({@code sha256:…} of a model, of a file that signed evidence lists, or of a run's record),
     * or a commit (whole or abbreviated). Tried in that order.
     *
     * @return a plain tree whose {@code kind} is {@code model}, {@code run} or {@code commit}; empty when nothing is known
     * @throws StoreException when the stores cannot be read
     * @throws SourceException when Git cannot be read
     */
    public Optional<Map<String, @Nullable Object>> provenance(String question) throws StoreException, SourceException {
        Optional<Map<String, @Nullable Object>> model = model(question);
        if (model.isPresent()) {
            return model;
        }
        Optional<KnownRun> run = run(question);
        if (run.isPresent()) {
            return Optional.of(report(run.get()).run());
        }
        return Digest.is(question) ? bytes(new Digest(question)) : commit(question);
    }

    /**
     * The newest run of a name or uid, or {@value #LATEST}.
     *
     * @throws StoreException when the logs cannot be read
     */
    Optional<KnownRun> run(String question) throws StoreException {
        if (question.equals(LATEST)) {
            return runs(RunFilter.ALL, 1).stream().findFirst();
        }
        List<KnownRun> found = new ArrayList<>();
        for (SyncRuns sync : syncs.reversed()) {
            sync.index().run(question).ifPresent(found::add);
        }
        return found.stream().sorted(NEWEST_FIRST).findFirst();
    }

    /**
     * The record of the run that made a model, or of a run; asked for as in {@link #provenance}.
     *
     * @throws StoreException when the stores cannot be read
     */
    public Optional<RunRecord> record(String question) throws StoreException {
        Optional<KnownRun> made = claims(question, null, 1).stream().findFirst().map(MadeModel::run);
        Optional<KnownRun> run = made.isPresent() ? made : run(question);
        return run.isEmpty()
                ? Optional.empty()
                : Optional.of(sync(run.get()).journal().read(run.get().entry().record()));
    }

    private Optional<Map<String, @Nullable Object>> bytes(Digest digest) throws StoreException, SourceException {
        List<HeldBytes> found = new ArrayList<>();
        for (SyncRuns sync : syncs.reversed()) {
            sync.index().bytes(digest).ifPresent(found::add);
        }
        found.sort(Comparator.comparing(HeldBytes::run, NEWEST_FIRST));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        RunReport report = report(found.getFirst().run());
        ModelRecord model = found.getFirst().model();
        return Optional.of(model == null ? report.run() : report.model(model));
    }

    private Optional<Map<String, @Nullable Object>> model(String question) throws StoreException, SourceException {
        Optional<MadeModel> first = claims(question, null, 1).stream().findFirst();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        List<MadeModel> same = claims(question, first.get().model().version(), MAX_CLAIMS);
        Map<String, @Nullable Object> tree =
                report(first.get().run()).model(first.get().model());
        if (same.size() > 1) {
            tree.put(
                    "alsoClaimedBy",
                    same.stream()
                            .skip(1)
                            .map(claim -> claim.run().entry().name())
                            .toList());
        }
        return Optional.of(tree);
    }

    /** Who says that it made a model of this name, or of this name, a colon and a version; the best claim first. */
    List<MadeModel> claims(String question, @Nullable String version, int limit) throws StoreException {
        int colon = question.lastIndexOf(':');
        List<MadeModel> claims = new ArrayList<>();
        for (SyncRuns sync : syncs.reversed()) {
            claims.addAll(sync.index().claims(question, version, limit));
            String asked = question.substring(colon + 1);
            if (colon > 0 && (version == null || version.equals(asked))) {
                claims.addAll(sync.index().claims(question.substring(0, colon), asked, limit));
            }
        }
        return claims.stream().sorted(AGREED_FIRST).limit(limit).toList();
    }

    private Optional<Map<String, @Nullable Object>> commit(String question) throws StoreException, SourceException {
        if (!ABBREVIATION.matcher(question).matches()) {
            return Optional.empty();
        }
        for (SyncRuns sync : syncs) {
            Optional<CommitId> id = sync.repository().complete(question);
            if (id.isPresent()) {
                RunFilter filter = new RunFilter(Set.of(id.get()), null, null);
                Map<String, @Nullable Object> tree = new LinkedHashMap<>();
                tree.put("kind", "commit");
                tree.put("commit", new Commits(sync.repository()).tree(id.get()));
                tree.put(
                        "runs",
                        runs(filter, MAX_LISTED).stream()
                                .map(RunQueries::summary)
                                .toList());
                tree.put(
                        "models",
                        models(filter, MAX_LISTED).stream()
                                .map(RunQueries::summary)
                                .toList());
                return Optional.of(tree);
            }
        }
        return Optional.empty();
    }

    /** Runs of all syncs that a filter takes, newest first. */
    List<KnownRun> runs(RunFilter filter, int limit) throws StoreException {
        List<KnownRun> runs = new ArrayList<>();
        for (SyncRuns sync : syncs.reversed()) {
            runs.addAll(sync.index().runs(filter, limit));
        }
        return runs.stream().sorted(NEWEST_FIRST).limit(limit).toList();
    }

    /** Models of the runs of all syncs that a filter takes, those of the newest run first. */
    List<MadeModel> models(RunFilter filter, int limit) throws StoreException {
        List<MadeModel> models = new ArrayList<>();
        for (SyncRuns sync : syncs.reversed()) {
            models.addAll(sync.index().models(filter, limit));
        }
        return models.stream()
                .sorted(Comparator.comparing(MadeModel::run, NEWEST_FIRST))
                .limit(limit)
                .toList();
    }

    private SyncRuns sync(KnownRun run) {
        return syncs.stream()
                .filter(each -> each.sync().equals(run.sync()))
                .findFirst()
                .orElseThrow();
    }

    private RunReport report(KnownRun run) throws StoreException, SourceException {
        SyncRuns sync = sync(run);
        RunRecord record = sync.journal().read(run.entry().record());
        return new RunReport(run, record, new Commits(sync.repository()));
    }

    List<SyncRuns> syncs() {
        return syncs;
    }

    static Map<String, @Nullable Object> summary(KnownRun run) {
        RunEntry entry = run.entry();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("sync", run.sync().toString());
        tree.put("namespace", entry.namespace());
        tree.put("name", entry.name());
        tree.put("uid", entry.id().uid());
        tree.put("attempt", entry.id().attempt());
        tree.put("template", entry.template());
        tree.put("phase", entry.phase());
        tree.put("createdAt", entry.createdAt());
        tree.put("startedAt", entry.id().attempt());
        tree.put("finishedAt", entry.finishedAt());
        tree.put("verdict", entry.verdict().name());
        tree.put("commit", entry.commit() == null ? null : entry.commit().hex());
        tree.put(
                "models",
                run.models().stream()
                        .map(model -> model.name() + (model.version().isEmpty() ? "" : ":" + model.version()))
                        .toList());
        return tree;
    }

    static Map<String, @Nullable Object> summary(MadeModel made) {
        KnownRun run = made.run();
        Map<String, @Nullable Object> tree = made.model().tree();
        tree.put("run", run.entry().name());
        tree.put("createdAt", run.entry().createdAt());
        tree.put("verdict", run.entry().verdict().name());
        tree.put(
                "commit",
                run.entry().commit() == null ? null : run.entry().commit().hex());
        return tree;
    }
}
