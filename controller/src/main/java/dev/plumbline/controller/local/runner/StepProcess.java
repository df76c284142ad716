package dev.plumbline.controller.local.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One step as a process in its own session and process group. A small Python program starts the session, waits until the
 * process has been remembered on disk, and only then becomes the step: when the JVM dies before that, it ends by itself.
 */
final class StepProcess {

    /** Longest log that is kept, in bytes; the rest is dropped, and the log says so. */
    static final long MAX_LOG_BYTES = 16L * 1024 * 1024;

    /** Most of a step's standard output that becomes its result, in bytes, as in Argo. */
    static final int MAX_OUTPUT_BYTES = 256 * 1024;

    /** How long a step may take to end after it was asked to. */
    static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration LOG_PATIENCE = Duration.ofSeconds(2);

    /** Longest time between two looks at what a silent step says. */
    private static final Duration SILENCE = Duration.ofMillis(20);

    /** How often nothing is found in the pipe of a step that has ended before it is taken to be empty. */
    private static final int LAST_LOOKS = 4;

    private static final String GO = "go\n";
    private static final String BOOTSTRAP = """
            import os, sys
            os.setsid()
            if sys.stdin.readline() != 'go\\n':
                os._exit(125)
            null = os.open(os.devnull, os.O_RDONLY)
            os.dup2(null, 0)
            try:
                os.execvp(sys.argv[1], sys.argv[1:])
            except OSError as problem:
                sys.stderr.write('cannot start ' + sys.argv[1] + ': ' + (problem.strerror or str(problem)) + '\\n')
                sys.stderr.flush()
                os._exit(127)
            """;

    private final Process process;
    private final ChildRecord child;
    private final Path record;
    private final Thread log;

    private StepProcess(Process process, ChildRecord child, Path record, Thread log) {
        this.process = process;
        this.child = child;
        this.record = record;
        this.log = log;
    }

    /**
     * What a step is started with.
     *
     * @param python command line of a Python interpreter, for the small program
     * @param command program and arguments
     * @param folder working directory
     * @param environment all of its environment variables
     * @param record where the process is remembered while it runs
     * @param log where its output goes, both streams in one
     * @param output where its standard output goes as well, up to {@link #MAX_OUTPUT_BYTES}; null for nowhere
     */
    record Launch(
            List<String> python,
            List<String> command,
            Path folder,
            Map<String, String> environment,
            Path record,
            Path log,
            @Nullable Path output) {}

    /** Starts a step. When this returns the step is remembered on disk, and runs. */
    static StepProcess start(Launch launch) throws IOException {
        String mark = "PLUMBLINE_STEP=" + UUID.randomUUID();
        List<String> line = new ArrayList<>(launch.python());
        line.addAll(List.of("-I", "-S", "-c", BOOTSTRAP));
        line.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(launch.folder().toFile())
                .redirectErrorStream(launch.output() == null);
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        builder.environment().put("PLUMBLINE_STEP", mark.substring(mark.indexOf('=') + 1));
        OutputStream out = Files.newOutputStream(launch.log());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            out.close();
            throw e;
        }
        // A platform thread: reading from a pipe would hold a carrier, and a few silent steps would stop all runs.
        Thread pump = Thread.ofPlatform()
                .daemon()
                .name("log-" + process.pid())
                .start(() -> pump(process, out, launch.output()));
        String start = ProcessTable.start(process.pid());
        ChildRecord child = new ChildRecord(process.pid(), start == null ? "0" : start, ProcessTable.boot(), mark);
        StepProcess step = new StepProcess(process, child, launch.record(), pump);
        try (OutputStream stdin = process.getOutputStream()) {
            child.write(launch.record());
            stdin.write(GO.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            step.kill();
            throw e;
        }
        return step;
    }

    /**
     * Waits for its end, at most this long; then it is asked to end, and killed after {@link #GRACE}. Afterwards none of its
     * processes runs.
     *
     * @return whether it ended in time
     */
    boolean await(Duration limit) {
        boolean inTime = waitFor(limit);
        if (!inTime) {
            child.ask();
            waitFor(GRACE);
        }
        kill();
        try {
            process.waitFor();
            if (!log.join(LOG_PATIENCE)) {
                System.getLogger(StepProcess.class.getName())
                        .log(System.Logger.Level.WARNING, "the log of " + record.getFileName() + " is still written");
            }
            Files.deleteIfExists(record);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunEnded("interrupted");
        } catch (IOException e) {
            // The record names a process that is gone; the next start finds that out and deletes it.
            System.getLogger(StepProcess.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot delete " + record, e);
        }
        return inTime;
    }

    /** Its exit code; 128 and the signal's number when a signal ended it. */
    int exitCode() {
        return process.exitValue();
    }

    /** Asks it to end, and kills it after {@link #GRACE}; returns at once. */
    void terminate() {
        child.ask();
        Thread.ofVirtual().start(() -> {
            if (!waitFor(GRACE)) {
                kill();
            }
        });
    }

    /** Kills it and everything that it started. */
    void kill() {
        // Not by the Process itself: that closes its output before the log has it all.
        process.toHandle().destroyForcibly();
        child.kill();
    }

    private boolean waitFor(Duration limit) {
        try {
            return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
            throw new RunEnded("interrupted");
        }
    }

    /** Copies what the process says into its log, and its standard output apart where that is asked for. */
    private static void pump(Process process, OutputStream log, @Nullable Path output) {
        try (log;
                OutputStream apart = output == null ? OutputStream.nullOutputStream() : Files.newOutputStream(output)) {
            Thread errors = Thread.ofPlatform()
                    .daemon()
                    .name("log-errors-" + process.pid())
                    .unstarted(() -> copy(process, process.getErrorStream(), log, OutputStream.nullOutputStream()));
            if (output != null) {
                errors.start();
            }
            copy(process, process.getInputStream(), log, apart);
            if (output != null) {
                errors.join();
            }
        } catch (IOException e) {
            System.getLogger(StepProcess.class.getName()).log(System.Logger.Level.WARNING, "a log was lost", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Process process, InputStream from, OutputStream to, OutputStream apart) {
        byte[] buffer = new byte[8192];
        long written = 0;
        try {
            for (int count = read(process, from, buffer); count >= 0; count = read(process, from, buffer)) {
                apart.write(buffer, 0, (int) Math.max(0, Math.min(count, MAX_OUTPUT_BYTES - written)));
                int room = (int) Math.min(count, MAX_LOG_BYTES - written);
                if (room > 0) {
                    to.write(buffer, 0, room);
                    written += room;
                    if (written == MAX_LOG_BYTES) {
                        to.write(("\n[log cut at " + MAX_LOG_BYTES + " bytes]\n").getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        } catch (IOException e) {
            // A process that is killed closes its stream in the middle of a read.
            System.getLogger(StepProcess.class.getName()).log(System.Logger.Level.DEBUG, "log ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Reads what there is, -1 at the end. A read that waits would wait for ever for a process that left the step's session, cleared
     * its environment and holds the pipe open, and so would its thread; thus only what is there already is read.
     */
    private static int read(Process process, InputStream from, byte[] buffer) throws IOException, InterruptedException {
        int looks = 0;
        long pause = 1;
        while (from.available() == 0) {
            if (process.waitFor(pause, TimeUnit.MILLISECONDS)) {
                if (++looks >= LAST_LOOKS) {
                    return -1;
                }
                // The JDK takes over what is left in the pipe when the process has ended.
                Thread.sleep(1);
            }
            pause = Math.min(2 * pause, SILENCE.toMillis());
        }
        return from.read(buffer, 0, Math.min(buffer.length, from.available()));
    }
}
