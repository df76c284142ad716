package dev.plumbline.controller.apply;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets each write wait for its turn among those of the cluster. */
final class BoundedWriter implements ClusterWriter {

    private final ClusterWriter writer;
    private final InFlight inFlight;

    BoundedWriter(ClusterWriter writer, InFlight inFlight) {
        this.writer = writer;
        this.inFlight = inFlight;
    }

    @Override
    public Map<String, @Nullable Object> apply(
            Map<String, @Nullable Object> content, String manager, boolean force, boolean dryRun)
            throws ClusterException {
        return inFlight.call(() -> writer.apply(content, manager, force, dryRun));
    }

    @Override
    public Map<String, @Nullable Object> create(Map<String, @Nullable Object> content, String manager)
            throws ClusterException {
        return inFlight.call(() -> writer.create(content, manager));
    }

    @Override
    public Map<String, @Nullable Object> mergePatch(ObjectKey key, Map<String, @Nullable Object> patch, String manager)
            throws ClusterException {
        return inFlight.call(() -> writer.mergePatch(key, patch, manager));
    }

    @Override
    public void delete(ObjectKey key, DeleteOptions options) throws ClusterException {
        inFlight.run(() -> writer.delete(key, options));
    }
}
