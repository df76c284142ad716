package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a running step, on disk before the step begins, so that it is found and ended after a kill of the JVM.
 *
 * @param pid process id, which is also the id of the step's process group and session
 * @param start when the process started, as {@link ProcessTable#start} says
 * @param boot boot of the machine in which it runs
 * @param mark environment variable that the step's processes carry
 */
record ChildRecord(long pid, String start, String boot, String mark) {

    /** Names the form in which it is stored. */
    static final String SCHEMA = "plumbline.dev/runner-child/v1";

    private static final String DRAFT = ".draft";

    private static final int MAX_KILL_ROUNDS = 50;

    /** Writes it, durably, before the step begins. */
    void write(Path file) throws IOException {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("pid", pid);
        tree.put("start", start);
        tree.put("boot", boot);
        tree.put("mark", mark);
        Path draft = file.resolveSibling(file.getFileName() + DRAFT);
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(Json.bytes(tree)));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Reads what {@link #write} wrote. */
    static ChildRecord read(Path file) throws IOException {
        try {
            Map<String, @Nullable Object> tree = Json.parseObject(Files.readAllBytes(file));
            if (!SCHEMA.equals(tree.get("schema")) || !(tree.get("pid") instanceof Long pid)) {
                throw new IOException("tried to read " + file + ", failed because it is no " + SCHEMA + "; delete it");
            }
            return new ChildRecord(pid, Tree.text(tree, "start"), Tree.text(tree, "boot"), Tree.text(tree, "mark"));
        } catch (JsonException e) {
            throw new IOException("tried to read " + file + ", failed because " + e.getMessage() + "; delete it", e);
        }
    }

    /** Kills the step's processes, if any still run; returns how many were met. */
    int kill() {
        int met = 0;
        for (int round = 0; round < MAX_KILL_ROUNDS && boot.equals(ProcessTable.boot()); round++) {
            List<Long> members = ProcessTable.members(pid, start, mark);
            if (members.isEmpty()) {
                return met;
            }
            met = Math.max(met, members.size());
            // Killed one by one and looked for again, because a process may start another meanwhile.
            members.forEach(member -> ProcessHandle.of(member).ifPresent(ProcessHandle::destroyForcibly));
            try {
                Thread.sleep(2L * round);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return met;
    }

    /** Asks the step's processes to end. */
    void ask() {
        ProcessTable.members(pid, start, mark)
                .forEach(member -> ProcessHandle.of(member).ifPresent(ProcessHandle::destroy));
    }

    /** Kills what records of an earlier JVM name, and forgets them; returns how many processes were met. */
    static int reap(Path folder) throws IOException {
        int met = 0;
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.{json,draft}")) {
            entries.forEach(files::add);
        }
        for (Path file : files) {
            // Where only the draft was written, the step waited for the record and ended with its JVM.
            met += file.toString().endsWith(DRAFT) ? 0 : read(file).kill();
            Files.delete(file);
        }
        return met;
    }
}
