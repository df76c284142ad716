package dev.plumbline.registry.evidence;

import dev.plumbline.registry.history.HistoryCodec;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.ReleaseArchive;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.sign.Keyring;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Checks what a sealed entry names: records, releases and their contents, evidence and its signatures. */
final class SealedContent {

    private final Stores stores;
    private final Keyring keys;
    private final StoredSync sync;
    private final RunJournal journal;
    private final EvidenceArchive archive;
    private final ReleaseArchive releases;
    private final Set<Digest> seen = new HashSet<>();

    SealedContent(Stores stores, Keyring keys, StoredSync sync) {
        this.stores = stores;
        this.keys = keys;
        this.sync = sync;
        this.journal = new RunJournal(stores, sync.cluster(), sync.id());
        this.archive = new EvidenceArchive(stores, sync.cluster(), sync.id());
        this.releases = new ReleaseArchive(stores.objects());
    }

    void check(SealedItem item, byte[] bytes, Consumer<String> wrong) {
        try {
            if (item.stream().equals(EvidenceLog.HISTORY)) {
                history(HistoryCodec.decode(bytes), wrong);
            } else {
                run(item, RunEntry.of(Json.parseObject(bytes)), wrong);
            }
        } catch (StoreException | JsonException | IllegalArgumentException e) {
            wrong.accept(String.valueOf(e.getMessage()));
        }
    }

    private void history(HistoryEntry entry, Consumer<String> wrong) throws StoreException {
        Digest record = entry.record();
        if (record != null && seen.add(record) && releases.load(record).isEmpty()) {
            wrong.accept("names the release " + record + ", which was removed");
        }
    }

    private void run(SealedItem item, RunEntry entry, Consumer<String> wrong) throws StoreException {
        boolean amended = entry.kind() == RunEntry.Kind.AMENDMENT;
        if (!amended) {
            journal.read(entry.record());
            if (journal.claim(entry.id()).filter(entry.record()::equals).isEmpty()) {
                wrong.accept("is not the record that its claim names: the claim was changed or removed");
            }
        }
        Digest now = archive.sealed(entry).orElse(null);
        if (item.evidence() != null && !item.evidence().equals(now)) {
            wrong.accept(
                    now == null ? "had evidence, which was removed" : "had other evidence when it was sealed: " + now);
        }
        RunEvidence evidence = (amended ? archive.find(entry.id()) : archive.first(entry.id())).orElse(null);
        for (int i = 0; evidence != null && i < entry.models().size(); i++) {
            ModelCheck.of(stores, keys, new FoundModel(sync, entry, i, evidence)).checks().stream()
                    .filter(check -> check.state() == Check.State.WRONG)
                    .forEach(check -> wrong.accept("model " + (check.what() + " " + check.message())));
        }
    }
}
