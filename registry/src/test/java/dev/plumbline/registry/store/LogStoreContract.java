package dev.plumbline.registry.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every log store does. */
public abstract class LogStoreContract {

    private static final int APPENDS = 10;

    @TempDir
    protected Path folder;

    private LogStore logs;

    /** Opens empty stores. */
    protected abstract Stores open() throws StoreException;

    /** What another process sees of these logs. */
    protected LogStore otherReader(LogStore logs) throws StoreException {
        return open().logs();
    }

    @BeforeEach
    void openLogs() throws StoreException {
        logs = open().logs();
    }

    @Test
    void beginsAtOne() throws StoreException {
        assertEquals(1, logs.next("c1/history"));
        assertEquals(List.of(), texts(logs.read("c1/history", 1, 10)));
        assertEquals(List.of(), logs.streams(""));
    }

    @Test
    void appendsOnlyAtTheNextNumber() throws StoreException {
        assertFalse(logs.append("s", 0, bytes("x")));
        assertFalse(logs.append("s", 2, bytes("x")));
        assertTrue(logs.append("s", 1, bytes("one")));
        assertFalse(logs.append("s", 1, bytes("other")));
        assertTrue(logs.append("s", 2, bytes("")));
        assertEquals(3, logs.next("s"));
        assertEquals(List.of("1 one", "2 "), texts(logs.read("s", 1, 10)));
    }

    @Test
    void entriesThatAreAppendedTogetherStandOneAfterTheOther() throws StoreException {
        assertEquals(0, logs.append("s", 2, List.of(bytes("x"), bytes("y"))));
        assertEquals(3, logs.append("s", 1, List.of(bytes("one"), bytes(""), bytes("three"))));
        assertEquals(0, logs.append("s", 2, List.of(bytes("x"))));
        assertEquals(0, logs.append("s", 3, List.of(bytes("x"), bytes("y"))));
        assertEquals(4, logs.next("s"));
        assertTrue(logs.append("s", 4, bytes("four")));
        assertEquals(2, logs.append("s", 5, List.of(bytes("five"), bytes("six"))));
        assertEquals(List.of("1 one", "2 ", "3 three", "4 four", "5 five", "6 six"), texts(logs.read("s", 1, 10)));
        assertEquals(List.of("2 ", "3 three", "4 four"), texts(logs.read("s", 2, 3)));
        assertEquals(List.of("6 six"), texts(logs.read("s", 6, 3)));
        assertEquals(List.of(), texts(logs.read("s", 7, 3)));
    }

    /** Batches of every length; what one store object does not take is appended at the number that follows. */
    @Test
    void anotherReaderSeesEveryBatchInItsOrder() throws StoreException {
        Random random = new Random(5);
        List<String> written = new ArrayList<>();
        LogStore other = otherReader(logs);
        while (written.size() < 300) {
            List<String> batch = new ArrayList<>();
            for (int i = random.nextInt(100); i >= 0; i--) {
                batch.add("entry " + (written.size() + batch.size() + 1));
            }
            int taken = logs.append(
                    "s",
                    written.size() + 1L,
                    batch.stream().map(LogStoreContract::bytes).toList());
            assertTrue(taken > 0 && taken <= batch.size(), taken + " of " + batch.size());
            written.addAll(batch.subList(0, taken));
            long from = 1L + random.nextInt(written.size());
            assertEquals(
                    written.subList((int) from - 1, written.size()).stream()
                            .map(text -> text.substring("entry ".length()) + " " + text)
                            .toList(),
                    texts(other.read("s", from, 1000)));
            assertEquals(written.size() + 1L, other.next("s"));
        }
        assertEquals(written.size(), otherReader(logs).read("s", 1, 1000).size());
    }

    @Test
    void writersOfBatchesShareOneOrder() throws Exception {
        Race.run(() -> {
            int done = 0;
            while (done < APPENDS) {
                List<byte[]> batch = new ArrayList<>();
                for (int i = done; i < Math.min(APPENDS, done + 4); i++) {
                    batch.add(bytes(Thread.currentThread().threadId() + " " + i));
                }
                done += logs.append("race", logs.next("race"), batch);
            }
            return done;
        });

        List<LogStore.Entry> all = logs.read("race", 1, 1000);
        assertEquals(Race.THREADS * APPENDS, all.size());
        assertEquals(
                all.size(),
                all.stream()
                        .map(entry -> new String(entry.bytes(), UTF_8))
                        .distinct()
                        .count());
    }

