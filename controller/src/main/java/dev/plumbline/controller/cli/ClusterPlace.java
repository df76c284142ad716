package dev.plumbline.controller.cli;

import dev.plumbline.controller.kube.KubeCalls;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where a person stands: a namespace of a cluster, with the person's own rights.
 *
 * @param cluster the cluster
 * @param calls what is asked of its API server beside objects
 * @param namespace the namespace
 * @param patience longest wait for a controller
 */
record ClusterPlace(KubeCluster cluster, KubeCalls calls, String namespace, Duration patience) {

    /** The field manager of what people change through the command line. */
    static final String MANAGER = "plumbline-cli";

    private static final int LOOK_MILLIS = 200;

    /** A call to the API server. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws ClusterException;
    }

    /** The answer of a call; an error names the context. */
    <T> T ask(Call<T> call) {
        try {
            return call.make();
        } catch (ClusterException e) {
            throw failed(e);
        }
    }

    /** Looks until there is something, as long as the patience lasts. */
    <T> T await(String what, Call<Optional<T>> look) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<T> found = ask(look);
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > deadline) {
                throw error(
                        CommandException.ENVIRONMENT,
                        "waiting until " + what + " took longer than " + patience.toSeconds()
                                + " s; see whether a controller runs and serves this namespace, or wait longer with --timeout");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw error(CommandException.ENVIRONMENT, "waiting until " + what + " was interrupted");
            }
        }
    }

    /** The error for a refusal of the API server. */
    CommandException failed(ClusterException e) {
        int code =
                e.reason() == ClusterException.Reason.NOT_FOUND ? CommandException.WRONG : CommandException.ENVIRONMENT;
        return error(code, String.valueOf(e.getMessage()));
    }

    /** An error that says where it happened. */
    CommandException error(int code, String message) {
        String context = calls.context().isEmpty() ? "this pod's cluster" : "context " + calls.context();
        return new CommandException(code, context + ", namespace " + namespace + ": " + message);
    }
}
