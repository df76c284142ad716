package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.registry.models.ModelRegistry;
import dev.plumbline.registry.store.Stores;
import org.jspecify.annotations.Nullable;

/**
 * What a recorder needs of the outside.
 *
 * @param cluster where the runs are
 * @param stores where the records go
 * @param models the model registry; null where there is none
 * @param artifacts reads artifacts for their digests
 * @param evidence writes signed evidence; null where none is written
 */
public record RecorderDoors(
        ClusterReader cluster,
        Stores stores,
        @Nullable ModelRegistry models,
        ArtifactDigests artifacts,
        @Nullable EvidenceWriter evidence) {

    /** Without evidence. */
    public RecorderDoors(
            ClusterReader cluster, Stores stores, @Nullable ModelRegistry models, ArtifactDigests artifacts) {
        this(cluster, stores, models, artifacts, null);
    }
}
