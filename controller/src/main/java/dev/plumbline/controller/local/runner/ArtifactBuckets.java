package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.artifacts.BucketAddress;
import dev.plumbline.registry.artifacts.Buckets;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens the bucket that an {@code s3} names, with the keys that its Secrets hold.
 *
 * @param configMaps reads the Secrets
 * @param buckets opens buckets
 * @param scratch a folder that does not exist, for what is on its way
 */
record ArtifactBuckets(ConfigMaps configMaps, Buckets buckets, Path scratch) {

    /**
     * The bucket.
     *
     * @param s3 an {@code s3} in Argo's form
     * @throws NodeProblem when a Secret is not there
     * @throws IOException when the address is none
     */
    ArtifactPlace open(Map<String, @Nullable Object> s3) throws NodeProblem, IOException {
        BucketAddress address = new BucketAddress(
                Tree.text(s3, "endpoint"),
                Boolean.TRUE.equals(s3.get("insecure")),
                Tree.text(s3, "bucket"),
                Tree.string(s3, "region"),
                Tree.text(s3, "addressingStyle"),
                keys(s3));
        return new BucketPlace(buckets.open(address), address.bucket(), scratch);
    }

    private BucketAddress.@Nullable Keys keys(Map<String, @Nullable Object> s3) throws NodeProblem {
        String id = secret(s3, "accessKeySecret");
        String secret = secret(s3, "secretKeySecret");
        if (id != null && secret != null) {
            return new BucketAddress.Keys(id, secret, secret(s3, "sessionTokenSecret"));
        }
        if (id != null || secret != null) {
            throw new NodeProblem("the bucket " + Tree.text(s3, "bucket")
                    + " has one of accessKeySecret and secretKeySecret; give both, or none");
        }
        return null;
    }

    private @Nullable String secret(Map<String, @Nullable Object> s3, String field) throws NodeProblem {
        return s3.get(field) instanceof Map<?, ?> ref ? configMaps.secret(Tree.cast(ref)) : null;
    }
}
