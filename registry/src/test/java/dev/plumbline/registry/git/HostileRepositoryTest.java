package dev.plumbline.registry.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.Ref;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.Snapshot.Entry;
import dev.plumbline.registry.source.SourceException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories that are too large or lead elsewhere: bounded by name, and nothing is left of what was refused. */
class HostileRepositoryTest {

    private static final int MIB = 1024 * 1024;

    @TempDir
    private Path folder;

    private HttpBackend backend;
    private TestRepository work;
    private int mirrors;

    @BeforeEach
    void start() throws Exception {
        work = new TestRepository(folder.resolve("work"));
        backend = new HttpBackend(folder);
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    private GitSource open(String url, FetchBounds bounds) throws SourceException {
        Address address = Address.parse(url, Address.Allowed.SAFE_AND_LOOPBACK_HTTP);
        return GitSource.open(address, Access.OWN, folder.resolve("mirror-" + ++mirrors), bounds);
    }

    private void assertRefused(FetchBounds bounds, String bound) throws Exception {
        for (String url : new String[] {work.folder().toString(), backend.url("work/.git")}) {
            try (GitSource source = open(url, bounds)) {
                SourceException refused =
                        assertThrows(SourceException.class, () -> source.poll(new Ref.Branch("main")));
                assertFalse(refused.retryable(), refused.toString());
                assertTrue(refused.toString().contains(bound), refused.toString());
                assertTrue(bytes(folder.resolve("mirror-" + mirrors)) < MIB, "what came of it is removed");
            }
        }
    }

    private static long bytes(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void aFileOf100MegabytesIsRefusedByItsBound() throws Exception {
        try (OutputStream file = Files.newOutputStream(work.folder().resolve("large"))) {
            for (int i = 0; i < 100; i++) {
                file.write(new byte[MIB]);
            }
        }
        work.commit("large");

        assertRefused(FetchBounds.USUAL, "MAX_OBJECT_BYTES");
    }

    @Test
    void aLargePackIsCutOffWhereItPassesItsBound() throws Exception {
        byte[] noise = new byte[3 * MIB];
        new Random(1).nextBytes(noise);
        Files.write(work.folder().resolve("noise"), noise);
        work.commit("noise");

        assertRefused(new FetchBounds(FetchBounds.MAX_OBJECT_BYTES, 2 * MIB), "MAX_FETCH_BYTES (2097152)");
    }

    @Test
    void aPackThatClaimsTooManyObjectsIsRefusedBeforeTheFirst() {
        byte[] header = {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
        try (BoundedPack pack = new BoundedPack(new ByteArrayInputStream(header), FetchBounds.USUAL)) {
            IOException refused = assertThrows(IOException.class, pack::readAllBytes);
            assertTrue(refused.toString().contains("MAX_OBJECTS"), refused.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag("cluster")
    void a100000CommitsAnd100000FilesAreFollowed() throws Exception {
        int count = 100_000;
        fastImport(out -> {
            out.write("blob\nmark :1\ndata 1\nx\n".getBytes(UTF_8));
            for (int i = 1; i <= count; i++) {
                out.write(("commit refs/heads/main\ncommitter A <a@b> " + (1_700_000_000 + i) + " +0000\ndata 1\nx\n")
                        .getBytes(UTF_8));
            }
            for (int i = 1; i <= count; i++) {
                out.write(("M 644 :1 d/" + i % 1000 + "/f" + i + "\n").getBytes(UTF_8));
            }
        });
        CommitId head = new CommitId(work.git("rev-parse", "refs/heads/main"));
        try (GitSource source = open(backend.url("work/.git"), FetchBounds.USUAL)) {
            assertEquals(head, source.poll(new Ref.Branch("main")).commit());
            assertEquals(1000, source.repository().mainline(head, 1000).size());
            Snapshot snapshot = source.repository().snapshot(head);
            assertEquals(1000, snapshot.list("d").size());
            assertEquals(Entry.Type.FILE, snapshot.find("d/0/f100000").type());
            long before = System.nanoTime();
            assertEquals(head, source.poll(new Ref.Branch("main")).commit());
            System.out.println("a poll of an unchanged repository of " + count + " commits takes "
                    + (System.nanoTime() - before) / 1_000_000 + " ms");
        }
    }

    private void fastImport(Lines lines) throws Exception {
        Process process = new ProcessBuilder("git", "fast-import", "--quiet")
                .directory(work.folder().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream out = new BufferedOutputStream(process.getOutputStream())) {
            lines.to(out);
        }
        assertEquals(0, process.waitFor());
    }

    @FunctionalInterface
    private interface Lines {
        void to(OutputStream out) throws IOException;
    }

    @Test
    void linksOutOfTheTreeAndSubmodulesAreNotFollowed() throws Exception {
        Files.writeString(folder.resolve("secret"), "canary");
        Files.createSymbolicLink(work.folder().resolve("up"), Path.of("../secret"));
        Files.createSymbolicLink(work.folder().resolve("absolute"), folder.resolve("secret"));
        Files.createSymbolicLink(work.folder().resolve("deep"), Path.of("up/../../../../../etc"));
        CommitId plain = work.commit("links");
        work.git("update-index", "--add", "--cacheinfo", "160000," + plain.hex() + ",sub");
        Files.writeString(
                work.folder().resolve(".gitmodules"), "[submodule \"sub\"]\n\tpath = sub\n\turl = ../secret\n");
        work.git("add", ".gitmodules");
        work.git("commit", "-q", "-m", "submodule");
        try (GitSource source = open(backend.url("work/.git"), FetchBounds.USUAL)) {
            Snapshot snapshot = source.repository()
                    .snapshot(source.poll(new Ref.Branch("main")).commit());
            for (String link : new String[] {"up", "absolute", "deep"}) {
                assertEquals(Entry.Type.SYMLINK, snapshot.find(link).type(), link);
            }
            assertEquals(Entry.Type.SUBMODULE, snapshot.find("sub").type());
            assertEquals(null, snapshot.find("sub/a"));
        }
    }

    @Test
    void aHostileRepositoryHoldsUpNoOther() throws Exception {
        try (ServerSocket silent = new ServerSocket(0);
                GitSource stuck = open("http://localhost:" + silent.getLocalPort() + "/x.git", FetchBounds.USUAL);
                GitSource other = open(work.folder().toString(), FetchBounds.USUAL)) {
            CommitId head = work.commit("first");
            Thread waiting = Thread.ofVirtual().start(() -> {
                assertThrows(SourceException.class, stuck::poll);
            });
            assertEquals(head, other.poll(new Ref.Branch("main")).commit());
            assertTrue(waiting.isAlive());
            silent.accept().close();
            silent.close();
            waiting.join();
        }
    }
}
