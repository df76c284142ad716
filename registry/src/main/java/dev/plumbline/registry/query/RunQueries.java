package dev.plumbline.registry.query;

import dev.plumbline.registry.evidence.RunEvidence;
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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists runs and models, and answers which commit made a model. Every question reads what the logs got since the last one, and
 * keeps it: one small entry per run.
 */
public final class RunQueries {

    /** Name of the newest run in a question. */
    public static final String LATEST = "@latest";

    private static final Pattern ABBREVIATION = Pattern.compile("[0-9a-f]{4,64}");

    private final List<SyncRuns> syncs;
    private final KnownRuns known;

    /** Questions over these syncs. */
    public RunQueries(List<SyncRuns> syncs) {
        this.syncs = List.copyOf(syncs);
        this.known = new KnownRuns(this.syncs);
    }

    /**
     * Runs, newest first, as plain trees.
     *
     * @param limit most that are returned
     * @throws StoreException when the logs cannot be read
     */
    public List<Map<String, @Nullable Object>> runs(int limit) throws StoreException {
        List<Map<String, @Nullable Object>> trees = new ArrayList<>();
        for (KnownRun run : known()) {
            if (trees.size() < limit) {
                trees.add(summary(run));
            }
        }
        return trees;
    }

    /**
     * Models that runs say they made, newest run first, as plain trees.
     *
     * @throws StoreException when the logs cannot be read
     */
    public List<Map<String, @Nullable Object>> models() throws StoreException {
        List<Map<String, @Nullable Object>> trees = new ArrayList<>();
        for (KnownRun run : known()) {
            for (ModelRecord model : run.models()) {
                trees.add(summary(run, model));
            }
        }
        return trees;
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
        List<KnownRun> known = known();
        Optional<Map<String, @Nullable Object>> model = model(question, known);
        if (model.isPresent()) {
            return model;
        }
        Optional<KnownRun> run = known.stream()
                .filter(each -> question.equals(LATEST)
                        || each.entry().name().equals(question)
                        || each.entry().id().uid().equals(question))
                .findFirst();
        if (run.isPresent()) {
            return Optional.of(report(run.get()).run());
        }
        return Digest.is(question) ? bytes(new Digest(question), known) : commit(question, known);
    }

    private Optional<Map<String, @Nullable Object>> bytes(Digest digest, List<KnownRun> known)
            throws StoreException, SourceException {
        for (KnownRun run : known) {
            for (ModelRecord model : run.models()) {
                if (digest.equals(model.digest()) || signed(run, model, digest)) {
                    return Optional.of(report(run).model(model));
                }
            }
            if (run.entry().record().equals(digest)) {
                return Optional.of(report(run).run());
            }
        }
        return Optional.empty();
    }

    private boolean signed(KnownRun run, ModelRecord model, Digest digest) throws StoreException {
        Optional<RunEvidence> evidence = sync(run).evidence(run.entry().id());
        return evidence.isPresent()
                && evidence.get().models().stream()
                        .filter(each -> each.name().equals(model.name())
                                && each.version().equals(model.version()))
                        .flatMap(each -> each.subjects().stream())
                        .anyMatch(subject -> subject.digest().equals(digest));
    }

    private Optional<Map<String, @Nullable Object>> model(String question, List<KnownRun> known)
            throws StoreException, SourceException {
        int colon = question.lastIndexOf(':');
        Predicate<ModelRecord> asked = model -> model.name().equals(question)
                || (colon > 0
                        && model.name().equals(question.substring(0, colon))
                        && model.version().equals(question.substring(colon + 1)));
        List<Claim> claims = new ArrayList<>();
        for (KnownRun run : known) {
            run.models().stream().filter(asked).forEach(model -> claims.add(new Claim(run, model)));
        }
        if (claims.isEmpty()) {
            return Optional.empty();
        }
        // Anybody's run may claim anything, so a claim that the registry agrees with goes before newer ones.
        Comparator<Claim> agreedFirst = Comparator.comparingInt(
                claim -> claim.model().registration() == ModelRecord.Registration.FOUND ? 0 : 1);
        claims.sort(agreedFirst);
        String version = claims.getFirst().model().version();
        List<Claim> same = claims.stream()
                .filter(claim -> claim.model().version().equals(version))
                .toList();
        Claim best = same.getFirst();
        Map<String, @Nullable Object> tree = report(best.run()).model(best.model());
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

    private Optional<Map<String, @Nullable Object>> commit(String question, List<KnownRun> known)
            throws SourceException {
        if (!ABBREVIATION.matcher(question).matches()) {
            return Optional.empty();
        }
        List<Map<String, @Nullable Object>> runs = new ArrayList<>();
        List<Map<String, @Nullable Object>> models = new ArrayList<>();
        for (KnownRun run : known) {
            CommitId commit = run.entry().commit();
            if (commit != null && commit.hex().startsWith(question)) {
                runs.add(summary(run));
                run.models().forEach(model -> models.add(summary(run, model)));
            }
        }
        for (SyncRuns sync : syncs) {
            Optional<CommitId> id = sync.repository().complete(question);
            if (id.isPresent()) {
                Map<String, @Nullable Object> tree = new LinkedHashMap<>();
                tree.put("kind", "commit");
                tree.put("commit", new Commits(sync.repository()).tree(id.get()));
                tree.put("runs", runs);
                tree.put("models", models);
                return Optional.of(tree);
            }
        }
        return Optional.empty();
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

    /** All runs, newest first. */
    List<KnownRun> known() throws StoreException {
        return known.newestFirst();
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

    static Map<String, @Nullable Object> summary(KnownRun run, ModelRecord model) {
        Map<String, @Nullable Object> tree = model.tree();
        tree.put("run", run.entry().name());
        tree.put("createdAt", run.entry().createdAt());
        tree.put("verdict", run.entry().verdict().name());
        tree.put(
                "commit",
                run.entry().commit() == null ? null : run.entry().commit().hex());
        return tree;
    }

    /**
     * A run that says it made a model.
     *
     * @param run the run
     * @param model the model
     */
    private record Claim(KnownRun run, ModelRecord model) {}
}
