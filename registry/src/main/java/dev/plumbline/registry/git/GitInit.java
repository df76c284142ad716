package dev.plumbline.registry.git;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** Makes a repository that people work in, and commits to it. */
public final class GitInit {

    private static final String BRANCH = "main";

    /** What tools leave beside sources. */
    private static final Set<String> SKIPPED = Set.of(".git", "__pycache__", ".pytest_cache", ".venv");

    private GitInit() {}

    /**
     * Makes a repository with a work tree, branch {@code main} and one commit of copies of these files and folders, each
     * under its own name. It appears whole or not at all.
     *
     * @param target the new folder; must not exist
     * @param sources files and folders to copy; left alone
     * @param message of the commit
     * @throws SourceException when the target exists or cannot be written
     */
    public static CommitId create(Path target, List<Path> sources, Person who, Instant when, String message)
            throws SourceException {
        Isolation.ensure();
        Path place = target.toAbsolutePath().normalize();
        Path fresh = place.resolveSibling(
                place.getFileName() + ".new-" + ProcessHandle.current().pid());
        try {
            if (Files.exists(place)) {
                throw new FileAlreadyExistsException(place.toString());
            }
            Mirror.delete(fresh);
            Files.createDirectories(fresh);
            for (Path source : sources) {
                copy(source, fresh.resolve(String.valueOf(source.getFileName())));
            }
            Git.init()
                    .setDirectory(fresh.toFile())
                    .setInitialBranch(BRANCH)
                    .call()
                    .close();
            CommitId commit = commitAll(fresh, who, when, message);
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
            return commit;
        } catch (IOException | GitAPIException e) {
            throw failed("make the repository " + place, e);
        }
    }

    /**
     * Commits everything in a work tree, removed files included, on its current branch.
     *
     * @throws SourceException when it is no repository or cannot be written
     */
    public static CommitId commitAll(Path repository, Person who, Instant when, String message) throws SourceException {
        Isolation.ensure();
        try (Git git = Git.open(repository.toFile())) {
            git.add().addFilepattern(".").call();
            git.add().setUpdate(true).addFilepattern(".").call();
            PersonIdent person = new PersonIdent(who.name(), who.email(), when, ZoneOffset.UTC);
            return new CommitId(git.commit()
                    .setAuthor(person)
                    .setCommitter(person)
                    .setMessage(message)
                    .setNoVerify(true)
                    .setSign(false)
                    .setAllowEmpty(true)
                    .call()
                    .name());
        } catch (IOException | GitAPIException e) {
            throw failed("commit in " + repository, e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                if (isSkipped(from, file)) {
                    continue;
                }
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException("reading " + from + ": " + e.getMessage(), e);
        }
    }

    private static boolean isSkipped(Path from, Path file) {
        for (Path part : from.relativize(file)) {
            if (SKIPPED.contains(part.toString())) {
                return true;
            }
        }
        return false;
    }

    private static SourceException failed(String tried, Exception cause) {
        return new SourceException(
                "tried to " + tried + ", failed because of " + cause.getClass().getSimpleName() + ": "
                        + cause.getMessage() + "; choose another folder or make it writable",
                false,
                cause);
    }
}
