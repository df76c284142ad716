package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.RunArchive;
import dev.plumbline.registry.models.ModelRegistry;
import dev.plumbline.registry.store.Stores;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What a recorder needs of the outside.
 *
 * @param cluster where the runs are
 * @param stores where the records go
 * @param models the model registry; null where there is none
 * @param artifacts reads artifacts for their digests
 * @param evidence writes signed evidence; null where none is written
 * @param defaults what Argo adds to every run
 * @param caches the namespace in which Argo's controller keeps what steps with {@code memoize} made, which is its own; null where
 *     that is the namespace of each run
 * @param clock tells the time
 * @param archive where Argo keeps runs that are deleted; null where it keeps none
 * @param marks keep runs from vanishing before they are recorded; null where they are not kept
 */
public record RecorderDoors(
        ClusterReader cluster,
        Stores stores,
        @Nullable ModelRegistry models,
        ArtifactDigests artifacts,
        @Nullable EvidenceWriter evidence,
        DefaultsHistory defaults,
        @Nullable String caches,
        InstantSource clock,
        @Nullable RunArchive archive,
        @Nullable RunMarks marks) {}
