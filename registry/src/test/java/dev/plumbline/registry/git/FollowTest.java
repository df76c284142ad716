package dev.plumbline.registry.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.Ref;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.source.Tip;
import dev.plumbline.registry.source.VersionRange;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where each kind of ref leads, on this machine and behind the real git http-backend. */
class FollowTest {

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

    /** The same repository read in both ways, each with a mirror of its own. */
    private List<GitSource> both() throws SourceException {
        return List.of(source(work.folder().toString()), source(backend.url("work/.git")));
    }

    private GitSource source(String url) throws SourceException {
        return GitSource.open(
                Address.parse(url, Address.Allowed.SAFE_AND_LOOPBACK_HTTP), folder.resolve("mirror-" + ++mirrors));
    }

    private void assertLeads(Ref ref, CommitId commit, String name, String object) throws Exception {
        for (GitSource each : both()) {
            try (GitSource source = each) {
                assertEquals(new Tip(commit, name, object), source.poll(ref), source.url());
                assertTrue(source.repository().commit(commit).isPresent());
            }
        }
    }

    private void assertNowhere(Ref ref, String why) throws Exception {
        for (GitSource each : both()) {
            try (GitSource source = each) {
                SourceException failed = assertThrows(SourceException.class, () -> source.poll(ref));
                assertTrue(failed.toString().contains(why), failed.toString());
                assertFalse(failed.retryable());
            }
        }
    }

    @Test
    void branchesAndTagsOfOneNameAreApart() throws Exception {
        CommitId first = work.commit("first");
        work.git("tag", "-a", "same", "-m", "release");
        CommitId second = work.commit("second");
        work.git("branch", "same");
        String tag = work.git("rev-parse", "refs/tags/same");

        assertLeads(new Ref.Branch("same"), second, "refs/heads/same", second.hex());
        assertLeads(new Ref.Tag("same"), first, "refs/tags/same", tag);
        assertLeads(new Ref.RepositoryDefault(), second, "refs/heads/main", second.hex());
        assertNowhere(new Ref.Branch("other"), "branch other");
        assertNowhere(new Ref.Tag("main"), "tag main");
    }

    @Test
    void aTagOfATagLeadsToItsCommitAndOneOfAFileNowhere() throws Exception {
        CommitId first = work.write("a", "1").commit("first");
        work.git("tag", "-a", "inner", "-m", "inner");
        work.git("tag", "-a", "outer", "-m", "outer", "inner");
        work.git("tag", "a-file", work.git("rev-parse", "HEAD:a"));

        assertLeads(new Ref.Tag("outer"), first, "refs/tags/outer", work.git("rev-parse", "refs/tags/outer"));
        assertNowhere(new Ref.Tag("a-file"), "names no commit");
    }

    @Test
    void theNewestVersionOfARangeIsFollowed() throws Exception {
        CommitId old = work.commit("old");
        work.git("tag", "v1.2.0");
        CommitId good = work.commit("good");
        work.git("tag", "-a", "v1.10.0", "-m", "release");
        work.commit("later");
        for (String tag : List.of("v2.0.0", "1.11.0-rc.1", "nightly", "model-training@v1.99.0", "v1.9")) {
            work.git("tag", tag);
        }

        assertLeads(range("^1.2"), good, "refs/tags/v1.10.0", work.git("rev-parse", "refs/tags/v1.10.0"));
        assertLeads(range("1.2.x || 1.3.x"), old, "refs/tags/v1.2.0", old.hex());
        assertNowhere(range(">=3"), "no tag whose version is in that range");
    }

    private static Ref range(String text) throws SourceException {
        return new Ref.Newest(VersionRange.parse(text));
    }

    @Test
    void aPinnedCommitNeedsNoBranchAtItsTip() throws Exception {
        CommitId first = work.write("a", "1").commit("first");
        CommitId second = work.write("a", "2").commit("second");
        work.commit("third");
        assertLeads(new Ref.Pinned(first), first, "", first.hex());

        work.git("config", "uploadpack.allowAnySHA1InWant", "true");
        work.git("reset", "-q", "--hard", first.hex());
        assertLeads(new Ref.Pinned(second), second, "", second.hex());
        assertNowhere(new Ref.Pinned(new CommitId("0123456789".repeat(4))), "no branch or tag reaches it");
        assertNowhere(new Ref.Pinned(new CommitId("0123456789abcdef".repeat(4))), "check the id");
    }

    @Test
    void aPinnedCommitThatIsHereIsNotAskedFor() throws Exception {
        CommitId first = work.commit("first");
        work.commit("second");
        try (GitSource source = source(backend.url("work/.git"))) {
            source.poll(new Ref.Branch("main"));
            int before = backend.requests();
            assertEquals(first, source.poll(new Ref.Pinned(first)).commit());
            assertEquals(before, backend.requests());
        }
    }

    @Test
    void whatHasNotMovedIsOnlyListedThoughOneBranchHoldsTheOther() throws Exception {
        CommitId first = work.commit("first");
        work.git("branch", "stable");
        CommitId second = work.commit("second");
        try (GitSource source = source(backend.url("work/.git"))) {
            source.poll(new Ref.Branch("stable"));
            source.poll(new Ref.Branch("main"));
            int before = backend.requests();
            for (int i = 0; i < 5; i++) {
                assertEquals(first, source.poll(new Ref.Branch("stable")).commit());
                assertEquals(second, source.poll(new Ref.Branch("main")).commit());
            }
            assertTrue(backend.requests() - before <= 20, backend.requests() - before + " requests for 10 polls");
        }
    }

    @Test
    void onlyWhatARefNeedsIsFetched() throws Exception {
        CommitId main = work.commit("first");
        work.git("checkout", "-q", "-b", "other");
        CommitId other = work.commit("other");
        for (GitSource each : both()) {
            try (GitSource source = each) {
                assertEquals(main, source.poll(new Ref.Branch("main")).commit());
                assertTrue(source.repository().commit(other).isEmpty(), source.url());
                source.poll();
                assertTrue(source.repository().commit(other).isPresent(), source.url());
            }
        }
    }

    @Test
    void oddNamesAreNames() throws Exception {
        CommitId head = work.commit("first");
        for (String name :
                List.of("-x", "--upload-pack=touch", "a;b", "$(id)", "ü/ñ", "a&b|c", "'quoted'", "x{y}", "%2e%2e")) {
            work.git("update-ref", "refs/heads/" + name, head.hex());
            assertLeads(new Ref.Branch(name), head, "refs/heads/" + name, head.hex());
        }
        assertNowhere(new Ref.Branch("../../config"), "none of that name");
        assertNowhere(new Ref.Branch("*"), "none of that name");
        assertNowhere(new Ref.Branch(""), "none of that name");
    }

    @Test
    void aForcedPushLeadsToTheNewCommitAndTheOldOneStays() throws Exception {
        CommitId base = work.commit("base");
        CommitId away = work.write("a", "2").commit("away");
        for (GitSource each : both()) {
            try (GitSource source = each) {
                work.git("reset", "-q", "--hard", away.hex());
                assertEquals(away, source.poll(new Ref.Branch("main")).commit());
                work.git("reset", "-q", "--hard", base.hex());
                CommitId other = work.write("a", "3").commit("other");
                assertEquals(other, source.poll(new Ref.Branch("main")).commit());
                assertEquals(away, source.poll(new Ref.Pinned(away)).commit());
            }
        }
    }
}
