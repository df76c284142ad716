package dev.plumbline.registry.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.ListedFiles;
import dev.plumbline.registry.file.BulkLog;
import dev.plumbline.registry.file.FileStores;
import dev.plumbline.registry.index.IndexFile;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.run.Interval;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.PartPlace;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.SampleRecords;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.s3.Versitygw;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An index of many runs, of which every fifth made one of three models, some with evidence: 20,000 unless {@code -Dmany.runs=…} says
 * otherwise, and of 2,000 in S3 unless {@code -Dmany.runs.s3=…} does. The times are printed for whoever measures; a bar is not asserted here, where a machine may be slow, except one that
 * no machine misses.
 */
class ManyRunsTest {

    private static final int RUNS = Integer.getInteger("many.runs", 20_000);
    private static final int RUNS_IN_S3 = Integer.getInteger("many.runs.s3", 2_000);
    private static final int TOGETHER = 500;
    private static final int ASKED = 60;
    private static final int MODEL_EVERY = 5;
    private static final int SIGNED_EVERY = 100;
    private static final int COMMITS = 15;
    private static final List<Verdict> VERDICTS = List.of(Verdict.MATCH, Verdict.STALE, Verdict.DRIFT);
    private static final double HOPELESS_MILLIS = 2_000;

    private final RunRecord sample = SampleRecords.record("uid-0", "Succeeded");
    private final String cluster = sample.id().cluster();

    @TempDir
    private Path folder;

    private int runs = RUNS;

    @Test
    void everyQuestionIsAnsweredOverManyRuns() throws Exception {
        Stores stores = FileStores.open(folder.resolve("store"));
        try (BulkLog log = new BulkLog(folder.resolve("store"), stream())) {
            fill(stores, log::append);
        }
        answers("a folder", stores);
    }

    @Test
    @Tag("cluster")
    void everyQuestionIsAnsweredOverManyRunsInS3() throws Exception {
        runs = RUNS_IN_S3;
        try (Versitygw server = Versitygw.start(folder)) {
            Stores stores = server.open();
            List<byte[]> waiting = new ArrayList<>();
            fill(stores, entry -> {
                waiting.add(entry);
                if (waiting.size() == TOGETHER) {
                    append(stores.logs(), waiting);
                }
            });
            append(stores.logs(), waiting);
            answers("S3", server.open());
        }
    }

    private void append(LogStore logs, List<byte[]> entries) throws StoreException {
        while (!entries.isEmpty()) {
            int taken = logs.append(stream(), logs.next(stream()), entries);
            entries.subList(0, taken).clear();
        }
    }

    private String stream() {
        return RunJournal.stream(cluster, sample.sync());
    }

