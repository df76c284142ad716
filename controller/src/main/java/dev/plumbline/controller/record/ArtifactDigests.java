package dev.plumbline.controller.record;

import dev.plumbline.registry.model.Digest;
import java.util.Optional;

/** Reads the bytes of artifacts where it can, for their digests. Every call is bounded in time. */
public interface ArtifactDigests {

    /** Reads nothing. */
    ArtifactDigests NONE = (namespace, key) -> Optional.empty();

    /** The digest of an artifact's bytes; empty when they cannot be read here. */
    Optional<Digest> digest(String namespace, String key);
}
