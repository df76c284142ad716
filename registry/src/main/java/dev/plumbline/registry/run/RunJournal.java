package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one sync in the stores, each recorded exactly once whatever is killed when. A run passes three writes, each of
 * which can be done again: its sighting (a ref, taken away at the very end), its claim (a ref that names the record, set once
 * by compare-and-set and kept for ever), and its entry in the log. The claim says from which number on the entry may stand,
 * so that it is looked for before it is appended again. Many processes may use one journal.
 */
public final class RunJournal {

    private static final String CLAIM_SCHEMA = "plumbline.dev/run-claim/v1";

    private final Stores stores;
    private final String prefix;
    private final RunLog log;
    private final String pending;

    /** The journal of a sync on a cluster. */
    public RunJournal(Stores stores, String cluster, SyncId sync) {
        this.stores = stores;
        this.prefix = cluster + "/" + sync + "/";
        this.log = new RunLog(stores.logs(), stream(cluster, sync));
        this.pending = prefix + "pending-runs/";
    }

    /** Name of the log of runs of a sync on a cluster. */
    public static String stream(String cluster, SyncId sync) {
        return cluster + "/" + sync + "/runs";
    }

    /**
     * Whether a run is recorded, or at least claimed.
     *
     * @throws StoreException when the store cannot be read
     */
    public boolean claimed(RunId id) throws StoreException {
        return stores.refs().read(claimName(id)).isPresent();
    }

    /**
     * Remembers the sighting of a run that is not recorded. One that is remembered already is only added to.
     *
     * @return what is remembered now, and whether this was the first sight
     * @throws StoreException when it is unknown whether it is remembered; trying again is safe
     */
    public Seen see(RunSighting sighting) throws StoreException {
        byte[] first = Json.bytes(sighting.tree());
        if (stores.refs().compareAndSet(pending(sighting.id()), null, first)) {
            return new Seen(sighting, true);
        }
        while (true) {
            Optional<byte[]> before = stores.refs().read(pending(sighting.id()));
            RunSighting now = before.isEmpty()
                    ? sighting
                    : RunSighting.of(log.tree(before.get(), "sighting")).with(sighting.configMaps());
            byte[] value = Json.bytes(now.tree());
            if (before.isPresent() && java.util.Arrays.equals(before.get(), value)) {
                return new Seen(now, false);
            }
            if (stores.refs().compareAndSet(pending(sighting.id()), before.orElse(null), value)) {
                return new Seen(now, before.isEmpty());
            }
        }
    }

    /**
     * The sightings of runs that are not finished with.
     *
     * @throws StoreException when the store cannot be read
     */
    public List<RunSighting> pending() throws StoreException {
        List<RunSighting> sightings = new ArrayList<>();
        for (String name : stores.refs().names(pending)) {
            byte[] value = stores.refs().read(name).orElse(null);
            if (value != null) {
                sightings.add(RunSighting.of(log.tree(value, "sighting")));
            }
        }
        return sightings;
    }

    /** Whether a run is not finished with. */
    public boolean isPending(RunId id) throws StoreException {
        return stores.refs().read(pending(id)).isPresent();
    }

    /** The {@link RunPlace} of each run that is not finished with: one list, where {@link #pending} reads every sighting too. */
    public Set<String> unfinished() throws StoreException {
        return stores.refs().names(pending).stream()
                .map(name -> name.substring(pending.length()))
                .collect(Collectors.toSet());
    }

    /**
     * Records a run. Of several records of one run only the first counts, for ever.
     *
     * @return the entry that stands in the log
     * @throws StoreException when it is unknown how far it came; recording again, or {@link #settle}, goes on
     */
    public RunEntry record(RunRecord record) throws StoreException {
        return keep(record).entry();
    }

