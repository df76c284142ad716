package dev.plumbline.controller.record;

import dev.plumbline.registry.evidence.ModelFile;
import dev.plumbline.registry.model.Digest;
import java.util.List;
import java.util.Optional;

/** Reads the bytes of artifacts where it can, for their digests. Every call is bounded in time. */
public interface ArtifactDigests {

    /** Reads nothing. */
    ArtifactDigests NONE = (namespace, key) -> Optional.empty();

    /** The digest of an artifact's bytes; empty when they cannot be read here. */
    Optional<Digest> digest(String namespace, String key);

    /** The files of an artifact, one for an artifact that is a file; none when they cannot be read here, or are too many. */
    default List<ModelFile> files(String namespace, String key) {
        return List.of();
    }
}
