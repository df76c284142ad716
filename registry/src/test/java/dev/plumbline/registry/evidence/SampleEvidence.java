package dev.plumbline.registry.evidence;

import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.HistoryLog;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.history.ReleaseArchive;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.SampleRecords;
import dev.plumbline.registry.store.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A store in which three commits were applied and three runs recorded, sealed after each. */
final class SampleEvidence {

    static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    static final int ROUNDS = 3;
    static final List<ModelFile> FILES = List.of(new ModelFile("weights.bin", Digest.of("weights")));

    final SampleKeys keys = new SampleKeys();
    final StoredSync sync;
    final EvidenceLog log;

    SampleEvidence(Stores stores) throws Exception {
        RunRecord first = record(1);
        this.sync = new StoredSync(first.id().cluster(), first.sync());
        this.log = new EvidenceLog(stores, sync.cluster(), sync.id());
        for (int i = 1; i <= ROUNDS; i++) {
            apply(stores, i);
            run(stores, i);
            log.seal(keys, NOW.plusSeconds(i));
        }
    }

    static RunRecord record(int i) {
        return SampleRecords.record("uid-" + i, "Succeeded");
    }

    void run(Stores into, int i) throws Exception {
        RunRecord record = record(i);
        RunEntry entry = new RunJournal(into, sync.cluster(), sync.id()).record(record);
        new EvidenceMaker(
                        new EvidenceArchive(into, sync.cluster(), sync.id()),
                        new EvidenceSource("https://git.example.com/ml.git", "main", "overlays/prod"),
                        new Builder(record.executor(), sync.cluster(), "0.1.0"),
                        keys)
                .make(record, entry.record(), Map.of(0, FILES), NOW, false);
    }

    private void apply(Stores stores, int i) throws Exception {
        Manifest manifest = Manifest.of(
                Json.parseObject(
                        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\",\"namespace\":"
                                + "\"ml\"},\"data\":{\"value\":\"" + i + "\"}}"),
                Origin.of(Location.of("file.yaml")));
        Digest release = Digest.of("release " + i);
        Digest record = new ReleaseArchive(stores.objects())
                .save(new ReleaseRecord(
                        "overlays/prod",
                        release,
                        List.of(manifest),
                        List.of(),
                        Map.of(manifest.key(), manifest.digest()),
                        Set.of(),
                        Map.of()));
        CommitId commit = new CommitId(String.valueOf(i).repeat(40));
        HistoryLog.open(stores.logs(), HistoryLog.stream(sync.cluster(), sync.id()))
                .append(new HistoryEntry(
                        0,
                        0,
                        Outcome.APPLIED,
                        commit,
                        "Change " + i,
                        Digest.of("ann"),
                        "POLL",
                        null,
                        "",
                        release,
                        record,
                        null,
                        false,
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of(),
                        NOW,
                        NOW));
    }
}
