package dev.plumbline.registry.run;

/**
 * The bucket that an artifact of a run is in, as the run says.
 *
 * @param node name of the node that made it; empty for an output of the whole run
 * @param name its name in the template
 * @param endpoint host of the S3 server, with its port where that is not the usual one
 * @param bucket name of the bucket
 * @param key its key there
 */
public record ArtifactPlace(String node, String name, String endpoint, String bucket, String key) {}
