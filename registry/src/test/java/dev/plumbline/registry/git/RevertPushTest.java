package dev.plumbline.registry.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A revert reaches the remote: of a clone, and of a repository that only the mirror stands for. */
class RevertPushTest {

    private static final Person GRACE = new Person("Grace", "grace@example.org");

    @TempDir
    private Path folder;

    private Path origin;
    private TestRepository work;
    private CommitId bad;

    @BeforeEach
    void makeOriginAndClone() throws IOException {
        work = new TestRepository(folder.resolve("work"));
        work.write("step.py", "good\n").commit("first");
        bad = work.write("step.py", "bad\n").commit("Break the step");
        origin = folder.resolve("origin.git");
        work.git("clone", "-q", "--bare", work.folder().toString(), origin.toString());
        work.git("--git-dir", origin.toString(), "config", "http.receivepack", "true");
    }

    private RevertOrder order() {
        return new RevertOrder("", bad, GRACE, Instant.parse("2026-03-01T12:00:00Z"), "");
    }

    private GitSource source(String address) throws SourceException {
        return GitSource.open(
                Address.parse(address, Address.Allowed.SAFE_AND_LOOPBACK_HTTP), folder.resolve("mirror.git"));
    }

    private String atOrigin(String what) throws IOException {
        return work.git("--git-dir", origin.toString(), "rev-parse", what);
    }

    @Test
    void ofACloneGoesToItsOrigin() throws Exception {
        work.git("remote", "add", "origin", "../origin.git");
        try (GitSource source = source(work.folder().toString())) {
            GitRevert.Made made = source.revert(order());

            assertEquals(origin.toString(), made.pushedTo());
            assertEquals("", made.notPushed());
            assertEquals(made.commit().hex(), atOrigin("main"));
            assertEquals(made.commit(), work.head());
            assertEquals(atOrigin("main~2:step.py"), atOrigin("main:step.py"));
        }
    }

    @Test
    void ofACloneGoesToTheBranchThatItsBranchFollows() throws Exception {
        work.git("--git-dir", origin.toString(), "branch", "-m", "main", "trunk");
        work.git("remote", "add", "upstream", origin.toString());
        work.git("fetch", "-q", "upstream");
        work.git("branch", "-q", "--set-upstream-to=upstream/trunk");
        try (GitSource source = source(work.folder().toString())) {
            assertEquals(source.revert(order()).commit().hex(), atOrigin("trunk"));
        }
    }

    @Test
    void staysInTheCloneAndSaysSoWhereOriginWentOn() throws Exception {
        TestRepository colleague = new TestRepository(folder.resolve("colleague"));
        colleague.git("pull", "-q", origin.toString(), "main");
        CommitId theirs = colleague.write("other", "1").commit("Theirs");
        colleague.git("push", "-q", origin.toString(), "main");
        work.git("remote", "add", "origin", origin.toString());
        try (GitSource source = source(work.folder().toString())) {
            GitRevert.Made made = source.revert(order());

            assertEquals("", made.pushedTo());
            assertTrue(made.notPushed().contains("has commits there that are not here"), made.notPushed());
            assertTrue(made.notPushed().contains("git -C " + work.folder() + " push origin main"), made.notPushed());
            assertEquals(made.commit(), work.head());
            assertEquals(theirs.hex(), atOrigin("main"));
        }
    }

    @Test
    void aCloneOfAnSshRemoteIsToldToPushByHand() throws Exception {
        work.git("remote", "add", "origin", "git@example.org:team/pipelines.git");
        try (GitSource source = source(work.folder().toString())) {
            GitRevert.Made made = source.revert(order());

            assertTrue(made.notPushed().contains("push origin main"), made.notPushed());
            assertEquals("good\n", Files.readString(work.folder().resolve("step.py")));
        }
    }

    @Test
    void ofARemoteRepositoryIsPushedFromTheMirror() throws Exception {
        try (HttpBackend backend = new HttpBackend(folder);
                GitSource source = source(backend.url("origin.git"))) {
            GitRevert.Made made = source.revert(order());

            assertEquals(made.commit().hex(), atOrigin("main"));
            assertEquals(atOrigin("main~2:step.py"), atOrigin("main:step.py"));
            assertEquals(
                    "Revert \"Break the step\"",
                    work.git("--git-dir", origin.toString(), "log", "-1", "--format=%s", "main"));
            assertEquals(
                    made.commit(),
                    source.poll().commits().get("refs/heads/main"),
                    "the next poll sees what was pushed");
        }
    }

    @Test
    void aRemoteThatAsksForCredentialsIsSaidAndNothingMoves() throws Exception {
        try (HttpBackend backend = new HttpBackend(folder);
                GitSource source = source(backend.url("origin.git"))) {
            source.poll();
            work.git("--git-dir", origin.toString(), "config", "http.receivepack", "false");
            SourceException refused = assertThrows(SourceException.class, () -> source.revert(order()));

            assertTrue(
                    refused.getMessage().startsWith("tried to push to " + backend.url("origin.git")),
                    refused.getMessage());
            assertFalse(refused.retryable());
            assertEquals(bad.hex(), atOrigin("main"));
        }
    }
}
