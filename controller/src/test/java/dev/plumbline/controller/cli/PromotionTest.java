package dev.plumbline.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.git.GitTags;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.ModelRecord.Registration;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A promotion is written down once, at the commit that made the model, and no tag is ever moved. */
class PromotionTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    private final Path folder;
    private final Git git;
    private final CommitId first;
    private final CommitId second;

    PromotionTest(@TempDir Path root) throws Exception {
        folder = root;
        git = Git.init().setDirectory(root.toFile()).call();
        first = commit("one");
        second = commit("two");
    }

    @AfterEach
    void close() {
        git.close();
    }

    @Test
    void aModelIsRegisteredAndPutIntoItsStageOnce() throws Exception {
        assertEquals("tagged churn@v2.0.0 churn#prod#1", promote("prod", "2", first));
        assertEquals("churn:2 is in stage prod already", promote("prod", "2", first));
        assertEquals("tagged churn#test#2", promote("test", "2", first));
        assertEquals("tagged churn@v3.0.0 churn#prod#3", promote("prod", "3", second));
        assertEquals("tagged churn#prod#4", promote("prod", "2", first), "back again");
        List<GitTags.Tag> tags = new GitTags(folder).all();
        assertEquals(
                first,
                tags.stream()
                        .filter(tag -> tag.name().equals("churn#prod#4"))
                        .findFirst()
                        .orElseThrow()
                        .commit());
        assertTrue(tags.stream().allMatch(tag -> tag.time().equals(NOW)), "annotated");
    }

    @Test
    void whatTheTagsSayOtherwiseIsNotOverwritten() throws Exception {
        promote("prod", "2", first);
        assertTrue(refused("prod", "3", first).contains("is v2.0.0 already"));
        assertTrue(refused("prod", "2", second).contains("it names " + first));
        assertEquals(2, new GitTags(folder).all().size());
    }

    @Test
    void aCommitWhoseVersionWasWithdrawnGetsNoOtherForThatWouldBreakTheRepositoryForGto() throws Exception {
        promote("prod", "2", first);
        assertTrue(new GitTags(folder).create("churn@v2.0.0!", first, "Withdraw churn:2", NOW.plusSeconds(1)));
        assertTrue(refused("prod", "3", first).contains("also after it was withdrawn"));
        assertTrue(refused("prod", "2", first).contains("because it was withdrawn"));
        assertEquals(3, new GitTags(folder).all().size());
    }

    @Test
    void whatGtoWouldNotReadIsRefused() throws Exception {
        assertTrue(refused("prod", "latest", first).contains("is no tag of GTO's"));
        assertTrue(refused("pr od", "2", first).contains("is no tag of GTO's"));
        assertEquals(
                List.of(),
                new GitTags(folder)
                        .all().stream()
                                .map(GitTags.Tag::name)
                                .filter(name -> name.contains("#"))
                                .toList());
    }

    private String promote(String stage, String version, CommitId commit) throws Exception {
        return new Promotion(folder, stage).write(model(version), commit, NOW);
    }

    private String refused(String stage, String version, CommitId commit) {
        return String.valueOf(assertThrows(CommandException.class, () -> promote(stage, version, commit))
                .getMessage());
    }

    private static ModelRecord model(String version) {
        return new ModelRecord("churn", version, "", "", "", "", null, Registration.FOUND, "");
    }

    private CommitId commit(String message) throws Exception {
        return new CommitId(git.commit()
                .setMessage(message)
                .setAllowEmpty(true)
                .setSign(false)
                .setAuthor("Ann", "ann@example.com")
                .setCommitter("Ann", "ann@example.com")
                .call()
                .name());
    }
}
