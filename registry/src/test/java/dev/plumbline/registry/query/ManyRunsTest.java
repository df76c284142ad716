package dev.plumbline.registry.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.SampleRecords;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.store.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * 20,000 runs of three models. The times are printed for whoever measures; a bar is not asserted here, where a machine may be
 * slow, except one that no machine misses.
 */
class ManyRunsTest {

    private static final int RUNS = 20_000;
    private static final int ASKED = 200;
    private static final List<Verdict> VERDICTS = List.of(Verdict.MATCH, Verdict.STALE, Verdict.DRIFT);
    private static final double HOPELESS_MILLIS = 2_000;

    private final Stores stores = MemoryStores.create();
    private final RunRecord sample = SampleRecords.record("uid-0", "Succeeded");
    private final RunQueries queries = new RunQueries(List.of(new SyncRuns(
            sample.sync(), new RunJournal(stores, sample.id().cluster(), sample.sync()), new LineRepository(6))));
    private final RunSelections selections = new RunSelections(queries);

    @Test
    void everyQuestionIsAnsweredOverTwentyThousandRuns() throws Exception {
        fill();
        assertEquals(RUNS, queries.runs(Integer.MAX_VALUE).size());
        Random random = new Random(1);
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int i = 0; i < ASKED; i++) {
            int run = random.nextInt(RUNS);
            time(
                    times,
                    "provenance of a model",
                    () -> queries.provenance("model-" + run % 3 + ":" + run).isPresent());
            time(
                    times,
                    "provenance of a run",
                    () -> queries.provenance("uid-" + run).isPresent());
            time(
                    times,
                    "provenance of bytes",
                    () -> queries.provenance(Digest.of("model " + run).value()).isPresent());
            time(times, "newest of a model", () -> queries.provenance("model-1").isPresent());
            time(
                    times,
                    "models of a verdict since a day",
                    () -> selections
                            .models(RunChoice.of("", "DRIFT", "2026-11-20"))
                            .isPresent());
            time(
                    times,
                    "runs of commits",
                    () -> selections.runs(RunChoice.of("1111..4444", "", "")).isPresent());
        }
        times.forEach((question, millis) -> {
            List<Double> sorted = millis.stream().sorted().toList();
            double p95 = sorted.get((int) (0.95 * sorted.size()));
            System.out.printf(
                    "%,d runs, %s: median %.1f ms, 95th percentile %.1f ms%n",
                    RUNS, question, sorted.get(sorted.size() / 2), p95);
            assertTrue(p95 < HOPELESS_MILLIS, question + " took " + p95 + " ms");
        });
    }

    private void fill() throws Exception {
        Digest record = stores.objects().put(Json.bytes(sample.tree()));
        String stream = RunJournal.stream(sample.id().cluster(), sample.sync());
        for (int i = 0; i < RUNS; i++) {
            RunRecord run = SampleRecords.attempt(sample, "2026-11-25T10:00:01Z");
            RunEntry entry = new RunEntry(
                    RunEntry.Kind.RUN,
                    new dev.plumbline.registry.model.RunId(
                            sample.id().cluster(), "uid-" + i, run.id().attempt()),
                    record,
                    "ml",
                    "train-" + i,
                    "training",
                    "Succeeded",
                    Instant.parse("2026-11-01T00:00:00Z").plusSeconds(i * 100L).toString(),
                    "",
                    VERDICTS.get(i % VERDICTS.size()),
                    LineRepository.id(1 + i % 6),
                    List.of(new ModelRecord(
                            "model-" + i % 3,
                            String.valueOf(i),
                            "",
                            "",
                            "",
                            "",
                            Digest.of("model " + i),
                            ModelRecord.Registration.FOUND,
                            "")));
            assertTrue(stores.logs().append(stream, i + 1L, Json.bytes(entry.tree())));
        }
    }

    private static void time(Map<String, List<Double>> times, String question, Question asked) throws Exception {
        long begun = System.nanoTime();
        assertTrue(asked.answered(), question);
        times.computeIfAbsent(question, name -> new ArrayList<>()).add((System.nanoTime() - begun) / 1e6);
    }

    /** A question that has an answer. */
    private interface Question {
        boolean answered() throws Exception;
    }
}
