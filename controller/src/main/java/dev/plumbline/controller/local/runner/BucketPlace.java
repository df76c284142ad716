package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.artifacts.ArtifactBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Artifacts in a bucket: a file or an archive is one object, a folder that is stored as it is has an object for each file.
 *
 * @param bucket the bucket
 * @param name what it is called in messages
 * @param scratch a folder that does not exist, for what is packed or not yet unpacked
 */
record BucketPlace(ArtifactBucket bucket, String name, Path scratch) implements ArtifactPlace {

    private static final String WHOLE = "artifact";

    @Override
    public ArtifactStore.Stored put(String key, Path source, Packing packing, int level) throws IOException {
        try {
            ArtifactStore.Stored stored = new ArtifactStore(scratch).put(WHOLE, source, packing, level);
            Path made = scratch.resolve(WHOLE);
            for (Path file : files(made)) {
                bucket.put(file.equals(made) ? key : key + "/" + made.relativize(file), file);
            }
            return stored;
        } finally {
            ArtifactStore.delete(scratch);
        }
    }

    private static List<Path> files(Path made) throws IOException {
        try (Stream<Path> walk = Files.walk(made)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Override
    public void get(String key, Path target, Packing packing) throws IOException {
        try {
            Path whole = Files.createDirectories(scratch).resolve(WHOLE);
            if (bucket.get(key, whole)) {
                new ArtifactStore(scratch).get(WHOLE, target, packing);
                return;
            }
            String folder = key.endsWith("/") ? key : key + "/";
            List<String> keys = bucket.list(folder);
            if (keys.isEmpty()) {
                throw new IOException("no artifact with key " + key + " in the bucket " + name);
            }
            for (String one : keys) {
                file(one, folder, target);
            }
        } finally {
            ArtifactStore.delete(scratch);
        }
    }

    @Override
    public void remove(String key) throws IOException {
        List<String> keys = new ArrayList<>(bucket.list(key.endsWith("/") ? key : key + "/"));
        keys.add(key);
        bucket.remove(keys);
    }

    private void file(String key, String folder, Path target) throws IOException {
        Path file = target.resolve(key.substring(folder.length())).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("artifact key '" + key + "' leaves the folder of its artifact");
        }
        if (key.endsWith("/")) { // A folder that was made with a console.
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (!bucket.get(key, file)) {
            throw new IOException("the artifact with key " + key + " in the bucket " + name + " went away");
        }
    }
}
