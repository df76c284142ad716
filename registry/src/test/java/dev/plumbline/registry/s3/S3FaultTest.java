package dev.plumbline.registry.s3;

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
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of the server and the wire, and what the store makes of many entries. */
@Tag("cluster")
class S3FaultTest {

    @TempDir
    private Path folder;

    private Versitygw server;

    @BeforeEach
    void start() throws Exception {
        server = Versitygw.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static StoreException refused(boolean retryable, String why, StoreCall call) {
        StoreException refused = assertThrows(StoreException.class, call::run);
        assertTrue(refused.toString().contains(why), refused.toString());
        assertTrue(refused.toString().contains("s3://"), refused.toString());
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            assertFalse(cause.toString().contains("canary"), cause.toString());
        }
        assertEquals(retryable, refused.retryable(), refused.toString());
        return refused;
    }

    @FunctionalInterface
    private interface StoreCall {
        void run() throws Exception;
    }

    @Test
    void aWrongSecretAndAMissingBucketAreNotTriedAgain() {
        Duration silence = Duration.ofSeconds(2);
        refused(
                false,
                "give credentials",
                () -> S3Stores.open(
                        Versitygw.settings(server.port(), Versitygw.BUCKET),
                        Versitygw.credentials("canary-wrong"),
                        silence));
        refused(
                false,
                "no such bucket",
                () -> S3Stores.open(
                        Versitygw.settings(server.port(), "missing"), Versitygw.credentials("canary-s3cret"), silence));
    }

    @Test
    void aServerThatIsDownIsTriedAgainAndComesBack() throws Exception {
        Stores stores = server.open();
        stores.refs().compareAndSet("head", null, bytes("1"));
        server.kill();
        refused(true, "gave no answer", () -> stores.refs().read("head"));
        refused(true, "gave no answer", () -> stores.logs().append("s", 1, bytes("x")));
        server.start();

        assertArrayEquals(bytes("1"), stores.refs().read("head").orElseThrow());
        assertTrue(stores.logs().append("s", 1, bytes("x")));
    }

