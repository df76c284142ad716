package dev.plumbline.registry.artifacts;

import org.jspecify.annotations.Nullable;

/**
 * Where a bucket is, in the words of an Argo artifact.
 *
 * @param endpoint host of the server, with its port where it is another than that of HTTPS
 * @param insecure whether the server speaks HTTP without TLS
 * @param bucket its name
 * @param region its region; null for the server's usual one
 * @param style {@code path}, {@code virtual-hosted}, or empty for what suits the server
 * @param keys how the server knows who asks; null for what the environment of this program holds
 */
public record BucketAddress(
        String endpoint,
        boolean insecure,
        String bucket,
        @Nullable String region,
        String style,
        @Nullable Keys keys) {

    /**
     * An access key.
     *
     * @param id its public half
     * @param secret its secret half
     * @param session a session token; null without one
     */
    public record Keys(String id, String secret, @Nullable String session) {

        /** Shows no secret. */
        @Override
        public String toString() {
            return "an access key";
        }
    }
}
