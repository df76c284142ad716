package dev.plumbline.tests.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.source.SourceException;
import dev.plumbline.tests.golden.Kustomize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random kustomizations give the same objects in the same order as the real kustomize, or are refused by both. {@code
 * -Dplumbline.seed=S -Dplumbline.cases=N} choose which: case number i has the seed S + i, so that one case is given again with
 * its own seed and N = 1.
 */
class DifferentialTest {

    /** Each is a process of the real tool beside our own work. */
    private static final int THREADS = 2;

    /** Failing cases that are shrunk and printed. */
    private static final int SHOWN = Integer.getInteger("plumbline.shown", 5);

    /** A long run says how far it is. */
    private static final int TOLD_EVERY = 1_000;

    /** At least so many cases in a hundred must render, or the generator tests nothing. */
    private static final int LEAST_RENDERED_PERCENT = 40;

    @TempDir
    Path root;

    private final Map<Outcome.Agreement, Integer> counts = new EnumMap<>(Outcome.Agreement.class);
    private final Map<String, Integer> refusals = new TreeMap<>();
    private int judged;
    private final Map<String, Integer> known = new TreeMap<>();
    private final Map<Long, Outcome> faults = new TreeMap<>();

    @Test
    void threeHundredCasesAgree() throws Exception {
        compare(1, 300);
    }

    @Test
    @Tag("cluster")
    void twoThousandCasesAgree() throws Exception {
        compare(100_000, 2_000);
    }

    @Test
    @Tag("proof")
    void twentyThousandCasesAgree() throws Exception {
        compare(System.currentTimeMillis(), 20_000);
    }

    private void compare(long usualSeed, int usualCases) throws Exception {
        Kustomize kustomize = Kustomize.required();
        long seed = Long.getLong("plumbline.seed", usualSeed);
        int cases = Integer.getInteger("plumbline.cases", usualCases);
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Contest contest = new Contest(kustomize, root.resolve("case" + i));
                running.add(threads.submit(() -> {
                    for (int at = next.getAndIncrement(); at < cases; at = next.getAndIncrement()) {
                        judge(contest, seed + at);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        System.out.println(cases + " cases from seed " + seed + ": " + counts);
        refusals.forEach((reason, count) -> System.out.println("  both refuse " + count + " x " + reason));
        known.forEach((reason, count) -> System.out.println("  differ by decision " + count + " x " + reason));
        assertEquals("", report(new Contest(kustomize, root.resolve("shrink"))));
        int rendered = counts.getOrDefault(Outcome.Agreement.SAME_OBJECTS, 0);
        assertTrue(
                cases < 100 || rendered * 100 >= cases * LEAST_RENDERED_PERCENT,
                "only " + rendered + " cases rendered");
    }

    private void judge(Contest contest, long seed) throws IOException, InterruptedException, SourceException {
        Outcome outcome;
        try {
            outcome = contest.judge(Cases.of(seed));
        } catch (RuntimeException e) {
            throw new IllegalStateException("the case of seed " + seed + " ended in an exception", e);
        }
        synchronized (this) {
            counts.merge(outcome.agreement(), 1, Integer::sum);
            if (++judged % TOLD_EVERY == 0) {
                System.out.println(judged + " cases: " + counts);
            }
            if (outcome.agreement() == Outcome.Agreement.BOTH_REFUSE) {
                refusals.merge(outcome.signature(), 1, Integer::sum);
            }
            if (outcome.agreement() == Outcome.Agreement.KNOWN_DIFFERENCE) {
                known.merge(outcome.signature(), 1, Integer::sum);
            }
            if (outcome.fault()) {
                faults.put(seed, outcome);
                System.out.println("seed " + seed + ": " + outcome.agreement() + " " + outcome.signature());
            }
        }
    }

    /** All faults by signature; the first of each shrunk. */
    private String report(Contest contest) throws IOException, InterruptedException, SourceException {
        Map<String, List<Long>> bySignature = new TreeMap<>();
        faults.forEach((seed, outcome) -> bySignature
                .computeIfAbsent(outcome.agreement() + " " + outcome.signature(), _ -> new ArrayList<>())
                .add(seed));
        StringBuilder out = new StringBuilder();
        bySignature.forEach((signature, seeds) -> out.append(seeds.size())
                .append(" x ")
                .append(signature)
                .append(": ")
                .append(seeds.subList(0, Math.min(8, seeds.size())))
                .append('\n'));
        int shown = 0;
        for (List<Long> seeds : bySignature.values()) {
            if (shown++ < SHOWN) {
                Case small = new Shrinker(contest).shrink(Cases.of(seeds.getFirst()));
                out.append("\n######## seed ")
                        .append(seeds.getFirst())
                        .append('\n')
                        .append(small)
                        .append("-------- ")
                        .append(contest.judge(small).detail());
            }
        }
        return out.toString();
    }
}
