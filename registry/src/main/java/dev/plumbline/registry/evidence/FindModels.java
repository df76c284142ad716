package dev.plumbline.registry.evidence;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Finds models in a store, newest recorded first, by reading its logs of runs: what is checked must not depend on an index. */
public final class FindModels {

    private static final int PAGE = 500;

    private final Stores stores;

    /** Over a store. */
    public FindModels(Stores stores) {
        this.stores = stores;
    }

    /**
     * Models of a name, or of {@code name:version}.
     *
     * @throws StoreException when the store cannot be read
     */
    public List<FoundModel> named(String question) throws StoreException {
        int colon = question.lastIndexOf(':');
        return find((model, evidence) -> model.name().equals(question)
                || (colon > 0
                        && model.name().equals(question.substring(0, colon))
                        && model.version().equals(question.substring(colon + 1))));
    }

    /**
     * Models that signed statements know by a digest: of the model as a whole, of a file of it, or of the stored object.
     *
     * @throws StoreException when the store cannot be read
     */
    public List<FoundModel> byDigest(Digest digest) throws StoreException {
        return find((model, evidence) -> evidence != null
                && evidence.subjects().stream()
                        .anyMatch(subject -> subject.digest().equals(digest)));
    }

    private List<FoundModel> find(BiPredicate<ModelRecord, @Nullable ModelEvidence> asked) throws StoreException {
        List<FoundModel> found = new ArrayList<>();
        for (StoredSync sync : StoredSync.of(stores)) {
            RunJournal journal = new RunJournal(stores, sync.cluster(), sync.id());
            EvidenceArchive archive = new EvidenceArchive(stores, sync.cluster(), sync.id());
            for (RunEntry entry : runs(journal)) {
                add(found, sync, entry, archive, asked);
            }
        }
        return found.reversed();
    }

    /** The runs that made models, with what a model registry said of these later, in the order in which they were recorded. */
    private static Collection<RunEntry> runs(RunJournal journal) throws StoreException {
        Map<RunId, RunEntry> runs = new LinkedHashMap<>();
        long number = 1;
        List<RunEntry> page;
        do {
            page = journal.entries(number, PAGE);
            for (RunEntry entry : page) {
                if (entry.kind() == RunEntry.Kind.AMENDMENT) {
                    runs.computeIfPresent(entry.id(), (id, run) -> entry);
                } else if (!entry.models().isEmpty()) {
                    runs.putIfAbsent(entry.id(), entry);
                }
            }
            number += page.size();
        } while (!page.isEmpty());
        return runs.values();
    }

    private static void add(
            List<FoundModel> found,
            StoredSync sync,
            RunEntry entry,
            EvidenceArchive archive,
            BiPredicate<ModelRecord, @Nullable ModelEvidence> asked)
            throws StoreException {
        RunEvidence evidence = archive.find(entry.id()).orElse(null);
        for (int i = 0; i < entry.models().size(); i++) {
            FoundModel model = new FoundModel(sync, entry, i, evidence);
            if (asked.test(entry.models().get(i), model.model())) {
                found.add(model);
            }
        }
    }
}
