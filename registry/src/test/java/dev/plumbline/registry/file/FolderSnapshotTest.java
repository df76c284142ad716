package dev.plumbline.registry.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SnapshotContract;
import dev.plumbline.registry.source.Source;
import dev.plumbline.registry.source.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A folder on disk reads like the commit that would be made of it. */
class FolderSnapshotTest extends SnapshotContract {

    @Override
    protected Snapshot snapshot() throws Exception {
        return FolderSnapshot.of(work.folder());
    }

    @Override
    protected Snapshot snapshotWithSubmodule() throws Exception {
        work.write("vendor/lib/a", "1").write("vendor/lib/.git", "gitdir: ../../.git/modules/lib");
        return snapshot();
    }

    @Override
    protected Source open() {
        throw new UnsupportedOperationException("a folder has no commits");
    }

    @Override
    protected void publish() {
        throw new UnsupportedOperationException("a folder has no commits");
    }

    @Override
    protected void takeAway() {
        throw new UnsupportedOperationException("a folder has no commits");
    }

    @Test
    void filesHaveTheIdsOfGit() throws Exception {
        work.write("a.txt", "content\n");
        Snapshot.Entry entry = snapshot().find("a.txt");
        assertNotNull(entry);
        assertEquals(work.git("hash-object", "a.txt").strip(), entry.id());
    }

    @Test
    void foldersOfTwoSnapshotsNeverHaveOneId() throws Exception {
        work.write("a/b", "1");
        Snapshot.Entry before = snapshot().find("a");
        Snapshot.Entry after = snapshot().find("a");
        assertNotNull(before);
        assertNotNull(after);
        assertNotEquals(before.id(), after.id(), "a cache by folder id must not miss what changed on disk");
    }

    @Test
    void whatGitWouldNotKeepIsNotThere() throws Exception {
        work.write("a", "1");
        Process made =
                new ProcessBuilder("mkfifo", work.folder().resolve("pipe").toString()).start();
        assertEquals(0, made.waitFor());
        Snapshot snapshot = snapshot();
        assertNull(snapshot.find("pipe"));
        assertNull(snapshot.find(".git"));
        assertNull(snapshot.find(".git/config"));
        assertNull(snapshot.find("x".repeat(300)));
        assertEquals(1, snapshot.list("").size());
    }

    @Test
    void aFileIsReadOnceEvenWhileSomebodyEdits() throws Exception {
        work.write("a", "before");
        Snapshot snapshot = snapshot();
        Snapshot.Entry found = snapshot.find("a");
        assertNotNull(found);
        work.write("a", "after");
        assertEquals("before", new String(snapshot.read(found), UTF_8));
        assertEquals(found, snapshot.find("a"));
        assertNotEquals(found, snapshot().find("a"));
    }

    @Test
    void aFolderThatIsNoneIsRefused() throws Exception {
        work.write("file", "");
        for (String name : new String[] {"missing", "file"}) {
            Path path = work.folder().resolve(name);
            SourceException refused = assertThrows(SourceException.class, () -> FolderSnapshot.of(path));
            assertTrue(refused.getMessage().contains(path.toString()), refused.getMessage());
        }
        Path link = work.folder().resolveSibling("link");
        Files.createSymbolicLink(link, work.folder());
        assertNotNull(FolderSnapshot.of(link).find("file"), "the folder itself may be named through a link");
    }
}