    /**
     * Records a run, as {@link #record} does, and answers the record that counts: another one where the run was recorded before.
     *
     * @throws StoreException when it is unknown how far it came; recording again, or {@link #settle}, goes on
     */
    public Kept keep(RunRecord record) throws StoreException {
        Digest digest = stores.objects().put(Json.bytes(record.tree()));
        long from = log.from();
        Map<String, @Nullable Object> claim = new LinkedHashMap<>();
        claim.put("schema", CLAIM_SCHEMA);
        claim.put("record", digest.value());
        claim.put("from", from);
        if (stores.refs().compareAndSet(claimName(record.id()), null, Json.bytes(claim))) {
            // The claim names this record, which need not be read again. Whoever settled it meanwhile took a number.
            RunEntry entry = RunEntry.of(record, digest);
            return new Kept(log.append(entry, from) ? entry : log.stand(entry, from), record);
        }
        RunEntry entry = settle(record.id())
                .orElseThrow(() -> new IllegalStateException("the claim of " + record.id() + " is gone"));
        return new Kept(entry, entry.record().equals(digest) ? record : read(entry.record()));
    }

    /**
     * Sees to it that a run that is claimed stands in the log.
     *
     * @return its entry; empty when it is not claimed
     * @throws StoreException when it is unknown whether it does; trying again is safe
     */
    public Optional<RunEntry> settle(RunId id) throws StoreException {
        Optional<byte[]> value = stores.refs().read(claimName(id));
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> claim = log.tree(value.get(), "claim");
        Digest digest = new Digest(Tree.text(claim, "record"));
        long from = claim.get("from") instanceof Long number ? number : 1;
        return Optional.of(log.stand(RunEntry.of(read(digest), digest), from));
    }

    /**
     * Adds what was learnt of the models of a recorded run.
     *
     * @throws StoreException when it is unknown whether it was added; adding again is safe, the last one counts
     */
    public void amend(RunEntry entry, List<ModelRecord> learnt) throws StoreException {
        log.add(entry.amended(learnt));
    }

    /**
     * Forgets the sighting of a run with which all is done.
     *
     * @param likely what is remembered, if nobody added to it
     * @throws StoreException when it is unknown whether it is forgotten; trying again is safe
     */
    public void finish(RunSighting likely) throws StoreException {
        if (!stores.refs().compareAndSet(pending(likely.id()), Json.bytes(likely.tree()), null)) {
            finish(likely.id());
        }
    }

    /**
     * Forgets the sighting of a run with which all is done, whatever it says.
     *
     * @throws StoreException when it is unknown whether it is forgotten; trying again is safe
     */
    public void finish(RunId id) throws StoreException {
        Optional<byte[]> value = stores.refs().read(pending(id));
        while (value.isPresent() && !stores.refs().compareAndSet(pending(id), value.get(), null)) {
            value = stores.refs().read(pending(id));
        }
    }

    /**
     * The entries of the log from a number on, at most {@code limit}.
     *
     * @throws StoreException when the store cannot be read, or an entry is damaged
     */
    public List<RunEntry> entries(long from, int limit) throws StoreException {
        return log.entries(from, limit);
    }

    /** The number that the next entry of the log will have. */
    public long next() throws StoreException {
        return log.next();
    }

    /**
     * The record of a digest.
     *
     * @throws StoreException when it cannot be read, is not there, or is damaged
     */
    public RunRecord read(Digest digest) throws StoreException {
        byte[] bytes = stores.objects()
                .get(digest)
                .orElseThrow(() -> new StoreException(
                        "tried to read run record " + digest
                                + ", failed because the store does not have it; check the store",
                        false));
        try {
            return RunRecord.of(log.tree(bytes, "record " + digest));
        } catch (IllegalArgumentException e) {
            throw log.damaged("record " + digest, e);
        }
    }

    /**
     * What is remembered of a run.
     *
     * @param sighting the sighting
     * @param first whether this was the first sight
     */
    public record Seen(RunSighting sighting, boolean first) {}

    /**
     * A run as it is recorded.
     *
     * @param entry its entry in the log
     * @param record its record
     */
    public record Kept(RunEntry entry, RunRecord record) {}

    /**
     * The digest of the record that a run's claim names, for those who check the store.
     *
     * @return empty when the run is not claimed
     * @throws StoreException when the claim cannot be read
     */
    public Optional<Digest> claim(RunId id) throws StoreException {
        Optional<byte[]> value = stores.refs().read(claimName(id));
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(new Digest(Tree.text(log.tree(value.get(), "claim"), "record")));
    }

    private String claimName(RunId id) {
        return prefix + "runs/" + RunPlace.of(id);
    }

    private String pending(RunId id) {
        return pending + RunPlace.of(id);
    }
}
