package dev.plumbline.tests.operator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Git repository in a folder, written with the real {@code git}. */
final class GitFolder {

    private final Path folder;

    GitFolder(Path folder) throws Exception {
        this.folder = folder;
        Files.createDirectories(folder);
        git("init", "-q", "-b", "main");
    }

    Path folder() {
        return folder;
    }

    void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    void delete(String file) throws IOException {
        Files.delete(folder.resolve(file));
    }

    /** Commits everything and answers the commit's id. */
    String commit(String message) throws Exception {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", message);
        return head();
    }

    String revert() throws Exception {
        git("revert", "--no-edit", "HEAD");
        return head();
    }

    String head() throws Exception {
        return git("rev-parse", "HEAD").strip();
    }

    String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", folder.toString(), "-c", "user.name=Ann", "-c", "user.email=ann@example.org"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + out);
        }
        return out;
    }
}
