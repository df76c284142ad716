package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.model.ObjectKey;
import java.time.Duration;
import java.util.List;

/**
 * Writes the one mark that keeps a Workflow object from vanishing before it is recorded.
 *
 * @param writer writes finalizers
 * @param longest how long a deleted run is kept at most
 */
public record RunMarks(Writer writer, Duration longest) {

    /** Writes finalizers. Every call is bounded in time. */
    @FunctionalInterface
    public interface Writer {

        /**
         * Sets the finalizers of a Workflow if nobody changed it since.
         *
         * @param resourceVersion the version that is changed
         * @throws ClusterException with reason CONFLICT when it is another version now
         */
        void finalizers(ObjectKey workflow, List<String> finalizers, String resourceVersion) throws ClusterException;
    }
}
