package dev.plumbline.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.evidence.ModelFile;
import dev.plumbline.registry.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is verified is exactly what stands there: each file once, and nothing that a link leads to. */
class VerifiedSubjectTest {

    private final Path folder;

    VerifiedSubjectTest(@TempDir Path root) throws IOException {
        folder = Files.createDirectories(root.resolve("model"));
    }

    @Test
    void aFolderIsItsFiles() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("weights"), "weights");
        Files.writeString(folder.resolve("data/one"), "1");
        VerifiedSubject subject = VerifiedSubject.of(folder.toString());
        List<ModelFile> files =
                List.of(new ModelFile("data/one", Digest.of("1")), new ModelFile("weights", Digest.of("weights")));
        assertEquals(Set.copyOf(files), subject.files().stream().collect(Collectors.toSet()));
        assertEquals(ModelFile.root(files), subject.digest());
    }

    @Test
    void anEmptyFolderIsNoModel() {
        assertTrue(refused(folder).contains("holds no file"));
    }

    @Test
    void linksAreRefusedWhereverTheyStand() throws IOException {
        Files.writeString(folder.resolve("weights"), "weights");
        Path link = Files.createSymbolicLink(folder.resolveSibling("link"), folder);
        assertTrue(refused(link).contains("symbolic link"));
        Path inside = Files.createSymbolicLink(folder.resolve("other"), folder.resolve("weights"));
        assertTrue(refused(folder).contains("other is a symbolic link"));
        Files.delete(inside);
        Files.createSymbolicLink(inside, Files.createDirectory(folder.resolveSibling("elsewhere")));
        assertTrue(refused(folder).contains("other is a symbolic link"));
    }

    @Test
    void aDigestAndANameAreNoFiles() throws IOException {
        String digest = Digest.of("x").value();
        assertEquals(Digest.of("x"), VerifiedSubject.of(digest).digest());
        assertNull(VerifiedSubject.of("churn:2").digest());
    }

    private static String refused(Path path) {
        CommandException refused = assertThrows(CommandException.class, () -> VerifiedSubject.of(path.toString()));
        assertEquals(CommandException.WRONG, refused.exitCode());
        return String.valueOf(refused.getMessage());
    }
}
