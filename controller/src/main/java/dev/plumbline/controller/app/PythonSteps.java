package dev.plumbline.controller.app;

import dev.plumbline.controller.local.python.MlflowServer;
import dev.plumbline.controller.local.python.PythonEnvironment;
import dev.plumbline.controller.local.python.PythonException;
import dev.plumbline.controller.local.runner.StepEnvironment;
import dev.plumbline.controller.status.Notice.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What steps run in: the private Python environment and the local MLflow, made in the background from the start on, so that the
 * first run only waits for what is left. Steps that name no Python wait for nothing.
 */
final class PythonSteps implements StepEnvironment, AutoCloseable {

    private static final Set<String> NAMES = Set.of("python", "python3");

    private final @Nullable PythonEnvironment environment;
    private final MlflowServer mlflow;
    private final BiConsumer<Kind, String> say;
    private @Nullable CompletableFuture<@Nullable String> made;

    /**
     * Not begun yet.
     *
     * @param environment the private environment; null where none is asked for, so that steps use the machine's Python
     */
    PythonSteps(@Nullable PythonEnvironment environment, MlflowServer mlflow, BiConsumer<Kind, String> say) {
        this.environment = environment;
        this.mlflow = mlflow;
        this.say = say;
    }

    /** Begins to make it all in the background; the reason of a failure is said once. */
    synchronized CompletableFuture<@Nullable String> begin() {
        if (made == null) {
            made = CompletableFuture.supplyAsync(
                    this::make, task -> Thread.ofVirtual().name("python").start(task));
        }
        return made;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("PYTHONUNBUFFERED", "1", "PYTHONDONTWRITEBYTECODE", "1", "GX_ANALYTICS_ENABLED", "false");
    }

    @Override
    public List<String> resolve(List<String> command) throws IOException {
        if (environment == null || !NAMES.contains(command.getFirst())) {
            return command;
        }
        try {
            String failed = begin().get();
            if (failed != null) {
                throw new IOException(failed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the Python environment was made", e);
        } catch (ExecutionException e) {
            throw new IOException("making the Python environment ended by a bug: " + e.getCause(), e);
        }
        List<String> resolved = new ArrayList<>(command);
        resolved.set(0, environment.interpreter().toString());
        return resolved;
    }

    @Override
    public void close() {
        mlflow.close();
    }

    private @Nullable String make() {
        if (environment == null) {
            return null;
        }
        try {
            environment.prepare(line -> say.accept(Kind.INFO, line));
            mlflow.start(environment);
            say.accept(Kind.INFO, "MLflow answers on " + mlflow.address());
            return null;
        } catch (PythonException e) {
            say.accept(Kind.FAILED, "pipelines cannot run here: " + e.getMessage());
            return String.valueOf(e.getMessage());
        }
    }
}
