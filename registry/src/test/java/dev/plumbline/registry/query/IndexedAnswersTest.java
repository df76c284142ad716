package dev.plumbline.registry.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.ListedFiles;
import dev.plumbline.registry.index.IndexFile;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.RunSighting;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to runs and to the file: an index answers what the stores say. */
class IndexedAnswersTest {

    private static final SyncId SYNC = RandomRuns.SYNC;
    private static final String CLUSTER = RandomRuns.CLUSTER;
    private static final int HISTORIES = 12;
    private static final int STEPS = 120;
    private static final int COMMITS = RandomRuns.COMMITS;

    @TempDir
    private Path folder;

    private Stores stores = MemoryStores.create();
    private RunJournal journal = new RunJournal(stores, CLUSTER, SYNC);
    private EvidenceArchive archive = new EvidenceArchive(stores, CLUSTER, SYNC);
    private String name = "unused";
    private IndexFile file = new IndexFile(Path.of(name));
    private final List<RunEntry> runs = new ArrayList<>();

    @AfterEach
    void close() {
        file.close();
    }

    @Test
    void anIndexAnswersWhatTheStoresSay() throws Exception {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            begin("history-" + seed + ".db");
            for (int step = 0; step < STEPS; step++) {
                happen(random);
                if (random.nextInt(3) == 0) {
                    sameAnswers(question(random), "seed " + seed + ", step " + step);
                }
            }
            for (int i = 0; i < STEPS; i++) {
                sameAnswers(question(random), "seed " + seed + ", at the end");
            }
            file.close();
        }
    }

    @Test
    void aFileThatIsDamagedOrOfAnotherFormIsMadeAnew() throws Exception {
        begin("damaged.db");
        record(new Random(1));
        assertEquals(1, indexed().runs(10).size());
        file.close();
        Files.write(folder.resolve("damaged.db"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        reopen();
        assertEquals(1, indexed().runs(10).size());
        file.close();
        try (java.sql.Connection other =
                        java.sql.DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("damaged.db"));
                java.sql.Statement statement = other.createStatement()) {
            statement.execute("PRAGMA user_version=99");
            statement.execute("CREATE TABLE of_a_later_version(x)");
        }
        reopen();
        assertEquals(1, indexed().runs(10).size());
    }

    @Test
    void anotherStoreInThePlaceOfTheFirstIsNoticed() throws Exception {
        begin("replaced.db");
        Random random = new Random(2);
        for (int i = 0; i < 5; i++) {
            record(random);
        }
        assertEquals(5, indexed().runs(10).size());
        useStores();
        record(random);
        assertEquals(1, indexed().runs(10).size(), "a shorter log");
        for (int i = 0; i < 9; i++) {
            record(random);
        }
        useStores();
        for (int i = 0; i < 10; i++) {
            record(random);
        }
        assertEquals(stored().runs(20), indexed().runs(20), "one of the same length");
    }

    @Test
    void aRebuildingCountsTheRuns() throws Exception {
        begin("rebuilt.db");
        for (int i = 0; i < 7; i++) {
            record(new Random(i));
        }
        assertEquals(7, file.rebuild(CLUSTER, SYNC, journal, archive));
        assertEquals(7, file.rebuild(CLUSTER, SYNC, journal, archive));
        assertEquals(stored().runs(20), indexed().runs(20));
    }

    private void begin(String fileName) {
        useStores();
        name = fileName;
        file = new IndexFile(folder.resolve(name));
    }

    private void useStores() {
        stores = MemoryStores.create();
        journal = new RunJournal(stores, CLUSTER, SYNC);
        archive = new EvidenceArchive(stores, CLUSTER, SYNC);
        runs.clear();
    }

    private void happen(Random random) throws Exception {
        switch (random.nextInt(10)) {
            case 0 -> reopen();
            case 1 -> {
                if (random.nextInt(5) == 0) {
                    file.close();
                    Files.deleteIfExists(folder.resolve(name));
                    reopen();
                }
            }
            case 2, 3 -> amend(random);
            case 4, 5 -> attest(random);
            default -> record(random);
        }
    }

    private void reopen() {
        file.close();
        file = new IndexFile(folder.resolve(name));
    }

    private void amend(Random random) throws StoreException {
        if (!runs.isEmpty()) {
            RunEntry entry = runs.get(random.nextInt(runs.size()));
            List<ModelRecord> learnt = new ArrayList<>();
            for (ModelRecord model : entry.models()) {
                ModelRecord.Registration[] all = ModelRecord.Registration.values();
                learnt.add(model.registered(all[random.nextInt(all.length)], "").withDigest(RandomRuns.digest(random)));
            }
            journal.amend(entry, learnt);
        }
    }

    /** Evidence comes before the sighting of its run goes. */
    private void attest(Random random) throws StoreException {
        List<RunSighting> pending = journal.pending();
        if (!pending.isEmpty()) {
            RunId id = pending.get(random.nextInt(pending.size())).id();
            RunEntry entry = runs.stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow();
            if (random.nextBoolean()) {
                ListedFiles.keep(archive, entry);
            }
            if (random.nextBoolean()) {
                journal.finish(id);
            }
        }
    }

    private void record(Random random) throws StoreException {
        RunRecord record = RandomRuns.run(random, runs.size());
        journal.see(new RunSighting(
                record.id(), SYNC, record.namespace(), record.name(), record.createdAt(), false, Map.of()));
        RunEntry entry = journal.record(record);
        if (random.nextInt(4) == 0) {
            // As versions wrote it that did not say where parts stand.
            stores = withoutParts();
        }
        runs.add(entry);
    }

    /** A copy of the stores in which no entry says where parts stand. */
    private Stores withoutParts() throws StoreException {
        Stores copy = new Stores(
                stores.objects(), stores.refs(), MemoryStores.create().logs());
        String stream = RunJournal.stream(CLUSTER, SYNC);
        long number = 1;
        for (RunEntry entry : journal.entries(1, Integer.MAX_VALUE)) {
            assertTrue(copy.logs()
                    .append(
                            stream,
                            number++,
                            Json.bytes(entry.knowing(entry.models()).tree())));
        }
        journal = new RunJournal(copy, CLUSTER, SYNC);
        archive = new EvidenceArchive(copy, CLUSTER, SYNC);
        return copy;
    }

    private RunQueries stored() {
        return new RunQueries(List.of(new SyncRuns(SYNC, journal, archive, new LineRepository(COMMITS))));
    }

    private RunQueries indexed() {
        return new RunQueries(List.of(
                new SyncRuns(SYNC, journal, file.runs(CLUSTER, SYNC, journal, archive), new LineRepository(COMMITS))));
    }

    private void sameAnswers(Question question, String when) throws Exception {
        assertEquals(question.of(stored()), question.of(indexed()), when);
    }

    private Question question(Random random) {
        String verdict = random.nextBoolean()
                ? ""
                : List.of(Verdict.values())
                        .get(random.nextInt(Verdict.values().length))
                        .name();
        int from = 1 + random.nextInt(COMMITS);
        int to = 1 + random.nextInt(COMMITS);
        String range = random.nextBoolean()
                ? LineRepository.id(from).hex()
                : LineRepository.id(Math.min(from, to)).hex() + ".."
                        + LineRepository.id(Math.max(from, to)).hex();
        String commit = random.nextBoolean() ? "" : range;
        String since = random.nextBoolean() ? "" : "2026-11-0" + (1 + random.nextInt(9));
        int limit = 1 + random.nextInt(40);
        String subject = subject(random);
        return switch (random.nextInt(5)) {
            case 0 -> queries -> new RunSelections(queries).runs(RunChoice.of(commit, verdict, since), limit);
            case 1 -> queries -> new RunSelections(queries).models(RunChoice.of(commit, verdict, since), limit);
            case 2 -> queries -> new RunSelections(queries).impact(range);
            default -> queries -> queries.provenance(subject);
        };
    }

    private String subject(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> "model-" + random.nextInt(4);
            case 1 -> "model-" + random.nextInt(4) + ":" + random.nextInt(4);
            case 2 -> "uid-" + random.nextInt(40);
            case 3 -> RunQueries.LATEST;
            case 4 -> RandomRuns.digest(random).value();
            case 5 ->
                runs.isEmpty()
                        ? "none"
                        : runs.get(random.nextInt(runs.size())).record().value();
            default -> ListedFiles.file(RandomRuns.model(random)).value();
        };
    }

    /** A question that either kind is asked. */
    private interface Question {
        Object of(RunQueries queries) throws Exception;
    }
}
