package dev.plumbline.registry.git;

import dev.plumbline.registry.model.CommitId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A repository made by the real git, on branch main. */
public final class TestRepository {

    private final Path folder;
    private int commits;

    /** Makes it. */
    public TestRepository(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        git("init", "-q", "-b", "main");
    }

    /** Its work tree. */
    public Path folder() {
        return folder;
    }

    /** Writes a file. */
    public TestRepository write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    /** Commits all that is in the work tree. */
    public CommitId commit(String message) throws IOException {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", message);
        return head();
    }

    /** The commit that is checked out. */
    public CommitId head() throws IOException {
        return new CommitId(git("rev-parse", "HEAD"));
    }

    /** Runs git here, with fixed persons and times, and returns what it printed. */
    public String git(String... arguments) throws IOException {
        return run(folder, ++commits, arguments);
    }

    private static String run(Path folder, int second, String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        String time = "2026-01-01T00:" + String.format("%02d:%02d", second / 60 % 60, second % 60) + "+0000";
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_SYSTEM", "/dev/null");
        for (String role : new String[] {"AUTHOR", "COMMITTER"}) {
            builder.environment().put("GIT_" + role + "_NAME", "Ada");
            builder.environment().put("GIT_" + role + "_EMAIL", "ada@example.org");
            builder.environment().put("GIT_" + role + "_DATE", time);
        }
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return output;
    }
}
