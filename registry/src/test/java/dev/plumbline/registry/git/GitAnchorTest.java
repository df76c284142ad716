package dev.plumbline.registry.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plumbline.registry.source.SourceException;
import java.nio.file.Path;
import java.time.Instant;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitAnchorTest {

    private static final String REF = "refs/plumbline/anchor";
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    @Test
    void eachLineIsACommitOnTopOfTheOneBefore(@TempDir Path folder) throws Exception {
        try (Git git = Git.init()
                .setDirectory(folder.toFile())
                .setInitialBranch("main")
                .call()) {
            GitAnchor anchor = new GitAnchor(folder, REF);
            assertEquals("", anchor.read());
            anchor.append("one\n", NOW);
            ObjectId first = git.getRepository().resolve(REF);
            anchor.append("two\n", NOW);
            assertEquals("one\ntwo\n", anchor.read());
            assertEquals(first, git.getRepository().resolve(REF + "~1"));
            assertEquals(true, git.status().call().isClean(), "the work tree is as it was");
        }
    }

    @Test
    void whereThereIsNoRepositoryThatIsSaid(@TempDir Path folder) {
        assertThrows(SourceException.class, () -> new GitAnchor(folder, REF).read());
    }
}
