package dev.plumbline.controller.local.python;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The local MLflow tracking server: a child process in a process group of its own, on loopback, with its data in the data
 * folder. One that an earlier, killed Plumbline left behind on the same data folder is ended at start.
 */
public final class MlflowServer implements AutoCloseable {

    private static final Duration START_TIME = Duration.ofSeconds(90);
    private static final Duration STOP_TIME = Duration.ofSeconds(5);
    private static final int PROBE_MILLIS = 1000;
    private static final int POLL_MILLIS = 200;

    private final Path folder;
    private final int port;
    private @Nullable Process process;

    /**
     * A server that is not started yet.
     *
     * @param folder where it keeps its database and artifacts
     * @param port loopback port
     */
    public MlflowServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Whether nobody listens on a loopback port now. */
    public static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Where it answers. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /**
     * Starts it and waits until it answers.
     *
     * @throws PythonException when it does not answer in time; its log is in the folder
     */
    public synchronized void start(PythonEnvironment environment) throws PythonException {
        try {
            Files.createDirectories(folder.resolve("artifacts"));
            endLeftover();
            if (!free(port)) {
                throw new PythonException("could not start MLflow: port " + port + " is in use by another program");
            }
            Path log = folder.resolve("server.log");
            ProcessBuilder builder = new ProcessBuilder(command(environment))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment()
                    .putAll(Map.of("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false", "PYTHONUNBUFFERED", "1"));
            Process started = builder.start();
            process = started;
            ProcessHandle handle = started.toHandle();
            Files.writeString(pidFile(), handle.pid() + " " + startOf(handle));
            awaitHealthy(started, log);
        } catch (IOException e) {
            throw new PythonException("could not start MLflow in " + folder + ": " + e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        if (process != null) {
            end(process.toHandle());
            process = null;
            try {
                Files.deleteIfExists(pidFile());
            } catch (IOException e) {
                // The next start finds no process of that id and start time, and goes on.
                return;
            }
        }
    }

    private List<String> command(PythonEnvironment environment) {
        // setsid: Ctrl-C reaches Plumbline, which ends its children in order.
        return List.of(
                environment.interpreter().toString(),
                "-c",
                "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])",
                environment.interpreter().toString(),
                "-m",
                "mlflow",
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--workers",
                "1",
                "--backend-store-uri",
                "sqlite:///" + folder.resolve("mlflow.db").toAbsolutePath(),
                "--artifacts-destination",
                folder.resolve("artifacts").toAbsolutePath().toString());
    }

    private void awaitHealthy(Process started, Path log) throws PythonException {
        long deadline = System.nanoTime() + START_TIME.toNanos();
        while (System.nanoTime() < deadline) {
            if (!started.isAlive()) {
                throw new PythonException(
                        "MLflow ended at start with exit code " + started.exitValue() + "; its log is " + log);
            }
            if (answers()) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS); // The program offers nothing to wait on but its port.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        end(started.toHandle());
        throw new PythonException("MLflow did not answer on " + address() + " within " + START_TIME.toSeconds()
                + " s; its log is " + log);
    }

    private boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) address().resolve("/health").toURL().openConnection();
            connection.setConnectTimeout(PROBE_MILLIS);
            connection.setReadTimeout(PROBE_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    private void endLeftover() throws IOException {
        if (!Files.exists(pidFile())) {
            return;
        }
        String[] words = Files.readString(pidFile()).trim().split(" ", 2);
        if (words.length == 2 && words[0].matches("\\d{1,10}")) {
            Optional<ProcessHandle> handle = ProcessHandle.of(Long.parseLong(words[0]));
            if (handle.isPresent() && startOf(handle.get()).equals(words[1])) {
                end(handle.get());
            }
        }
    }

    private static String startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Object::toString).orElse("unknown");
    }

    private static void end(ProcessHandle handle) {
        List<ProcessHandle> children = handle.descendants().toList();
        handle.destroy();
        try {
            handle.onExit().get(STOP_TIME.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
            handle.destroyForcibly();
        } catch (InterruptedException e) {
            handle.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private Path pidFile() {
        return folder.resolve("server.pid");
    }
}
