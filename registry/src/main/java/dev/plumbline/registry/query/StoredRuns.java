package dev.plumbline.registry.query;

import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.RunEvidence;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.PartPlace;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers straight from the stores: looks through all entries of the log, which are kept in memory, and reads records and
 * evidence anew. For few runs, and what every other index is compared with.
 */
public final class StoredRuns implements RunIndex {

    private static final int PAGE = 500;

    private final SyncId sync;
    private final RunJournal journal;
    private final @Nullable EvidenceArchive archive;
    private final Map<RunId, RunEntry> runs = new LinkedHashMap<>();
    private final Map<RunId, List<ModelRecord>> learnt = new HashMap<>();
    private List<KnownRun> newestFirst = List.of();
    private long next = 1;

    /**
     * Over the runs of a sync.
     *
     * @param archive the evidence about them; null where none is looked at
     */
    public StoredRuns(SyncId sync, RunJournal journal, @Nullable EvidenceArchive archive) {
        this.sync = sync;
        this.journal = journal;
        this.archive = archive;
    }

    @Override
    public void prepare() throws StoreException {
        newestFirst();
    }

    @Override
    public List<KnownRun> runs(RunFilter filter, int limit) throws StoreException {
        return newestFirst().stream()
                .filter(run -> filter.takes(run.entry()))
                .limit(limit)
                .toList();
    }

    @Override
    public List<MadeModel> models(RunFilter filter, int limit) throws StoreException {
        return newestFirst().stream()
                .filter(run -> filter.takes(run.entry()))
                .flatMap(run -> run.made().stream())
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<KnownRun> run(String nameOrUid) throws StoreException {
        return newestFirst().stream()
                .filter(each -> each.entry().name().equals(nameOrUid)
                        || each.entry().id().uid().equals(nameOrUid))
                .findFirst();
    }

    @Override
    public List<MadeModel> claims(String name, @Nullable String version, int limit) throws StoreException {
        return newestFirst().stream()
                .flatMap(run -> run.made().stream())
                .filter(made -> made.model().name().equals(name)
                        && (version == null || made.model().version().equals(version)))
                .sorted(Comparator.comparing(MadeModel::agreed).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<HeldBytes> bytes(Digest digest) throws StoreException {
        for (KnownRun run : newestFirst()) {
            for (ModelRecord model : run.models()) {
                if (digest.equals(model.digest()) || signed(run, model, digest)) {
                    return Optional.of(new HeldBytes(run, model));
                }
            }
            if (run.entry().record().equals(digest)) {
                return Optional.of(new HeldBytes(run, null));
            }
        }
        return Optional.empty();
    }

    @Override
    public TouchedRuns touched(Impact impact, int limit) throws StoreException, SourceException {
        List<TouchedRuns.Touched> newest = new ArrayList<>();
        long count = 0;
        long models = 0;
        long unknown = 0;
        for (KnownRun run : newestFirst()) {
            Set<String> parts = impact.touched(
                    PartPlace.of(journal.read(run.entry().record()).judgement()));
            if (!parts.isEmpty()) {
                count++;
                models += run.models().size();
                if (newest.size() < limit) {
                    newest.add(new TouchedRuns.Touched(run, parts));
                }
            } else if (run.entry().verdict() == Verdict.UNVERIFIABLE) {
                unknown++;
            }
        }
        return new TouchedRuns(newest, count, models, unknown);
    }

    private boolean signed(KnownRun run, ModelRecord model, Digest digest) throws StoreException {
        Optional<RunEvidence> evidence =
                archive == null ? Optional.empty() : archive.find(run.entry().id());
        return evidence.isPresent()
                && evidence.get().models().stream()
                        .filter(each -> each.name().equals(model.name())
                                && each.version().equals(model.version()))
                        .flatMap(each -> each.subjects().stream())
                        .anyMatch(subject -> subject.digest().equals(digest));
    }

    private synchronized List<KnownRun> newestFirst() throws StoreException {
        long before = next;
        List<RunEntry> page;
        do {
            page = journal.entries(next, PAGE);
            for (RunEntry entry : page) {
                learnt.put(entry.id(), entry.models());
                runs.putIfAbsent(entry.id(), entry);
            }
            next += page.size();
        } while (page.size() == PAGE);
        if (next != before) {
            List<KnownRun> known = new ArrayList<>();
            runs.forEach((id, entry) -> known.add(new KnownRun(sync, entry, Objects.requireNonNull(learnt.get(id)))));
            List<KnownRun> newest = new ArrayList<>(known.reversed());
            newest.sort(Comparator.comparing((KnownRun run) -> run.entry().createdAt())
                    .reversed());
            newestFirst = List.copyOf(newest);
        }
        return newestFirst;
    }
}
