package dev.plumbline.registry.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.git.TestRepository;
import dev.plumbline.registry.model.CommitId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every source's snapshots do, and the fixture of the source contract. */
public abstract class SnapshotContract {

    @TempDir
    protected Path folder;

    protected TestRepository work;

    private @Nullable Source opened;

    /** Opens a source of what {@link #publish} published, over a mirror that lives as long as the test. */
    protected abstract Source open() throws Exception;

    /** Makes the branches and tags of the work tree those of the source. */
    protected abstract void publish() throws Exception;

    /** Ends the repository: nobody can reach it any more. */
    protected abstract void takeAway() throws Exception;

    @BeforeEach
    void makeWorkTree() throws Exception {
        work = new TestRepository(folder.resolve("work"));
    }

    @AfterEach
    void close() throws Exception {
        if (opened instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    final Source source() throws Exception {
        if (opened == null) {
            opened = open();
        }
        return opened;
    }

    final Refs poll() throws Exception {
        publish();
        return source().poll();
    }

    /** The snapshot of the work tree as it is now. */
    protected Snapshot snapshot() throws Exception {
        CommitId head = work.commit("files");
        poll();
        return source().repository().snapshot(head);
    }

    /** The snapshot of a work tree with the submodule {@code vendor/lib}, in which stands a file {@code a}. */
    protected Snapshot snapshotWithSubmodule() throws Exception {
        CommitId other = work.write("a", "1").commit("first");
        work.git("update-index", "--add", "--cacheinfo", "160000," + other.hex() + ",vendor/lib");
        work.git("commit", "-q", "-m", "submodule");
        CommitId head = work.head();
        poll();
        return source().repository().snapshot(head);
    }

    @Test
    void childrenAreWhatIsListed() throws Exception {
        Snapshot snapshot = snapshotWithSubmodule();
        assertEquals(
                snapshot.list("").stream().map(Snapshot.Entry::name).toList(),
                snapshot.children("").stream().map(Snapshot.Child::name).toList());
        for (Snapshot.Child child : snapshot.children("")) {
            Snapshot.Entry entry = snapshot.find(child.name());
            assertTrue(
                    child.type() == Snapshot.Entry.Type.SYMLINK || (entry != null && entry.type() == child.type()),
                    child.toString());
        }
        assertEquals(List.of(), snapshot.children("none"));
    }

    @Test
    void readsFilesAndFolders() throws Exception {
        work.write("a/b/c.txt", "content")
                .write("a-b", "")
                .write("a.b", "")
                .write("a/b.txt", "")
                .write("ä", "");
        Snapshot snapshot = snapshot();

        assertEquals("content", text(snapshot, "a/b/c.txt"));
        assertEquals("c.txt", find(snapshot, "a/b/c.txt").name());
        assertEquals(Snapshot.Entry.Type.FOLDER, find(snapshot, "a/b").type());
        assertEquals(Snapshot.Entry.Type.FOLDER, find(snapshot, "").type());
        assertEquals(List.of("a", "a-b", "a.b", "ä"), names(snapshot, ""));
        assertEquals(List.of("a/b", "a/b.txt"), names(snapshot, "a"));
        assertEquals(find(snapshot, "a-b").id(), find(snapshot, "a.b").id(), "equal content, equal id");
        assertNotEquals(find(snapshot, "a-b").id(), find(snapshot, "a/b/c.txt").id());
        for (String nothing : List.of("b", "a/x", "a-b/x", "a/", "/a", "a//b", ".", "..", "a/../a-b", "./a")) {
            assertNull(snapshot.find(nothing), nothing);
            assertEquals(List.of(), snapshot.list(nothing), nothing);
        }
        assertEquals(List.of(), snapshot.list("a-b"));
    }

    @Test
    void linksAreFollowedInsideTheTree() throws Exception {
        work.write("base/kustomization.yaml", "resources: []").write("base/deep/file", "x");
        link("overlay/base", "../base");
        link("overlay/file", "base/deep/../deep/./file");
        link("top", ".");
        Snapshot snapshot = snapshot();

        assertEquals("resources: []", text(snapshot, "overlay/base/kustomization.yaml"));
        assertEquals("x", text(snapshot, "overlay/file"));
        assertEquals("x", text(snapshot, "top/top/overlay/base/deep/file"));
        assertEquals(Snapshot.Entry.Type.FOLDER, find(snapshot, "overlay/base").type());
        assertEquals(List.of("overlay/base", "overlay/file"), names(snapshot, "overlay"));
        assertEquals(List.of("overlay/base/deep", "overlay/base/kustomization.yaml"), names(snapshot, "overlay/base"));
        assertNull(snapshot.find("overlay/base/missing"));
        assertNull(snapshot.find("overlay/file/below"));
    }

    @Test
    void linksThatLeadNowhereAreLinks() throws Exception {
        work.write("dir/file", "x");
        link("dir/out", "../../etc/passwd");
        link("dir/absolute", "/etc/passwd");
        link("dir/dangling", "missing");
        link("dir/circle", "circle");
        link("dir/one", "two");
        link("dir/two", "one");
        link("dir/through", "file/below");
        link("dir/sneaky", "../dir/../../outside");
        for (int i = 0; i < 60; i++) {
            link("chain/" + i, String.valueOf(i + 1));
        }
        work.write("chain/60", "end");
        Snapshot snapshot = snapshot();

        for (String path : List.of("out", "absolute", "dangling", "circle", "one", "through", "sneaky")) {
            assertEquals(
                    Snapshot.Entry.Type.SYMLINK, find(snapshot, "dir/" + path).type(), path);
            assertEquals(
                    Snapshot.Entry.Type.SYMLINK,
                    find(snapshot, "dir/" + path + "/below").type(),
                    path);
            assertEquals(List.of(), snapshot.list("dir/" + path));
        }
        assertEquals(Snapshot.Entry.Type.SYMLINK, find(snapshot, "chain/0").type(), "more than 40 links");
        assertEquals("end", text(snapshot, "chain/30"));
        assertThrows(IllegalArgumentException.class, () -> snapshot.read(find(snapshot, "dir/out")));
    }

    @Test
    void submodulesAreNamedAndNeverFollowed() throws Exception {
        Snapshot snapshot = snapshotWithSubmodule();

        assertEquals(Snapshot.Entry.Type.SUBMODULE, find(snapshot, "vendor/lib").type());
        assertEquals(List.of("vendor/lib"), names(snapshot, "vendor"));
        assertNull(snapshot.find("vendor/lib/a"));
        assertEquals(List.of(), snapshot.list("vendor/lib"));
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws Exception {
        work.write("large", "x".repeat(Snapshot.MAX_FILE_BYTES + 1)).write("fits", "x".repeat(Snapshot.MAX_FILE_BYTES));
        Snapshot snapshot = snapshot();

        FileTooLargeException refused =
                assertThrows(FileTooLargeException.class, () -> snapshot.read(find(snapshot, "large")));
        assertEquals(Snapshot.MAX_FILE_BYTES + 1, refused.bytes());
        assertFalse(refused.retryable());
        assertTrue(refused.toString().contains("large"), refused.toString());
        assertEquals(Snapshot.MAX_FILE_BYTES, snapshot.read(find(snapshot, "fits")).length);
    }

    private void link(String path, String target) throws Exception {
        Path link = work.folder().resolve(path);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }

    private static Snapshot.Entry find(Snapshot snapshot, String path) throws SourceException {
        Snapshot.Entry entry = snapshot.find(path);
        assertNotNull(entry, path);
        return entry;
    }

    static String text(Snapshot snapshot, String path) throws SourceException {
        return new String(snapshot.read(find(snapshot, path)), UTF_8);
    }

    private static List<String> names(Snapshot snapshot, String folder) throws SourceException {
        return snapshot.list(folder).stream().map(Snapshot.Entry::path).toList();
    }
}
