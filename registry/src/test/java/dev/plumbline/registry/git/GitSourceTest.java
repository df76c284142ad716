package dev.plumbline.registry.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceTest {

    @TempDir
    private Path folder;

    private TestRepository work;

    @BeforeEach
    void makeWorkTree() throws IOException {
        work = new TestRepository(folder.resolve("work"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh://git@example.org/x.git",
                "git@example.org:x.git",
                "git://example.org/x.git",
                "http://example.org/x.git",
                "http://127.0.0.1:1/x.git",
                "ftp://example.org/x",
                "ext::sh -c touch% /tmp/pwned",
                "https:///x",
                "relative/path",
                "file://host/x",
                "https://example.org/a\nb",
                "-u./payload",
                " "
            })
    void refusesOtherTransports(String url) {
        SourceException refused = assertThrows(SourceException.class, () -> GitSource.open(url, folder.resolve("m")));

        assertFalse(refused.retryable());
        assertTrue(refused.toString().contains("https://"), refused.toString());
        assertFalse(Files.exists(folder.resolve("m")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ada:s3cret%2F@localhost:1/x.git",
                "https://s3cret@localhost:1/x.git",
                "https://localhost:1/x.git?token=s3cret",
                "https://ada:s3cret@localhost:1/x.git"
            })
    void neverShowsCredentials(String url) throws Exception {
        try (GitSource source = GitSource.open(url, folder.resolve("m"))) {
            assertEquals("https://localhost:1/x.git", source.url());
            SourceException failed = assertThrows(SourceException.class, source::poll);
            assertTrue(failed.retryable(), "nobody listens there now");
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                assertFalse(cause.toString().contains("s3cret"), cause.toString());
            }
        }
        try (Stream<Path> files = Files.walk(folder.resolve("m"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(
                        new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                                .contains("s3cret"),
                        file.toString());
            }
        }
        for (String wrong : List.of(url.replace("https", "ssh"), url.replace("localhost", "/@localhost"))) {
            SourceException refused =
                    assertThrows(SourceException.class, () -> GitSource.open(wrong, folder.resolve("m")));
            assertFalse(refused.toString().contains("s3cret"), refused.toString());
        }
    }

    @Test
    void saysInOneSentenceWhatALocalPathLacks() throws Exception {
        assertRefused(folder.resolve("missing"), "there is no such folder");
        assertRefused(Files.createDirectory(folder.resolve("plain")), "it is not a Git repository");
        assertRefused(Files.writeString(folder.resolve("file"), "x"), "there is no such folder");
        Path closed = Files.createDirectory(
                folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
        if (!Files.isReadable(closed)) {
            assertRefused(closed, "this user may not read the folder");
        }
    }

    private void assertRefused(Path repository, String why) throws Exception {
        try (GitSource source =
                GitSource.open(repository.toString(), folder.resolve("m-" + repository.getFileName()))) {
            SourceException failed = assertThrows(SourceException.class, source::poll);
            assertFalse(failed.retryable());
            assertTrue(failed.toString().contains(why), failed.toString());
            assertTrue(failed.toString().contains(repository.toString()), failed.toString());
        }
    }

    @Test
    void aFolderMirrorsOneAddress() throws Exception {
        work.commit("first");
        GitSource.open(work.folder().toString(), folder.resolve("mirror")).close();

        SourceException refused = assertThrows(
                SourceException.class, () -> GitSource.open("https://example.org/x.git", folder.resolve("mirror")));
        assertTrue(refused.toString().contains("the mirror of " + work.folder()), refused.toString());
        assertEquals(
                GitSource.mirrorName("https://ada:secret@example.org/x.git"),
                GitSource.mirrorName("https://example.org/x.git"));
    }

    @Test
    void aNewProcessFetchesNothingItHas() throws Exception {
        CommitId head = work.write("a", "1").commit("first");
        Path mirror = folder.resolve("mirror");
        try (GitSource source = GitSource.open(work.folder().toString(), mirror)) {
            source.poll();
        }
        List<String> before = files(mirror);
        try (GitSource source = GitSource.open(work.folder().toString(), mirror)) {
            assertEquals(head, source.poll().commits().get("refs/heads/main"));
        }

        assertEquals(before, files(mirror));
    }

    @Test
    void itsOwnRefsStayFew() throws Exception {
        Path mirror = folder.resolve("mirror");
        try (GitSource source = GitSource.open(work.folder().toString(), mirror)) {
            CommitId base = work.commit("base");
            for (int i = 0; i < 5; i++) {
                work.commit("linear " + i);
                source.poll();
            }
            CommitId away = work.head();
            work.git("reset", "-q", "--hard", base.hex());
            CommitId head = work.commit("other");
            source.poll();

            try (Stream<Path> seen = Files.list(mirror.resolve("refs/plumbline/seen"))) {
                assertEquals(
                        Stream.of(away.hex(), head.hex()).sorted().toList(),
                        seen.map(file -> file.getFileName().toString()).sorted().toList());
            }
        }
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAtOpen() throws Exception {
        work.commit("first");
        Path mirror = folder.resolve("mirror");
        try (GitSource source = GitSource.open(work.folder().toString(), mirror)) {
            source.poll();
            List<String> clean = files(mirror);
            CommitId second = work.commit("second");
            for (String left : List.of(
                    "refs/plumbline/seen/" + second + ".lock",
                    "packed-refs.lock",
                    "config.lock",
                    "objects/incoming_123.pack",
                    "objects/pack/gc_1_tmp",
                    "objects/noz1.tmp")) {
                Files.writeString(mirror.resolve(left), "");
            }
            try (GitSource other = GitSource.open(work.folder().toString(), mirror)) {
                assertTrue(Files.exists(mirror.resolve("config.lock")), "the first one lives: " + other.url());
            }
            source.close();
            GitSource.open(work.folder().toString(), mirror).close();
            assertEquals(clean, files(mirror));
        }
        Files.delete(mirror.resolve("HEAD"));
        Files.createDirectories(folder.resolve("mirror.new-1/objects"));
        try (GitSource source = GitSource.open(work.folder().toString(), folder.resolve("other"))) {
            assertEquals(work.head(), source.poll().commits().get("refs/heads/main"));
        }
    }

    @Test
    void objectsThatGitsOwnCheckRefusesAreRefused() throws Exception {
        work.write("a", "x").commit("good");
        Path raw = folder.resolve("raw");
        Files.writeString(raw, "100644 ..\0");
        try (var out = Files.newOutputStream(raw, java.nio.file.StandardOpenOption.APPEND)) {
            out.write(java.util.HexFormat.of().parseHex(work.git("rev-parse", "HEAD:a")));
        }
        String tree = work.git("hash-object", "-t", "tree", "-w", "--literally", raw.toString());
        String commit = work.git("commit-tree", "-m", "hostile", tree);
        work.git("update-ref", "refs/heads/main", commit);
        try (GitSource source = GitSource.open(work.folder().toString(), folder.resolve("mirror"))) {
            SourceException refused = assertThrows(SourceException.class, source::poll);
            assertFalse(refused.retryable(), refused.toString());
            assertTrue(refused.toString().contains("Git's own check"), refused.toString());
        }
    }

    @Test
    void theUsersOwnConfigurationIsNotRead() throws Exception {
        GitSource.open(work.folder().toString(), folder.resolve("mirror")).close();
        Config user = SystemReader.getInstance().openUserConfig(null, FS.DETECTED);

        assertEquals(List.of(), List.copyOf(user.getSections()));
        assertEquals(null, SystemReader.getInstance().getenv("GIT_DIR"));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(file -> !file.equals("FETCH_HEAD"))
                    .sorted()
                    .toList();
        }
    }
}
