package dev.plumbline.registry.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.Refs;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What polls cost, and that an interrupt harms none. */
class GitPollTest {

    private static final int MOST_PACKS = 55;

    private static final long POLL_NANOSECONDS = 10_000_000;

    @TempDir
    private Path folder;

    private TestRepository work;

    @BeforeEach
    void makeWorkTree() throws IOException {
        work = new TestRepository(folder.resolve("work"));
    }

    @Test
    void anUnchangedLocalRepositoryCostsNextToNothing() throws Exception {
        for (int i = 0; i < 50; i++) {
            work.write("file", String.valueOf(i)).commit("commit " + i);
            work.git("tag", "-a", "v" + i, "-m", "release");
        }
        try (GitSource source = GitSource.open(work.folder().toString(), folder.resolve("mirror"))) {
            Refs first = source.poll();
            long before = cpu();
            int polls = 100;
            for (int i = 0; i < polls; i++) {
                assertSame(first, source.poll());
            }
            long each = (cpu() - before) / polls;
            System.out.println("an unchanged local poll with 51 refs takes " + each / 1000 + " µs of CPU");
            assertTrue(each < POLL_NANOSECONDS, each + " ns of CPU for a poll without news");
        }
    }

    @Test
    void aCommitIsThereSoonAndManyOfThemStaySo() throws Exception {
        work.write("file", "0").commit("first");
        try (GitSource source = GitSource.open(work.folder().toString(), folder.resolve("mirror"))) {
            source.poll();
            long longest = 0;
            long sum = 0;
            int commits = 70; // a collection runs when 50 packs are passed
            for (int i = 1; i <= commits; i++) {
                CommitId head = work.write("file", String.valueOf(i)).commit("commit " + i);
                long before = System.nanoTime();
                assertEquals(head, source.poll().commits().get("refs/heads/main"));
                long took = System.nanoTime() - before;
                longest = Math.max(longest, took);
                sum += took;
            }
            System.out.println("a poll that finds a commit takes " + sum / commits / 1000 + " µs, the longest of "
                    + commits + " " + longest / 1000 + " µs");
            try (Stream<Path> packs = Files.list(folder.resolve("mirror/objects/pack"))) {
                long left =
                        packs.filter(file -> file.toString().endsWith(".pack")).count();
                assertTrue(left <= MOST_PACKS, left + " packs after " + commits + " fetches");
            }
        }
    }

    @Test
    void anInterruptedThreadIsToldOrServedAndTheSourceGoesOn() throws Exception {
        CommitId head = work.write("file", "0").commit("first");
        try (GitSource source = GitSource.open(work.folder().toString(), folder.resolve("mirror"))) {
            Thread.currentThread().interrupt();
            try {
                assertEquals(head, source.poll().commits().get("refs/heads/main"));
            } catch (SourceException e) {
                assertTrue(e.retryable(), e.toString());
            }
            assertTrue(Thread.interrupted());
            assertEquals(head, source.poll().commits().get("refs/heads/main"));
            Thread.currentThread().interrupt();
            try {
                assertEquals(1, source.repository().snapshot(head).list("").size());
            } catch (SourceException e) {
                assertTrue(e.retryable() && e.toString().contains("interrupted"), e.toString());
            }
            assertTrue(Thread.interrupted());
            assertEquals(1, source.repository().snapshot(head).list("").size());
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
