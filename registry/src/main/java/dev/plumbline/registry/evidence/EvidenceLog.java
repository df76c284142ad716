package dev.plumbline.registry.evidence;

import dev.plumbline.registry.history.HistoryLog;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunPlace;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.Signer;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The chained log of one sync: it seals the history of its ref (each observed head, each applied revision) and its recorded runs
 * with their evidence. Sealing follows the streams, so a kill between an entry and its seal loses nothing: the next sealing goes
 * on. What is not sealed yet is not protected yet. Many processes may seal; an append at a taken number is begun anew. It remembers
 * how far it sealed, so one is kept as long as a sync is followed.
 */
public final class EvidenceLog {

    /** Name of the stream of observed refs and applied revisions. */
    public static final String HISTORY = "history";

    /** Name of the stream of recorded runs. */
    public static final String RUNS = "runs";

    /** Most entries that one seal holds. */
    static final int BATCH = 500;

    private final Stores stores;
    private final String stream;
    private final String history;
    private final String runs;
    private final RunJournal journal;
    private final EvidenceArchive archive;
    private @Nullable Tip known;

    /** The log of a sync on a cluster. */
    public EvidenceLog(Stores stores, String cluster, SyncId sync) {
        this.stores = stores;
        this.stream = cluster + "/" + sync + "/evidence-log";
        this.history = HistoryLog.stream(cluster, sync);
        this.runs = RunJournal.stream(cluster, sync);
        this.journal = new RunJournal(stores, cluster, sync);
        this.archive = new EvidenceArchive(stores, cluster, sync);
    }

    /** Name of the log in the store. */
    public String stream() {
        return stream;
    }

    /** Name in the store of a stream that is sealed, {@value #HISTORY} or {@value #RUNS}. */
    public String source(String name) {
        return name.equals(RUNS) ? runs : history;
    }

    /**
     * Seals what is not sealed yet. Where nothing is new, nothing that was sealed is read again.
     *
     * @return how many entries were sealed
     * @throws StoreException when it is unknown whether they were; sealing again is safe
     * @throws SignException when the key cannot be used
     */
    public synchronized int seal(Signer signer, Instant now) throws StoreException, SignException {
        int sealed = 0;
        while (true) {
            Tip tip = known == null ? read() : known;
            known = tip;
            List<SealedItem> items = new ArrayList<>();
            add(items, HISTORY, tip.reached(HISTORY) + 1);
            add(items, RUNS, tip.reached(RUNS) + 1);
            if (items.isEmpty()) {
                return sealed;
            }
            Bundle seal = new LogSeal(stream, tip.next(), tip.previous(), now, items).sign(signer);
            known = null; // Until it is sure what stands there.
            if (stores.logs().append(stream, tip.next(), seal.bytes())) {
                sealed += items.size();
                known = tip.after(seal, items);
            }
        }
    }

    /** What is read once, and then again only after an append that did not succeed. */
    private Tip read() throws StoreException {
        long next = stores.logs().next(stream);
        if (next == 1) {
            return new Tip(1, null, Map.of());
        }
        byte[] last = entry(next - 1);
        return new Tip(next, Digest.of(last), reached(last, next - 1));
    }

    /**
     * The newest seal, which is an anchor when it is kept where this store's writers cannot change it; empty when there is none.
     *
     * @throws StoreException when the store cannot be read
     */
    public Optional<Bundle> newest() throws StoreException {
        long next = stores.logs().next(stream);
        return next == 1 ? Optional.empty() : Optional.of(Bundle.of(entry(next - 1)));
    }

    private void add(List<SealedItem> items, String name, long from) throws StoreException {
        List<LogStore.Entry> entries = stores.logs().read(source(name), from, BATCH - items.size());
        // Somebody still works on these: their evidence may come yet.
        Set<String> unfinished = name.equals(RUNS) && !entries.isEmpty() ? journal.unfinished() : Set.of();
        for (LogStore.Entry entry : entries) {
            @Nullable Digest evidence = null;
            if (name.equals(RUNS)) {
                RunEntry run = run(entry);
                evidence = archive.sealed(run).orElse(null);
                if (evidence == null && unfinished.contains(RunPlace.of(run.id()))) {
                    return;
                }
            }
            items.add(new SealedItem(name, entry.number(), Digest.of(entry.bytes()), evidence));
        }
    }

    /** How far each stream is sealed: the newest number of each in the seals, looked for from the end. */
    private Map<String, Long> reached(byte[] last, long number) throws StoreException {
        Map<String, Long> reached = new LinkedHashMap<>();
        byte[] bytes = last;
        for (long at = number; at >= 1 && reached.size() < 2; at--) {
            if (at < number) {
                bytes = entry(at);
            }
            Map<String, Long> here = new LinkedHashMap<>();
            seal(bytes, at).items().forEach(item -> here.put(item.stream(), item.number()));
            here.forEach(reached::putIfAbsent);
        }
        return reached;
    }

    private byte[] entry(long number) throws StoreException {
        List<LogStore.Entry> entries = stores.logs().read(stream, number, 1);
        if (entries.isEmpty()) {
            throw new StoreException(
                    "tried to read seal " + number + " of " + stream + ", failed because it is not there", true);
        }
        return entries.getFirst().bytes();
    }

    private LogSeal seal(byte[] bytes, long number) throws StoreException {
        try {
            return LogSeal.of(Bundle.of(bytes));
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    "tried to read seal " + number + " of " + stream + ", failed because " + e.getMessage()
                            + "; nothing is sealed before it is restored from a backup",
                    false,
                    e);
        }
    }

    private RunEntry run(LogStore.Entry entry) throws StoreException {
        try {
            return RunEntry.of(Json.parseObject(entry.bytes()));
        } catch (JsonException | IllegalArgumentException e) {
            throw new StoreException(
                    "tried to seal entry " + entry.number() + " of " + source(RUNS) + ", failed because "
                            + e.getMessage(),
                    false,
                    e);
        }
    }

    /**
     * The end of the log.
     *
     * @param next number of the next seal
     * @param previous digest of the newest one; null when there is none
     * @param reached the newest sealed number of each stream
     */
    private record Tip(long next, @Nullable Digest previous, Map<String, Long> reached) {

        long reached(String name) {
            return reached.getOrDefault(name, 0L);
        }

        Tip after(Bundle seal, List<SealedItem> items) {
            Map<String, Long> now = new LinkedHashMap<>(reached);
            items.forEach(item -> now.put(item.stream(), item.number()));
            return new Tip(next + 1, Digest.of(seal.bytes()), now);
        }
    }
}