    private void answers(String where, Stores stores) throws Exception {
        RunJournal journal = new RunJournal(stores, cluster, sample.sync());
        EvidenceArchive archive = new EvidenceArchive(stores, cluster, sample.sync());
        try (IndexFile file = new IndexFile(folder.resolve("index.db"))) {
            long begun = System.nanoTime();
            assertEquals(runs, file.rebuild(cluster, sample.sync(), journal, archive));
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    "%,d runs in %s: built in %.1f s, %,d MiB%n",
                    runs, where, seconds, Files.size(folder.resolve("index.db")) >> 20);
            RunQueries queries = new RunQueries(List.of(new SyncRuns(
                    sample.sync(),
                    journal,
                    file.runs(cluster, sample.sync(), journal, archive),
                    new LineRepository(COMMITS))));
            ask(queries);
        }
    }

    private void ask(RunQueries queries) throws Exception {
        RunSelections selections = new RunSelections(queries);
        Random random = new Random(1);
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int i = 0; i < ASKED; i++) {
            int run = random.nextInt(runs / SIGNED_EVERY) * SIGNED_EVERY;
            String day = time(random.nextInt(runs)).substring(0, 10);
            Map<String, Question> questions = new LinkedHashMap<>();
            questions.put(
                    "provenance of a model", () -> queries.provenance("model-" + (run / SIGNED_EVERY % 3) + ":" + run));
            questions.put("provenance of a run", () -> queries.provenance("uid-" + run));
            questions.put(
                    "provenance of a model's bytes",
                    () -> queries.provenance(Digest.of("model " + run).value()));
            questions.put(
                    "provenance of a signed file",
                    () -> queries.provenance(ListedFiles.file(model(run)).value()));
            questions.put("provenance of the newest of a model", () -> queries.provenance("model-1"));
            questions.put("provenance of a commit", () -> queries.provenance("3333"));
            questions.put(
                    "models of a verdict since a day", () -> selections.models(RunChoice.of("", "DRIFT", day), 500));
            questions.put("runs of commits", () -> selections.runs(RunChoice.of("1111..4444", "", ""), 500));
            questions.put("the newest runs", () -> selections.runs(RunChoice.ALL, 500));
            questions.put("impact of a commit", () -> selections.impact("4444"));
            questions.put(
                    "comparison",
                    () -> selections.compare("model-0:0", "model-" + (run / SIGNED_EVERY % 3) + ":" + run));
            for (Map.Entry<String, Question> question : questions.entrySet()) {
                long begun = System.nanoTime();
                assertTrue(question.getValue().answer().isPresent(), question.getKey());
                times.computeIfAbsent(question.getKey(), name -> new ArrayList<>())
                        .add((System.nanoTime() - begun) / 1e6);
            }
        }
        times.forEach(this::say);
    }

    private void say(String question, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        double p95 = sorted.get((int) (0.95 * sorted.size()));
        System.out.printf(
                "%,d runs, %s: median %.1f ms, 95th percentile %.1f ms%n",
                runs, question, sorted.get(sorted.size() / 2), p95);
        assertTrue(p95 < HOPELESS_MILLIS, question + " took " + p95 + " ms");
    }

    private void fill(Stores stores, Log log) throws Exception {
        EvidenceArchive archive = new EvidenceArchive(stores, cluster, sample.sync());
        Digest record = stores.objects().put(Json.bytes(sample.tree()));
        for (int i = 0; i < runs; i++) {
            RunEntry entry = new RunEntry(
                    RunEntry.Kind.RUN,
                    new RunId(cluster, "uid-" + i, sample.id().attempt()),
                    record,
                    "ml",
                    "train-" + i,
                    "training",
                    "Succeeded",
                    time(i),
                    time(i),
                    VERDICTS.get(i % VERDICTS.size()),
                    LineRepository.id(1 + i % COMMITS),
                    i % MODEL_EVERY == 0 ? List.of(model(i)) : List.of(),
                    parts(i));
            log.append(Json.bytes(entry.tree()));
            if (i % SIGNED_EVERY == 0) {
                ListedFiles.keep(archive, entry);
            }
        }
    }

    /** Takes entries in their order. */
    private interface Log {
        void append(byte[] entry) throws Exception;
    }

    private static String time(int run) {
        return Instant.parse("2025-11-01T00:00:00Z").plusSeconds(run * 30L).toString();
    }

    private static ModelRecord model(int run) {
        return new ModelRecord(
                "model-" + (run / SIGNED_EVERY % 3),
                String.valueOf(run),
                "",
                "",
                "",
                "",
                Digest.of("model " + run),
                ModelRecord.Registration.FOUND,
                "");
    }

    /** Five parts, two of which begin with the run's commit. */
    private static List<PartPlace> parts(int run) {
        int commit = 1 + run % COMMITS;
        int newest = commit + run / COMMITS % (COMMITS - commit + 1);
        Interval since = new Interval(LineRepository.id(commit), LineRepository.id(newest), newest - commit + 1, false);
        Interval always = new Interval(LineRepository.id(1), LineRepository.id(newest), newest, true);
        return List.of(
                new PartPlace("spec/main", List.of(always)),
                new PartPlace("spec/train", List.of(since)),
                new PartPlace("namespaced/shared/validate", List.of(always)),
                new PartPlace("cron/daily", List.of(always)),
                new PartPlace("configmap/steps", List.of(since)));
    }

    /** A question that has an answer. */
    private interface Question {
        java.util.Optional<?> answer() throws Exception;
    }
}
