package dev.plumbline.registry.artifacts;

import java.io.IOException;

/** Opens buckets. Many threads may use it. */
public interface Buckets {

    /**
     * A bucket, which is not asked before it is used.
     *
     * @throws IOException when the address is none; the message says what to do, and holds no secret
     */
    ArtifactBucket open(BucketAddress address) throws IOException;
}
