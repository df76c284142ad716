package dev.plumbline.controller.record;

import dev.plumbline.registry.evidence.Builder;
import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.EvidenceLog;
import dev.plumbline.registry.evidence.EvidenceMaker;
import dev.plumbline.registry.evidence.ModelFile;
import dev.plumbline.registry.evidence.SecretParameters;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.Signer;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the signed evidence about the models of recorded runs, of one cluster into one store. The one place that every composition
 * of a recorder hands its key, clock and rule for secrets to.
 */
public final class EvidenceWriter {

    private final @Nullable Signer signer;
    private final InstantSource clock;
    private final SecretParameters secrets;
    private final String version;
    private final Map<SyncId, EvidenceLog> logs = new ConcurrentHashMap<>();

    /**
     * A writer.
     *
     * @param signer the key; null where there is none: then secrets are kept out of records, and nothing is signed
     * @param clock tells when a verdict was given
     * @param secrets keeps secrets out of records
     * @param version version of this program, which statements name
     */
    public EvidenceWriter(@Nullable Signer signer, InstantSource clock, SecretParameters secrets, String version) {
        this.signer = signer;
        this.clock = clock;
        this.secrets = secrets;
        this.version = version;
    }

    /** The record as it may be kept. */
    RunRecord withoutSecrets(RunRecord record) {
        return secrets.redact(record);
    }

    /**
     * Writes the evidence about a recorded run unless it is there; nothing for a run that made no model.
     *
     * @param stored digest of its stored record
     * @param awaited whether the model registry is still to say whose its models are; {@link #answer} goes on when it did
     * @throws StoreException when it is unknown whether it was written; writing again is safe
     * @throws SignException when the key cannot be used; writing again is safe
     */
    void write(
            Stores stores,
            WatchedSync sync,
            RunRecord record,
            Digest stored,
            ArtifactDigests artifacts,
            boolean awaited)
            throws StoreException, SignException {
        EvidenceMaker maker = maker(stores, sync, record);
        if (maker == null) {
            return;
        }
        Map<Integer, List<ModelFile>> files = new HashMap<>();
        for (int i = 0; i < record.models().size(); i++) {
            files.put(i, files(record, record.models().get(i), artifacts));
        }
        maker.make(record, stored, files, clock.instant(), awaited);
    }

    /**
     * Writes other summaries of the models of a run where they were awaited.
     *
     * @param record the run, with what the model registry answered
     * @throws StoreException when it is unknown whether they were written; writing again is safe
     * @throws SignException when the key cannot be used; writing again is safe
     */
    void answer(Stores stores, WatchedSync sync, RunRecord record) throws StoreException, SignException {
        EvidenceMaker maker = maker(stores, sync, record);
        if (maker != null) {
            maker.answer(record, clock.instant());
        }
    }

    private @Nullable EvidenceMaker maker(Stores stores, WatchedSync sync, RunRecord record) throws SignException {
        if (signer == null || record.models().isEmpty() || !signer.ready()) {
            return null;
        }
        String cluster = record.id().cluster();
        return new EvidenceMaker(
                new EvidenceArchive(stores, cluster, sync.id()),
                sync.source(),
                new Builder(record.executor(), cluster, version),
                signer);
    }

    /**
     * Seals what is new in the history and the runs of a sync.
     *
     * @return false while the key is not there yet; nothing is read then
     * @throws StoreException when it is unknown whether it was sealed; sealing again is safe
     * @throws SignException when the key cannot be used
     */
    boolean seal(Stores stores, String cluster, SyncId sync) throws StoreException, SignException {
        if (signer == null || !signer.ready()) {
            return signer == null;
        }
        logs.computeIfAbsent(sync, id -> new EvidenceLog(stores, cluster, id)).seal(signer, clock.instant());
        return true;
    }

    /** The files of the one artifact whose bytes are the model. */
    private static List<ModelFile> files(RunRecord record, ModelRecord model, ArtifactDigests artifacts) {
        if (model.digest() == null) {
            return List.of();
        }
        return record.artifacts().stream()
                .filter(artifact -> model.digest().equals(artifact.sha256()))
                .findFirst()
                .map(artifacts::files)
                .orElse(List.of());
    }
}