    @Test
    void aServerThatSaysNothingIsGivenUpInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            long before = System.nanoTime();
            refused(true, "gave no answer", () -> Versitygw.open(silent.getLocalPort()));
            assertTrue(System.nanoTime() - before < Duration.ofSeconds(20).toNanos());
        }
    }

    @Test
    void aWriteWhoseAnswerWasLostIsKnownAgain() throws Exception {
        try (FaultyWire wire = new FaultyWire(server.port())) {
            Stores stores = Versitygw.open(wire.port());
            Stores direct = server.open();
            for (int number = 1; number <= 5; number++) {
                wire.loseAnswers(1);
                assertTrue(stores.logs().append("s", number, bytes("same")), "entry " + number);
            }
            wire.loseAnswers(1);
            assertTrue(stores.refs().compareAndSet("head", null, bytes("1")));
            wire.loseAnswers(2);
            assertTrue(stores.refs().compareAndSet("head", bytes("1"), bytes("2")));
            wire.loseAnswers(1);
            Digest digest = stores.objects().put(bytes("object"));

            assertEquals(0, wire.toLose(), "all were lost");
            assertEquals(6, direct.logs().next("s"));
            assertArrayEquals(bytes("2"), direct.refs().read("head").orElseThrow());
            assertArrayEquals(bytes("object"), direct.objects().get(digest).orElseThrow());
            assertFalse(direct.logs().append("s", 5, bytes("same")), "another writer of the same entry is told so");
        }
    }

    @Test
    void manyEntriesAreSealedAndReadInBulk() throws Exception {
        LogStore writer = server.open().logs();
        int count = 3 * Segment.ENTRIES + 5;
        for (int number = 1; number <= count; number++) {
            assertTrue(writer.append("history/a", number, bytes("entry " + number)));
        }
        try (Stream<Path> single = Files.list(server.data().resolve("team/logs/history/a+/e"))) {
            assertEquals(5, single.count());
        }
        try (FaultyWire wire = new FaultyWire(server.port())) {
            LogStore reader = Versitygw.open(wire.port()).logs();
            int before = wire.requests();
            List<LogStore.Entry> all = reader.read("history/a", 1, count + 10);
            assertTrue(wire.requests() - before <= 12, wire.requests() - before + " requests");
            assertEquals(
                    LongStream.rangeClosed(1, count).boxed().toList(),
                    all.stream().map(LogStore.Entry::number).toList());
            assertEquals("entry 129", new String(all.get(128).bytes(), UTF_8));
            assertEquals(count + 1, reader.next("history/a"));
            assertEquals(
                    List.of(64L, 65L),
                    reader.read("history/a", 64, 2).stream()
                            .map(LogStore.Entry::number)
                            .toList());
            assertEquals(List.of("history/a"), reader.streams(""));
        }
    }

    @Test
    void aBatchIsOneWriteAndReadFromAnyOfItsEntries() throws Exception {
        try (FaultyWire wire = new FaultyWire(server.port())) {
            LogStore writer = Versitygw.open(wire.port()).logs();
            assertTrue(writer.append("s", 1, bytes("1")));
            int before = wire.requests();
            wire.loseAnswers(1);
            assertEquals(8, writer.append("s", 2, batch(2, 9)));
            assertTrue(wire.requests() - before <= 4, wire.requests() - before + " requests, two for the lost answer");
            LogStore other = server.open().logs();
            assertEquals(10, other.next("s"));
            assertFalse(other.append("s", 5, bytes("in the midst of it")));
            assertEquals(List.of(), server.open().logs().read("s", 10, 5));
            assertEquals(55, writer.append("s", 10, batch(10, 100)), "no batch reaches beyond a segment");
            assertTrue(
                    Files.notExists(server.data().resolve("team/logs/s+/e/" + "0".repeat(18) + "2")), "it is sealed");
            assertEquals(36, writer.append("s", 65, batch(65, 100)));
            List<LogStore.Entry> all = server.open().logs().read("s", 1, 1000);
            assertEquals(100, all.size());
            for (LogStore.Entry entry : all) {
                assertEquals(String.valueOf(entry.number()), new String(entry.bytes(), UTF_8));
            }
            assertEquals(70, server.open().logs().read("s", 70, 1).getFirst().number());
        }
    }

    private static List<byte[]> batch(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(number -> bytes(String.valueOf(number)))
                .toList();
    }

    @Test
    void aWriterThatIsVeryLateDoesNotWriteIntoASealedSegment() throws Exception {
        LogStore late = server.open().logs();
        assertTrue(late.append("s", 1, bytes("1")));
        LogStore other = server.open().logs();
        for (int number = 2; number <= Segment.ENTRIES + 3; number++) {
            assertTrue(other.append("s", number, bytes("theirs")));
        }

        assertFalse(late.append("s", 2, bytes("late")), "the key of entry 2 is free again");
        assertEquals(0, late.append("s", 2, batch(2, 9)));
        List<LogStore.Entry> all = other.read("s", 1, 1000);
        assertEquals(Segment.ENTRIES + 3, all.size());
        assertEquals("theirs", new String(all.get(1).bytes(), UTF_8));
        assertEquals(Segment.ENTRIES + 4, late.next("s"));
    }

    @Test
    void damageIsSaidByItsKey() throws Exception {
        Stores stores = server.open();
        Digest digest = stores.objects().put(bytes("object"));
        stores.refs().compareAndSet("head", null, bytes("1"));
        stores.logs().append("s", 1, bytes("x"));
        try (Stream<Path> files = Files.walk(server.data().resolve("team"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] content = Files.readAllBytes(file);
                content[content.length - 1] ^= 1;
                Files.write(file, content);
            }
        }

        refused(false, "team/objects/", () -> stores.objects().get(digest));
        refused(false, "team/refs/head+", () -> stores.refs().read("head"));
        refused(false, "team/logs/s+/e/", () -> stores.logs().read("s", 1, 1));
    }

    @Test
    void aKeyThatIsTooLongForS3IsRefusedByItsBound() throws StoreException {
        Stores stores = server.open();
        String part = "x".repeat(199);
        String name = String.join("/", part, part, part, part, part);
        refused(false, "1024 bytes", () -> stores.logs().append(name + "/y", 1, bytes("x")));
    }
}
