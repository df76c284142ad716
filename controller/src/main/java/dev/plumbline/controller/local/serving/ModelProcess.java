package dev.plumbline.controller.local.serving;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** One version of a model as a process that answers on a loopback port. It ends when this program does, however that ends. */
final class ModelProcess {

    /** How long a model may take to be fetched and loaded. */
    static final Duration LOADING = Duration.ofMinutes(3);

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final String PROGRAM = "model_server.py";

    private final Process process;
    private final int port;

    private ModelProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until the model answers.
     *
     * @param python command line of the interpreter that has the model's packages
     * @param environment all of its environment variables: nothing of this program's own, which may hold secrets
     * @param folder where its program and its log go
     * @param stale asked again and again while it loads; once it says yes the model is given up
     * @throws IOException when the model does not answer; the message is the model server's last word
     */
    static ModelProcess start(
            List<String> python,
            Map<String, String> environment,
            Predictor predictor,
            Path folder,
            BooleanSupplier stale)
            throws IOException {
        Files.createDirectories(folder);
        Path program = folder.resolve(PROGRAM);
        try (InputStream in = ModelProcess.class.getResourceAsStream(PROGRAM)) {
            if (in == null) {
                throw new IOException("the model server is missing from the program");
            }
            Files.write(program, in.readAllBytes());
        }
        Path log = folder.resolve("model.log");
        List<String> command = new ArrayList<>(python);
        command.addAll(List.of("-u", program.toString(), predictor.name(), predictor.storageUri()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            return new ModelProcess(process, port(process, log, stale));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The port, which the server says once it answers. */
    private static int port(Process process, Path log, BooleanSupplier stale) throws IOException {
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("model-" + process.pid()).start(() -> {
            try {
                String first = said.readLine();
                line.complete(first == null ? "" : first);
                said.transferTo(java.io.Writer.nullWriter());
            } catch (IOException e) {
                line.complete("");
            }
        });
        try {
            String first = await(line, stale);
            if (first.matches("[0-9]{1,5}")) {
                return Integer.parseInt(first);
            }
            throw new IOException(lastLine(log));
        } catch (TimeoutException e) {
            throw new IOException(
                    "the model did not answer within " + LOADING.toSeconds() + " s; its log is " + log, e);
        } catch (ExecutionException e) {
            throw new IOException("reading what the model server said failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the model was loaded", e);
        }
    }

    private static String await(CompletableFuture<String> line, BooleanSupplier stale)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + LOADING.toNanos();
        while (!line.isDone()) {
            if (stale.getAsBoolean()) {
                throw new IOException("another model was asked for while this one was loaded");
            }
            if (System.nanoTime() >= end) {
                throw new TimeoutException();
            }
            Thread.sleep(LOOK);
        }
        return line.get();
    }

    private static String lastLine(Path log) throws IOException {
        return Files.readString(log)
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((_, last) -> last)
                .orElse("the model server ended without a word; its log is " + log);
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it and waits for that. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
