package dev.plumbline.controller.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the pods of runs.
 *
 * @param pods remembers
 */
record PodHearer(SeenPods pods) implements RecorderWatch.Hearer {

    @Override
    public void lists() {
        // What was seen before stays, as the pods may be gone.
    }

    @Override
    public void object(Map<String, @Nullable Object> pod, boolean deleted) {
        pods.saw(pod);
    }

    @Override
    public void listed() {
        // Each was handed over.
    }

    @Override
    public void blind() {
        // A run whose pods were not seen says so.
    }
}
