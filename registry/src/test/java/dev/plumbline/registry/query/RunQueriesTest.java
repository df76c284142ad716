package dev.plumbline.registry.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.SampleRecords;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunQueriesTest {

    private static final SyncId SYNC = new SyncId("plumbline", "local");

    private final RunJournal journal = new RunJournal(MemoryStores.create(), "cluster-1", SYNC);
    private final RunQueries queries = new RunQueries(List.of(new SyncRuns(SYNC, journal, new OneCommit())));

    @Test
    void aModelIsAnsweredOnOneScreen() throws StoreException, SourceException {
        journal.record(SampleRecords.record("uid-1", "Succeeded"));
        Map<String, @Nullable Object> answer = queries.provenance("churn:2").orElseThrow();
        assertEquals("model", answer.get("kind"));
        assertTrue(Tree.text(answer, "model", "digest").startsWith("sha256:"));
        assertEquals("train-1", Tree.text(answer, "run", "name"));
        assertEquals("local", Tree.text(answer, "run", "executor"));
        assertEquals("MATCH", answer.get("verdict"));
        assertEquals("Use more rounds", Tree.text(answer, "commit", "subject"));
        assertEquals("Ada", Tree.text(answer, "commit", "author"));
        assertEquals(1L, Tree.maps(answer, "range").getFirst().get("commits"));
        assertEquals(
                List.of("shared.py", "train.py"),
                Tree.maps(answer, "files").stream()
                        .map(file -> Tree.text(file, "file"))
                        .toList());
        assertEquals("Use more rounds", Tree.text(Tree.maps(answer, "files").getFirst(), "commit", "subject"));
        assertEquals(Map.of("rounds", "3"), answer.get("parameters"));
        assertEquals(Map.of("validate", "sha256:0"), answer.get("dataDigests"));
        assertEquals("r1", answer.get("mlflowRun"));
    }

    @Test
    void runsAreFoundByNameUidLatestAndCommit() throws StoreException, SourceException {
        journal.record(SampleRecords.record("uid-1", "Succeeded"));
        for (String question : List.of("train-1", "uid-1", "@latest")) {
            assertEquals("run", queries.provenance(question).orElseThrow().get("kind"), question);
        }
        Map<String, @Nullable Object> commit = queries.provenance("11111").orElseThrow();
        assertEquals("commit", commit.get("kind"));
        assertEquals(1, Tree.maps(commit, "runs").size());
        assertEquals("churn", Tree.maps(commit, "models").getFirst().get("name"));
        assertEquals(Optional.empty(), queries.provenance("nothing-of-that-name"));
        assertEquals(Optional.empty(), queries.provenance("2222"));
    }

    @Test
    void whatTheRegistrySaidLaterCounts() throws StoreException, SourceException {
        RunEntry entry = journal.record(SampleRecords.record("uid-1", "Succeeded"));
        journal.amend(entry, List.of(SampleRecords.model().registered(ModelRecord.Registration.MISSING, "")));
        assertEquals("MISSING", queries.models(10).getFirst().get("registration"));
        assertEquals(1, queries.runs(10).size());
    }

    @Test
    void ofTwoRunsThatClaimAModelTheOneThatTheRegistryAgreesWithCounts() throws StoreException, SourceException {
        journal.record(SampleRecords.record("uid-1", "Succeeded"));
        RunEntry forger = journal.record(SampleRecords.record("uid-2", "Succeeded"));
        journal.amend(forger, List.of(SampleRecords.model().registered(ModelRecord.Registration.OTHER_RUN, "")));
        Map<String, @Nullable Object> answer = queries.provenance("churn").orElseThrow();
        assertEquals("uid-1", Tree.text(answer, "run", "uid"));
        assertEquals(List.of("train-1"), answer.get("alsoClaimedBy"));
    }

    /** A repository of one commit. */
    private static final class OneCommit implements Repository {

        @Override
        public Optional<Commit> commit(CommitId id) {
            return Optional.of(id)
                    .filter(SampleRecords.COMMIT::equals)
                    .map(only -> new Commit(
                            only,
                            List.of(),
                            new Person("Ada", "ada@example.com"),
                            Instant.parse("2026-11-25T09:00:00Z"),
                            "Use more rounds"));
        }

        @Override
        public Optional<CommitId> complete(String abbreviation) {
            return Optional.of(SampleRecords.COMMIT).filter(id -> id.hex().startsWith(abbreviation));
        }

        @Override
        public List<Commit> mainline(CommitId head, int limit) {
            return commit(head).stream().toList();
        }

        @Override
        public boolean isAncestor(CommitId ancestor, CommitId descendant) {
            return ancestor.equals(descendant);
        }

        @Override
        public Set<String> changedFiles(CommitId from, CommitId to) {
            return Set.of();
        }

        @Override
        public Snapshot snapshot(CommitId id) throws SourceException {
            throw new SourceException("this repository has no files", false);
        }
    }
}
