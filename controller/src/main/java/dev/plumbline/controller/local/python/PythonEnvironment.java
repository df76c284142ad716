package dev.plumbline.controller.local.python;

import dev.plumbline.registry.model.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A virtual environment with exactly the pinned packages. It is shared by all data folders of a user, named by the digest of
 * its requirements, and counts as made only when its marker file is there: a kill in the middle leaves no half environment.
 */
public final class PythonEnvironment {

    private static final int INSTALL_MINUTES = 30;
    private static final int LINES_KEPT = 5;
    private static final String MARKER = "complete";

    private final Path folder;
    private final String requirements;

    private PythonEnvironment(Path folder, String requirements) {
        this.folder = folder;
        this.requirements = requirements;
    }

    /**
     * The environment for these requirements, made or not.
     *
     * @param cache folder that holds environments
     * @param requirements text of a fully pinned requirements file
     */
    public static PythonEnvironment of(Path cache, String requirements) {
        return new PythonEnvironment(
                cache.resolve("python-" + Digest.of(requirements).hex().substring(0, 12)), requirements);
    }

    /** Whether it is made. */
    public boolean ready() {
        return Files.exists(folder.resolve(MARKER));
    }

    /** Its interpreter; exists once it is ready. */
    public Path interpreter() {
        return folder.resolve("bin").resolve("python");
    }

    /** The folder of its programs; exists once it is ready. */
    public Path programs() {
        return folder.resolve("bin");
    }

    /**
     * Makes it unless it is made. Another process that makes the same one is waited for.
     *
     * @param progress receives a line now and then
     * @throws PythonException when there is no Python 3 or the packages cannot be installed
     */
    public void prepare(Consumer<String> progress) throws PythonException {
        if (ready()) {
            return;
        }
        try {
            Files.createDirectories(folder.getParent());
            Path lockFile = folder.resolveSibling(folder.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !ready()) {
                    make(progress);
                }
            }
        } catch (IOException e) {
            throw new PythonException("could not make the Python environment in " + folder + ": " + e.getMessage()
                    + "; check the folder's permissions and free space");
        }
    }

    private void make(Consumer<String> progress) throws PythonException, IOException {
        delete(folder);
        progress.accept("making the private Python environment (once; a few minutes)");
        run(List.of("python3", "-m", "venv", folder.toString()), "python3 -m venv", line -> {});
        Path pinned = folder.resolve("requirements.txt");
        Files.writeString(pinned, requirements);
        run(
                List.of(
                        interpreter().toString(),
                        "-m",
                        "pip",
                        "install",
                        "--disable-pip-version-check",
                        "--no-input",
                        "-r",
                        pinned.toString()),
                "pip install",
                line -> {
                    if (line.startsWith("Collecting ") || line.startsWith("Installing ")) {
                        progress.accept(line.length() > 100 ? line.substring(0, 100) + "…" : line);
                    }
                });
        Files.writeString(folder.resolve(MARKER), "");
        progress.accept("the Python environment is ready");
    }

    private static void run(List<String> command, String name, Consumer<String> lines)
            throws PythonException, IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new PythonException("there is no python3 on the PATH (" + e.getMessage()
                    + "); install Python 3.11 or newer to run pipelines here, everything else works without it");
        }
        java.util.ArrayDeque<String> last = new java.util.ArrayDeque<>();
        process.getOutputStream().close();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
                last.add(line);
                if (last.size() > LINES_KEPT) {
                    last.remove();
                }
            }
            if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new PythonException(name + " did not end within " + INSTALL_MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new PythonException(name + " was interrupted");
        }
        if (process.exitValue() != 0) {
            throw new PythonException(name + " failed with exit code " + process.exitValue() + ": "
                    + String.join(" | ", last) + "; check the network and try again");
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
