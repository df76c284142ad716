package dev.plumbline.tests.benchmark;

import dev.plumbline.registry.git.GitSource;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A Git repository on disk whose commits are written in bulk, read through the same mirror as in use. */
final class BenchmarkRepository implements AutoCloseable {

    private final Path folder;
    private final Path mirror;
    private final List<CommitId> commits = new ArrayList<>();
    private GitSource source;

    BenchmarkRepository(Path parent, String name) throws IOException, InterruptedException, SourceException {
        folder = Files.createDirectories(parent.resolve(name));
        mirror = parent.resolve(name + "-mirror.git");
        git(new byte[0], "init", "-q", "-b", "main", ".");
        source = GitSource.open(folder.toString(), mirror);
    }

    /** The checked-out files, for programs that read files. */
    Path folder() {
        return folder;
    }

    /** Adds commits, each given by the files it changes; the first one begins the history. */
    void commit(List<Map<String, String>> changes) throws IOException, InterruptedException, SourceException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (Map<String, String> change : changes) {
            boolean first = commits.isEmpty() && change.equals(changes.getFirst());
            line(stream, "commit refs/heads/main");
            line(stream, "committer Benchmark <benchmark@localhost> 1700000000 +0000");
            data(stream, "Change");
            if (!first && change.equals(changes.getFirst())) {
                line(stream, "from " + commits.getLast().hex());
            }
            for (Map.Entry<String, String> file : change.entrySet()) {
                line(stream, "M 644 inline " + file.getKey());
                data(stream, file.getValue());
            }
        }
        git(stream.toByteArray(), "fast-import", "--quiet");
        git(new byte[0], "reset", "-q", "--hard", "main");
        commits.clear();
        for (String hex : git(new byte[0], "rev-list", "--reverse", "main").split("\n", -1)) {
            if (!hex.isEmpty()) {
                commits.add(new CommitId(hex));
            }
        }
        source.poll();
    }

    /** The commits, oldest first. */
    List<CommitId> commits() {
        return commits;
    }

    Repository repository() {
        return source.repository();
    }

    /** The files of the newest commit, read by a mirror with nothing remembered. */
    Snapshot head() throws SourceException {
        return source.repository().snapshot(commits.getLast());
    }

    /** Forgets what the mirror has read. */
    void reopen() throws IOException, SourceException {
        source.close();
        source = GitSource.open(folder.toString(), mirror);
    }

    private String git(byte[] input, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.getOutputStream()) {
            out.write(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("tried " + command + ", which failed; see above");
        }
        return Objects.requireNonNull(output);
    }

    private static void line(ByteArrayOutputStream stream, String text) {
        stream.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void data(ByteArrayOutputStream stream, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        line(stream, "data " + bytes.length);
        stream.writeBytes(bytes);
        line(stream, "");
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
