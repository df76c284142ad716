package dev.plumbline.registry.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRepositoryTest {

    @TempDir
    private Path folder;

    private TestRepository work;
    private CommitId first;
    private CommitId second;

    @BeforeEach
    void twoCommits() throws Exception {
        work = new TestRepository(folder.resolve("work"));
        first = work.write("a", "1").commit("first");
        second = work.write("a", "2").commit("second");
        work.git("tag", "-a", "-m", "one", "v1", first.hex());
    }

    @Test
    void speaksGitsLanguageOfRevisions() throws Exception {
        try (LocalRepository local = LocalRepository.open(work.folder())) {
            for (String name : List.of(
                    "HEAD",
                    "main",
                    "refs/heads/main",
                    second.hex(),
                    second.hex().substring(0, 7))) {
                assertEquals(second, local.resolve(name), name);
            }
            for (String name : List.of("HEAD~1", "HEAD^", "v1", "main~", "main@{1}")) {
                assertEquals(first, local.resolve(name), name);
            }
            assertNotNull(local.repository().snapshot(first).find("a"));
        }
    }

    @Test
    void commitsShareTheIdsOfWhatIsTheSameInThem() throws Exception {
        CommitId third =
                work.write("folder/same", "1").write("folder/other", "1").commit("third");
        CommitId fourth = work.write("folder/other", "2").commit("fourth");
        try (LocalRepository local = LocalRepository.open(work.folder())) {
            Repository repository = local.repository();
            Snapshot older = repository.snapshot(third);
            Snapshot newer = repository.snapshot(fourth);
            assertSame(
                    Objects.requireNonNull(older.find("folder/same")).id(),
                    Objects.requireNonNull(newer.find("folder/same")).id(),
                    "or whoever remembers commits of a large folder holds each id once per commit");
            assertNotEquals(older.find("folder/other"), newer.find("folder/other"));
        }
    }

    @Test
    void whatNamesNoCommitIsSaid() throws Exception {
        try (LocalRepository local = LocalRepository.open(work.folder())) {
            String tree = work.git("rev-parse", "HEAD^{tree}").strip();
            for (String name : List.of(
                    "nowhere",
                    "",
                    " ",
                    "HEAD~9",
                    "0000000",
                    "HEAD:a",
                    "..",
                    "main..v1",
                    "--all",
                    "^{",
                    tree,
                    "x".repeat(2000))) {
                SourceException said = assertThrows(SourceException.class, () -> local.resolve(name), name);
                assertTrue(said.getMessage().contains("\"" + name + "\""), said.getMessage());
                assertFalse(said.retryable());
            }
        }
    }

    @Test
    void opensLinkedWorkTreesAndBareRepositories() throws Exception {
        work.git(
                "worktree", "add", "-q", "-b", "other", folder.resolve("linked").toString());
        work.git(
                "clone",
                "-q",
                "--bare",
                work.folder().toString(),
                folder.resolve("bare.git").toString());
        for (String name : List.of("linked", "bare.git")) {
            try (LocalRepository local = LocalRepository.open(folder.resolve(name))) {
                assertEquals(second, local.resolve("HEAD"), name);
                assertEquals(first, local.resolve("v1"), name);
            }
        }
    }

    @Test
    void aShallowCloneDoesNotPassItsEndForTheBeginning() throws Exception {
        Path shallow = folder.resolve("shallow");
        work.git("clone", "-q", "--depth", "1", work.folder().toUri().toString(), shallow.toString());
        try (LocalRepository local = LocalRepository.open(shallow)) {
            List<Commit> line = local.repository().mainline(local.resolve("HEAD"), 10);
            assertEquals(1, line.size());
            assertEquals(List.of(first), line.getFirst().parents());
        }
    }

    @Test
    void findsWhereTwoCommitsPart() throws Exception {
        work.git("checkout", "-q", "-b", "topic", first.hex());
        CommitId topic = work.write("b", "1").commit("topic");
        try (LocalRepository local = LocalRepository.open(work.folder())) {
            assertEquals(first, local.mergeBase(second, topic));
            assertEquals(first, local.mergeBase(topic, second));
            assertEquals(first, local.mergeBase(first, topic));
            assertEquals(topic, local.mergeBase(topic, topic));
        }
        work.git("checkout", "-q", "--orphan", "island");
        CommitId island = work.commit("island");
        try (LocalRepository local = LocalRepository.open(work.folder())) {
            SourceException said = assertThrows(SourceException.class, () -> local.mergeBase(second, island));
            assertTrue(said.getMessage().contains("no commit is in the history of both"), said.getMessage());
        }
        Path shallow = folder.resolve("shallow");
        String from = work.folder().toUri().toString();
        work.git("clone", "-q", "--depth", "1", "--no-single-branch", from, shallow.toString());
        try (LocalRepository local = LocalRepository.open(shallow)) {
            SourceException said = assertThrows(SourceException.class, () -> local.mergeBase(second, topic));
            assertTrue(said.getMessage().contains("fetch-depth: 0"), said.getMessage());
        }
    }

    @Test
    void whatIsNoRepositoryIsRefused() throws Exception {
        Path plain = Files.createDirectories(folder.resolve("plain"));
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(broken.resolve(".git"), "gitdir: /nowhere\n");
        for (Path path : List.of(plain, broken, folder.resolve("missing"))) {
            SourceException said = assertThrows(SourceException.class, () -> LocalRepository.open(path));
            assertTrue(said.getMessage().contains(path.toString()), said.getMessage());
        }
        Path other = folder.resolve("sha256");
        work.git("init", "-q", "--object-format=sha256", other.toString());
        SourceException said = assertThrows(SourceException.class, () -> LocalRepository.open(other));
        assertTrue(said.getMessage().contains("sha256"), said.getMessage());
    }
}
