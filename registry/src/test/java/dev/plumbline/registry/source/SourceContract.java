package dev.plumbline.registry.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.store.Race;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every source does, seen from a work tree that people commit in. */
public abstract class SourceContract extends SnapshotContract {

    @Test
    void anEmptyRepositoryHasNoBranches() throws Exception {
        assertEquals(Map.of(), poll().commits());
    }

    @Test
    void namesMeanCommitsAndAnnotatedTagsArePeeled() throws Exception {
        CommitId first = work.write("a", "1").commit("first");
        work.git("tag", "-a", "model-training@v1.0.0", "-m", "release");
        work.git("tag", "light");
        work.git("branch", "feature/x");
        CommitId second = work.write("a", "2").commit("second");
        Refs refs = poll();

        assertEquals(
                Map.of(
                        "refs/heads/main", second,
                        "refs/heads/feature/x", first,
                        "refs/tags/model-training@v1.0.0", first,
                        "refs/tags/light", first),
                refs.commits());
        assertEquals("refs/heads/main", refs.defaultBranch());
        assertEquals(Optional.of(second), refs.resolve(""));
    }

    @Test
    void aTagOfSomethingElseIsLeftOut() throws Exception {
        work.write("a", "1").commit("first");
        work.git("tag", "a-file", work.git("rev-parse", "HEAD:a"));

        assertEquals(Set.of("refs/heads/main"), poll().commits().keySet());
    }

    @Test
    void pollsFollowCommitsAndRemovedBranches() throws Exception {
        CommitId first = work.write("a", "1").commit("first");
        work.git("branch", "old");
        assertEquals(first, poll().commits().get("refs/heads/main"));
        assertEquals(first, source().poll().commits().get("refs/heads/main"));
        CommitId second = work.write("a", "2").commit("second");
        work.git("branch", "-D", "old");
        work.git("branch", "old/and/deeper");

        assertEquals(Map.of("refs/heads/main", second, "refs/heads/old/and/deeper", second), poll().commits());
    }

    @Test
    void forcedAwayCommitsStayReadable() throws Exception {
        CommitId base = work.write("a", "1").commit("base");
        CommitId away = work.write("a", "2").commit("forced away");
        poll();
        work.git("reset", "-q", "--hard", base.hex());
        CommitId other = work.write("a", "3").commit("other");
        Refs refs = poll();

        assertEquals(other, refs.commits().get("refs/heads/main"));
        assertFalse(source().repository().isAncestor(away, other));
        assertEquals("2", text(source().repository().snapshot(away), "a"));
    }

    @Test
    void whatWasFetchedStaysReadableWithTheRepositoryGone() throws Exception {
        CommitId head = work.write("a", "1").commit("first");
        poll();
        takeAway();

        SourceException away = assertThrows(SourceException.class, source()::poll);
        assertTrue(away.toString().contains("tried to"), away.toString());
        assertEquals("1", text(source().repository().snapshot(head), "a"));
    }

    @Test
    void readsCommits() throws Exception {
        CommitId root = work.commit("root");
        work.git("checkout", "-q", "-b", "side");
        CommitId side = work.write("s", "1").commit("side\n\nwith a body");
        work.git("checkout", "-q", "main");
        CommitId main = work.write("m", "1").commit("main");
        work.git("merge", "-q", "--no-ff", "-m", "merge side", "side");
        CommitId merge = work.head();
        poll();
        Repository repository = source().repository();

        Commit read = repository.commit(side).orElseThrow();
        assertEquals("side", read.subject());
        assertEquals(new Person("Ada", "ada@example.org"), read.author());
        assertEquals(List.of(root), read.parents());
        assertEquals(List.of(main, side), repository.commit(merge).orElseThrow().parents());
        assertEquals(
                List.of(merge, main, root),
                repository.mainline(merge, 10).stream().map(Commit::id).toList());
        assertEquals(1, repository.mainline(merge, 1).size());
        assertEquals(0, repository.mainline(merge, 0).size());
        assertTrue(repository.isAncestor(side, merge));
        assertTrue(repository.isAncestor(merge, merge));
        assertFalse(repository.isAncestor(side, main));
    }

    @Test
    void completesAbbreviations() throws Exception {
        CommitId head = work.write("a", "1").commit("first");
        poll();
        Repository repository = source().repository();

        assertEquals(Optional.of(head), repository.complete(head.hex().substring(0, 8)));
        assertEquals(Optional.of(head), repository.complete(head.hex()));
        assertEquals(Optional.empty(), repository.complete(head.hex().substring(0, 3)));
        assertEquals(Optional.empty(), repository.complete("main"));
        assertEquals(Optional.empty(), repository.complete(work.git("rev-parse", "HEAD:a")), "a file is no commit");
    }

    @Test
    void anUnknownCommitIsSaid() throws Exception {
        work.commit("first");
        poll();
        CommitId unknown = new CommitId("0123456789".repeat(4));

        assertEquals(Optional.empty(), source().repository().commit(unknown));
        assertEquals(Optional.empty(), source().repository().commit(new CommitId("0123456789abcdef".repeat(4))));
        SourceException failed =
                assertThrows(SourceException.class, () -> source().repository().snapshot(unknown));
        assertFalse(failed.retryable());
        assertTrue(failed.toString().contains(unknown.hex()), failed.toString());
    }

    @Test
    void changedFilesAreThoseOnEitherSide() throws Exception {
        CommitId first = work.write("kept", "1")
                .write("changed", "1")
                .write("dir/moved", "a longer content that git would call a rename\n")
                .commit("first");
        work.write("changed", "2").write("added", "1");
        Files.createDirectories(work.folder().resolve("elsewhere"));
        Files.move(work.folder().resolve("dir/moved"), work.folder().resolve("elsewhere/moved"));
        CommitId second = work.commit("second");
        poll();
        Set<String> paths = Set.of("changed", "added", "dir/moved", "elsewhere/moved");

        assertEquals(paths, source().repository().changedFiles(first, second));
        assertEquals(paths, source().repository().changedFiles(second, first));
        assertEquals(Set.of(), source().repository().changedFiles(second, second));
    }

    @Test
    void sixteenThreadsPollAndReadTogether() throws Exception {
        work.write("a/b", "content").commit("first");
        publish();
        Source source = source();
        CommitId head = work.head();

        assertEquals(Set.of("content"), Set.copyOf(Race.run(() -> {
            assertEquals(head, source.poll().commits().get("refs/heads/main"));
            return text(source.repository().snapshot(head), "a/b");
        })));
    }
}
