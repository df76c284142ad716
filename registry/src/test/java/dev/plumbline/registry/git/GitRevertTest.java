package dev.plumbline.registry.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.Race;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRevertTest {

    private static final Person GRACE = new Person("Grace", "grace@example.org");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private TestRepository work;

    @BeforeEach
    void makeWorkTree() throws IOException {
        work = new TestRepository(folder.resolve("work"));
    }

    private CommitId revert(CommitId bad) throws SourceException {
        return local(work.folder(), new RevertOrder("", bad, GRACE, NOON, ""));
    }

    private static CommitId local(Path repository, RevertOrder order) throws SourceException {
        GitRevert.Made made = GitRevert.local(repository, order);
        assertEquals("", made.pushedTo() + made.notPushed(), "no repository here has a remote");
        return made.commit();
    }

    private String refused(CommitId bad) {
        SourceException refused = assertThrows(SourceException.class, () -> revert(bad));
        assertFalse(refused.retryable());
        return refused.toString();
    }

    @Test
    void revertsAnOlderCommitAndUpdatesTheWorkTree() throws Exception {
        CommitId first = work.write("step.py", "good\n").write("other", "1\n").commit("first");
        CommitId bad = work.write("step.py", "bad\n").write("added/file", "x").commit("Break the step");
        work.write("other", "2\n").commit("unrelated");
        CommitId revert = revert(bad);

        assertEquals(revert, work.head());
        assertEquals("", work.git("status", "--porcelain"));
        assertEquals("good\n", Files.readString(work.folder().resolve("step.py")));
        assertEquals("2\n", Files.readString(work.folder().resolve("other")));
        assertFalse(Files.exists(work.folder().resolve("added")));
        assertEquals(
                "Grace|grace@example.org|2026-03-01T12:00:00Z|Revert \"Break the step\"",
                work.git("log", "-1", "--format=%an|%ae|%cd|%s", "--date=format-local:%Y-%m-%dT%H:%M:%SZ"));
        assertTrue(work.git("log", "-1", "--format=%b").contains("This reverts commit " + bad));
        assertEquals(work.git("rev-parse", first + ":step.py"), work.git("rev-parse", "HEAD:step.py"));
        work.git("fsck", "--strict");
    }

    @Test
    void aRevertCanBeReverted() throws Exception {
        work.write("a", "1").commit("first");
        CommitId bad = work.write("a", "2").commit("second");
        revert(revert(bad));

        assertEquals("2", Files.readString(work.folder().resolve("a")));
    }

    @Test
    void revertsTheFirstCommitAndMerges() throws Exception {
        CommitId root = work.write("root", "1").commit("root");
        work.git("checkout", "-q", "-b", "side");
        work.write("side", "1").commit("side");
        work.git("checkout", "-q", "main");
        work.write("main", "1").commit("main");
        work.git("merge", "-q", "--no-ff", "-m", "merge side", "side");
        revert(work.head());
        assertEquals("main\nroot", work.git("ls-files"));
        revert(root);
        assertEquals("main", work.git("ls-files"));
        assertEquals("", work.git("status", "--porcelain"));
    }

    @Test
    void worksInABareRepositoryAndOnANamedBranch() throws Exception {
        work.write("a", "1").commit("first");
        CommitId bad = work.write("a", "2").commit("second");
        Path bare = folder.resolve("bare.git");
        work.git("clone", "-q", "--bare", work.folder().toString(), bare.toString());
        work.git("--git-dir", bare.toString(), "remote", "remove", "origin");
        CommitId revert = local(bare, new RevertOrder("main", bad, GRACE, NOON, "Undo it\n"));

        work.git("fetch", "-q", bare.toString(), "main");
        assertEquals(revert.hex(), work.git("rev-parse", "FETCH_HEAD"));
        assertEquals("Undo it", work.git("log", "-1", "--format=%B", "FETCH_HEAD"));
        assertEquals("1", work.git("show", "FETCH_HEAD:a"));
        work.git("checkout", "-q", "-b", "elsewhere");
        local(work.folder(), new RevertOrder("main", bad, GRACE, NOON, ""));
        assertEquals("1", work.git("show", "main:a"));
        assertEquals("2", Files.readString(work.folder().resolve("a")), "another branch is checked out");
        assertEquals("", work.git("status", "--porcelain"));
    }

    @Test
    void saysWhyItCannot() throws Exception {
        CommitId first = work.write("a", "1\n").commit("first");
        CommitId bad = work.write("a", "2\n").commit("second");
        work.git("checkout", "-q", "-b", "side", first.hex());
        CommitId aside = work.write("b", "1").commit("aside");
        work.git("checkout", "-q", "main");
        assertTrue(refused(aside).contains("not in the branch"));
        assertTrue(refused(new CommitId("0".repeat(39) + "1")).contains("no such commit"));

        work.write("a", "dirty\n");
        assertTrue(refused(bad).contains("uncommitted changes in a"), refused(bad));
        assertEquals("dirty\n", Files.readString(work.folder().resolve("a")));
        CommitId later = work.write("a", "3\n").commit("third");
        assertTrue(refused(bad).contains("changed the same lines in a"), refused(bad));
        revert(later);
        revert(bad);
        assertTrue(refused(bad).contains("not in the branch any more"), refused(bad));
        CommitId removed = removal();
        work.write("gone", "untracked");
        assertTrue(refused(removed).contains("in its way: gone"), refused(removed));
        assertEquals("untracked", Files.readString(work.folder().resolve("gone")));
        assertEquals(removed, work.head());
    }

    private CommitId removal() throws IOException {
        work.write("gone", "x").commit("add");
        Files.delete(work.folder().resolve("gone"));
        return work.commit("remove");
    }

    @Test
    void ofRevertsAtTheSameTimeNoneIsLost() throws Exception {
        List<CommitId> commits = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            commits.add(work.write("file" + i, "x").commit("add " + i));
        }
        Path bare = folder.resolve("bare.git");
        work.git("clone", "-q", "--bare", work.folder().toString(), bare.toString());
        work.git("--git-dir", bare.toString(), "remote", "remove", "origin");
        ConcurrentLinkedQueue<CommitId> waiting = new ConcurrentLinkedQueue<>(commits);
        Race.run(() -> {
            for (CommitId bad = waiting.poll(); bad != null; bad = waiting.poll()) {
                try {
                    local(bare, new RevertOrder("", bad, GRACE, NOON, ""));
                } catch (SourceException moved) {
                    assertTrue(moved.retryable(), moved.toString());
                    waiting.add(bad);
                }
            }
            return true;
        });

        assertEquals("8", work.git("--git-dir", bare.toString(), "rev-list", "--count", "main"));
        assertEquals("", work.git("--git-dir", bare.toString(), "ls-tree", "main"));
    }

    @Test
    void makesARepositoryOfShippedFiles() throws Exception {
        Path shipped = Files.createDirectories(folder.resolve("shipped/pipelines/training/steps"));
        Files.writeString(shipped.resolve("train.py"), "print()");
        Files.createDirectories(shipped.resolve("__pycache__"));
        Files.writeString(shipped.resolve("__pycache__/train.pyc"), "x");
        Path target = folder.resolve("data/repository");
        CommitId commit = GitInit.create(target, List.of(folder.resolve("shipped/pipelines")), GRACE, NOON, "Begin");

        TestRepository made = new TestRepository(target);
        assertEquals(commit, made.head());
        assertEquals("main", made.git("branch", "--show-current"));
        assertEquals("pipelines/training/steps/train.py", made.git("ls-files"));
        assertEquals("", made.git("status", "--porcelain"));
        made.git("fsck", "--strict");
        SourceException refused =
                assertThrows(SourceException.class, () -> GitInit.create(target, List.of(), GRACE, NOON, "Again"));
        assertTrue(refused.toString().contains(target.toString()));
        Files.delete(target.resolve("pipelines/training/steps/train.py"));
        made.write("new", "1");
        assertEquals(GitInit.commitAll(target, GRACE, NOON, "All"), made.head());
        assertEquals("new", made.git("ls-files"));
    }
}
