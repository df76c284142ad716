package dev.plumbline.registry.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crashes leave no half-written value and lose no acknowledged one. */
class CrashTest {

    private static final int KILLS = 6;
    private static final int MOST_MILLISECONDS = 120;
    private static final int ENTRY_BYTES = 60_000;

    @TempDir
    private Path folder;

    /** Writes for ever; a printed number says that everything up to it was acknowledged. */
    public static void main(String[] arguments) throws StoreException {
        Stores stores = FileStores.open(Path.of(arguments[0]));
        for (long number = stores.logs().next("loop"); ; number++) {
            Digest digest = stores.objects().put(entry(number));
            if (!stores.logs().append("loop", number, entry(number))) {
                throw new IllegalStateException("nobody else appends, but " + number + " was refused");
            }
            Optional<byte[]> before = stores.refs().read("last");
            stores.refs()
                    .compareAndSet("last", before.orElse(null), digest.value().getBytes(UTF_8));
            System.out.println(number);
        }
    }

    @Test
    void aWriterKilledAtAnyMomentLosesNothing() throws Exception {
        Random random = new Random(11);
        long acknowledged = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged = Math.max(acknowledged, writeUntilKilled(random.nextInt(MOST_MILLISECONDS)));

            Stores stores = FileStores.open(folder);
            List<LogStore.Entry> entries = stores.logs().read("loop", 1, Integer.MAX_VALUE);
            assertTrue(entries.size() >= acknowledged, entries.size() + " entries, " + acknowledged + " acknowledged");
            for (LogStore.Entry entry : entries) {
                assertArrayEquals(entry(entry.number()), entry.bytes());
                assertTrue(stores.objects().get(Digest.of(entry.bytes())).isPresent());
            }
            Digest last = new Digest(new String(stores.refs().read("last").orElseThrow(), UTF_8));
            assertTrue(stores.objects().get(last).isPresent());
            try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
                assertEquals(List.of(), left.toList(), "half-written files of a dead process are removed at open");
            }
        }
        assertTrue(acknowledged >= KILLS, "each child wrote something");
    }

    private long writeUntilKilled(int milliseconds) throws Exception {
        // A file, because Java closes the pipe of a process that ends while it is being read.
        Path output = folder.resolve("acknowledged");
        Files.writeString(output, "");
        Process child = java(CrashTest.class)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        while (Files.size(output) == 0 && child.isAlive()) {
            Thread.sleep(1);
        }
        Thread.sleep(milliseconds);
        child.destroyForcibly().waitFor();
        String text = Files.readString(output);
        String lines = text.substring(0, text.lastIndexOf('\n'));
        return Long.parseLong(lines.substring(lines.lastIndexOf('\n') + 1));
    }

    private ProcessBuilder java(Class<?> program) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                folder.toString());
    }

    @Test
    void anAppendCutShortIsNotReadAndTheNextOneTakesItsNumber() throws Exception {
        Path segment = twoEntries();
        byte[] whole = Files.readAllBytes(segment);
        for (int bytes = 1; bytes <= whole.length / 2; bytes += 7) {
            Files.write(segment, Arrays.copyOf(whole, whole.length - bytes));
            LogStore logs = FileStores.open(folder).logs();

            assertEquals(1, logs.read("s", 1, 10).size());
            assertEquals(2, logs.next("s"));
            assertTrue(logs.append("s", 2, "again, longer than before".getBytes(UTF_8)));
            assertEquals(2, logs.read("s", 1, 10).size());
        }
    }

    @Test
    void zerosThatTheFileSystemLeftAreNotAnEntry() throws Exception {
        Path segment = twoEntries();
        Files.write(segment, new byte[100], StandardOpenOption.APPEND);
        LogStore logs = FileStores.open(folder).logs();

        assertEquals(3, logs.next("s"));
        assertTrue(logs.append("s", 3, new byte[] {1}));
        assertEquals(3, logs.read("s", 1, 10).size());
    }

    @Test
    void aDamagedEntryIsSaidAndNeverCut() throws Exception {
        Path segment = twoEntries();
        byte[] whole = Files.readAllBytes(segment);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x20;
            Files.write(segment, damaged);
            LogStore logs = FileStores.open(folder).logs();

            StoreException read = assertThrows(StoreException.class, () -> logs.read("s", 1, 10));
            assertFalse(read.retryable());
            assertThrows(StoreException.class, () -> logs.append("s", 3, new byte[1]));
            assertArrayEquals(damaged, Files.readAllBytes(segment));
        }
    }

    @Test
    void aDamagedObjectIsSaidAndPutAgain() throws Exception {
        Stores stores = FileStores.open(folder);
        Digest digest = stores.objects().put("content".getBytes(UTF_8));
        Path file = folder.resolve("objects")
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex().substring(2));
        Files.writeString(file, "Content");
        assertFalse(assertThrows(StoreException.class, () -> stores.objects().get(digest))
                .retryable());
        Files.writeString(file, "cont");
        stores.objects().put("content".getBytes(UTF_8));

        assertTrue(stores.objects().get(digest).isPresent());
    }

    @Test
    void twoProcessesShareOneOrder() throws Exception {
        // The child appends all the time; this process appends in between, and both see one sequence.
        Process child = java(Rival.class).inheritIO().start();
        long mine = Rival.append(folder, "parent");

        assertEquals(0, child.waitFor());
        List<LogStore.Entry> entries = FileStores.open(folder).logs().read("rivals", 1, Integer.MAX_VALUE);
        assertEquals(2 * Rival.APPENDS, entries.size());
        assertEquals(Rival.APPENDS, mine);
        assertEquals(
                String.valueOf(2 * Rival.APPENDS),
                new String(FileStores.open(folder).refs().read("count").orElseThrow(), UTF_8));
    }

    private Path twoEntries() throws StoreException, IOException {
        LogStore logs = FileStores.open(folder).logs();
        logs.append("s", 1, "the first entry".getBytes(UTF_8));
        logs.append("s", 2, "the second entry".getBytes(UTF_8));
        try (Stream<Path> files = Files.list(folder.resolve("logs/s+"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static byte[] entry(long number) {
        byte[] bytes = new byte[ENTRY_BYTES];
        new Random(number).nextBytes(bytes);
        return bytes;
    }
}
