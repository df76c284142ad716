package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.live.LiveVersion;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One PipelineSync as it was seen last, read once per version: a sync is looked at for many reasons, and its resource is seldom one of
 * them. For one thread.
 */
final class SeenSync {

    private final CustomResources syncs;
    private final ObjectKey key;
    private @Nullable Seen seen;

    SeenSync(CustomResources syncs, SyncId id) {
        this.syncs = syncs;
        this.key = SyncGate.key(id);
    }

    private record Seen(LiveVersion version, PipelineSync resource, Map<String, @Nullable Object> status) {}

    /** The resource; empty when it is gone. */
    Optional<PipelineSync> resource() {
        return seen().map(Seen::resource);
    }

    /** Its status; empty when it has none. */
    Map<String, @Nullable Object> status() {
        return seen().map(Seen::status).orElse(Map.of());
    }

    private Optional<Seen> seen() {
        Optional<LiveVersion> version = syncs.version(key);
        Seen known = seen;
        if (known == null || !known.version.equals(version.orElse(null))) {
            known = syncs.get(key)
                    .map(object ->
                            new Seen(LiveVersion.of(object), PipelineSync.read(object), Tree.map(object, "status")))
                    .orElse(null);
            seen = known;
        }
        return Optional.ofNullable(known);
    }
}
