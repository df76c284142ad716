package dev.plumbline.registry.evidence;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunPlace;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The evidence about the runs of one sync in the stores: bundles and their list as objects, and for each run one ref that holds
 * the digest of its list, set once. Of several attempts to write it the first counts, for ever. Where a model registry answered only
 * later a second ref, set once too, holds that of the list with the summaries that were made then.
 */
public final class EvidenceArchive {

    private final Stores stores;
    private final String prefix;
    private final String answered;

    /** The archive of a sync on a cluster. */
    public EvidenceArchive(Stores stores, String cluster, SyncId sync) {
        this.stores = stores;
        this.prefix = cluster + "/" + sync + "/evidence/";
        this.answered = cluster + "/" + sync + "/answered-evidence/";
    }

    /**
     * The digest of the evidence about a run, as it was made first; empty when there is none.
     *
     * @throws StoreException when the store cannot be read
     */
    public Optional<Digest> digest(RunId id) throws StoreException {
        return digest(prefix, id);
    }

    /**
     * The digest of the evidence about a run that was made after the model registry answered; empty when there is none.
     *
     * @throws StoreException when the store cannot be read
     */
    public Optional<Digest> answered(RunId id) throws StoreException {
        return digest(answered, id);
    }

    /** The digest of the evidence that a seal of an entry holds: an amendment says what the model registry answered. */
    Optional<Digest> sealed(RunEntry entry) throws StoreException {
        Optional<Digest> later = entry.kind() == RunEntry.Kind.AMENDMENT ? answered(entry.id()) : Optional.empty();
        return later.isPresent() ? later : digest(entry.id());
    }

    private Optional<Digest> digest(String place, RunId id) throws StoreException {
        Optional<byte[]> value = stores.refs().read(place + RunPlace.of(id));
        try {
            return value.map(bytes -> new Digest(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw damaged("the ref of the evidence about run " + id, e);
        }
    }

    /**
     * The newest evidence about a run; empty when there is none.
     *
     * @throws StoreException when the store cannot be read, or lacks or has damaged what it should hold
     */
    public Optional<RunEvidence> find(RunId id) throws StoreException {
        Optional<RunEvidence> made = first(id);
        if (made.isEmpty() || !made.get().awaited()) {
            return made;
        }
        Optional<Digest> later = answered(id);
        return later.isEmpty() ? made : Optional.of(read(later.get(), id));
    }

    /**
     * The evidence about a run as it was made first; empty when there is none.
     *
     * @throws StoreException when the store cannot be read, or lacks or has damaged what it should hold
     */
    Optional<RunEvidence> first(RunId id) throws StoreException {
        Optional<Digest> digest = digest(id);
        return digest.isEmpty() ? Optional.empty() : Optional.of(read(digest.get(), id));
    }

    private RunEvidence read(Digest digest, RunId id) throws StoreException {
        try {
            return RunEvidence.of(Json.parseObject(object(digest, "evidence about run " + id)));
        } catch (JsonException | IllegalArgumentException e) {
            throw damaged("evidence " + digest + " about run " + id, e);
        }
    }

    /**
     * A bundle.
     *
     * @throws StoreException when the store cannot be read, or lacks or has damaged it
     */
    public Bundle bundle(Digest digest) throws StoreException {
        try {
            return Bundle.of(object(digest, "bundle"));
        } catch (IllegalArgumentException e) {
            throw damaged("bundle " + digest, e);
        }
    }

    /**
     * Keeps a bundle.
     *
     * @throws StoreException when it could not be kept; keeping again is safe
     */
    Digest put(Bundle bundle) throws StoreException {
        return stores.objects().put(bundle.bytes());
    }

    /**
     * Keeps the evidence about a run unless there is some.
     *
     * @return the evidence that stands there now
     * @throws StoreException when it is unknown whether it was kept; keeping again is safe
     */
    RunEvidence keep(RunEvidence evidence) throws StoreException {
        return set(prefix, evidence)
                ? evidence
                : find(evidence.id())
                        .orElseThrow(
                                () -> new IllegalStateException("the evidence about " + evidence.id() + " is gone"));
    }

    /**
     * Keeps the evidence about a run that was made after the model registry answered, unless there is some.
     *
     * @throws StoreException when it is unknown whether it was kept; keeping again is safe
     */
    void keepAnswered(RunEvidence evidence) throws StoreException {
        set(answered, evidence);
    }

    private boolean set(String place, RunEvidence evidence) throws StoreException {
        Digest digest = stores.objects().put(Json.bytes(evidence.tree()));
        return stores.refs()
                .compareAndSet(
                        place + RunPlace.of(evidence.id()), null, digest.value().getBytes(StandardCharsets.UTF_8));
    }

    private byte[] object(Digest digest, String what) throws StoreException {
        return stores.objects()
                .get(digest)
                .orElseThrow(() -> new StoreException(
                        "tried to read " + what + " (" + digest
                                + "), failed because the store does not have it; restore it from a backup",
                        false));
    }

    private static StoreException damaged(String what, Exception e) {
        return new StoreException(
                "tried to read " + what + ", failed because " + e.getMessage() + "; restore it from a backup",
                false,
                e);
    }
}