    @Test
    void readsRanges() throws StoreException {
        for (int number = 1; number <= 20; number++) {
            logs.append("s", number, bytes("entry"));
        }

        assertEquals(List.of("5 entry", "6 entry", "7 entry"), texts(logs.read("s", 5, 3)));
        assertEquals(List.of("20 entry"), texts(logs.read("s", 20, 3)));
        assertEquals(List.of(), texts(logs.read("s", 21, 3)));
        assertEquals(List.of("1 entry"), texts(logs.read("s", -5, 1)));
        assertEquals(List.of(), texts(logs.read("s", 1, 0)));
    }

    @Test
    void streamsAreApart() throws StoreException {
        logs.append("a", 1, bytes("in a"));
        logs.append("a/b", 1, bytes("in a/b"));
        logs.append("ab", 1, bytes("in ab"));

        assertEquals(List.of("a", "a/b", "ab"), logs.streams(""));
        assertEquals(List.of("a/b"), logs.streams("a/"));
        assertEquals(List.of("1 in a/b"), texts(logs.read("a/b", 1, 10)));
    }

    @Test
    void keepsLargeEntriesInOrder() throws StoreException {
        Random random = new Random(3);
        List<byte[]> written = new ArrayList<>();
        for (int number = 1; number <= 12; number++) {
            byte[] entry = new byte[random.nextInt(700_000)];
            random.nextBytes(entry);
            written.add(entry);
            assertTrue(logs.append("large", number, entry));
        }

        List<LogStore.Entry> read = logs.read("large", 1, 100);
        assertEquals(
                LongStream.rangeClosed(1, 12).boxed().toList(),
                read.stream().map(LogStore.Entry::number).toList());
        for (int i = 0; i < written.size(); i++) {
            assertArrayEquals(written.get(i), read.get(i).bytes());
        }
        assertEquals(7, logs.read("large", 7, 2).getFirst().number());
    }

    @Test
    void refusesNamesAndEntriesPastTheirBounds() {
        assertThrows(IllegalArgumentException.class, () -> logs.append("../s", 1, bytes("x")));
        assertThrows(IllegalArgumentException.class, () -> logs.read("a/../s", 1, 1));
        StoreException refused =
                assertThrows(StoreException.class, () -> logs.append("s", 1, new byte[LogStore.MAX_ENTRY_BYTES + 1]));
        assertFalse(refused.retryable());
        List<byte[]> together = List.of(new byte[LogStore.MAX_ENTRY_BYTES], new byte[1]);
        assertThrows(StoreException.class, () -> logs.append("s", 1, together));
        assertThrows(IllegalArgumentException.class, () -> logs.append("s", 1, List.of()));
        assertTrue(refused.toString().contains("MAX_ENTRY_BYTES"), refused.toString());
    }

    @Test
    void sixteenWritersShareOneOrder() throws Exception {
        List<List<Long>> won = Race.run(() -> {
            List<Long> mine = new ArrayList<>();
            while (mine.size() < APPENDS) {
                long number = logs.next("race");
                if (logs.append("race", number, bytes(Thread.currentThread().getName()))) {
                    mine.add(number);
                }
            }
            return mine;
        });

        int all = Race.THREADS * APPENDS;
        assertEquals(
                LongStream.rangeClosed(1, all).boxed().toList(),
                won.stream().flatMap(List::stream).sorted().toList());
        assertEquals(all, logs.read("race", 1, all + 1).size());
    }

    @Test
    void anInterruptedThreadStillAppendsAndStaysInterrupted() throws StoreException {
        Thread.currentThread().interrupt();

        assertTrue(logs.append("s", 1, bytes("1")));
        assertTrue(logs.append("s", 2, bytes("2")));
        assertTrue(Thread.interrupted());
    }

    private static List<String> texts(List<LogStore.Entry> entries) {
        return entries.stream()
                .map(entry -> entry.number() + " " + new String(entry.bytes(), UTF_8))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
