package dev.plumbline.controller.local.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The processes of this machine, from {@code /proc} where there is one. A process is known by its id and its start, so that a
 * reused id is never taken for it.
 */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");
    private static final Path BOOT = PROC.resolve("sys/kernel/random/boot_id");
    private static final int FIELD_GROUP = 2;
    private static final int FIELD_SESSION = 3;
    private static final int FIELD_START = 19;

    private ProcessTable() {}

    /** Names this boot of the machine; empty where that is not known. */
    static String boot() {
        try {
            return Files.isReadable(BOOT) ? Files.readString(BOOT).trim() : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** When a process started, in a form that only ever equals itself; null when it is gone. */
    static @Nullable String start(long pid) {
        String[] stat = stat(Long.toString(pid));
        if (stat != null) {
            return stat[FIELD_START];
        }
        return hasProc()
                ? null
                : ProcessHandle.of(pid)
                        .flatMap(handle -> handle.info().startInstant())
                        .map(Instant::toString)
                        .orElse(null);
    }

    /**
     * The processes that began with a leader: those of its group or session, and those whose environment carries its mark.
     *
     * @param leader process id of the leader, which is the id of its group and session
     * @param start when it started
     * @param mark an environment variable that only they have, as {@code NAME=value}
     */
    static List<Long> members(long leader, String start, String mark) {
        String now = start(leader);
        if (now != null && !now.equals(start)) {
            return List.of();
        }
        if (!hasProc()) {
            return now == null ? List.of() : List.of(leader);
        }
        List<Long> members = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                String pid = String.valueOf(entry.getFileName());
                String[] stat = stat(pid);
                if (stat != null && isMember(pid, stat, Long.toString(leader), start, mark)) {
                    members.add(Long.valueOf(pid));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return members;
        }
        return members;
    }

    private static boolean isMember(String pid, String[] stat, String leader, String start, String mark) {
        // A zombie has ended already and cannot be killed again.
        if (stat[0].equals("Z") || Long.parseLong(stat[FIELD_START]) < Long.parseLong(start)) {
            return false;
        }
        return stat[FIELD_GROUP].equals(leader) || stat[FIELD_SESSION].equals(leader) || hasMark(pid, mark);
    }

    private static boolean hasMark(String pid, String mark) {
        try {
            String environment = Files.readString(PROC.resolve(pid).resolve("environ"), StandardCharsets.ISO_8859_1);
            return ("\0" + environment + "\0").contains("\0" + mark + "\0");
        } catch (IOException e) {
            // It ended meanwhile, or belongs to somebody else: not ours in either case.
            return false;
        }
    }

    /** The fields after the name: state, parent, group, session, …; null when the process is gone. */
    private static String @Nullable [] stat(String pid) {
        try {
            String line = Files.readString(PROC.resolve(pid).resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return fields.length > FIELD_START ? fields : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean hasProc() {
        return Files.isDirectory(PROC.resolve("self"));
    }
}
