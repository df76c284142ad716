package dev.plumbline.registry.s3;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.store.ObjectStore;
import dev.plumbline.registry.store.StoreException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One key per object, {@code objects/ab/cdef…}, named by the digest's digits. */
final class S3ObjectStore implements ObjectStore {

    private static final int FAN_OUT = 2;

    /** An object of at least this many bytes is looked for before it is sent. */
    private static final int WORTH_ASKING = 64 * 1024;

    /** Most digests that this process remembers to be there: most of a release is put again unchanged. */
    private static final int MAX_REMEMBERED = 100_000;

    private final Bucket bucket;
    private final Set<Digest> present = ConcurrentHashMap.newKeySet();

    S3ObjectStore(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public Digest put(byte[] bytes) throws StoreException {
        if (bytes.length > MAX_OBJECT_BYTES) {
            throw new StoreException(
                    "tried to store an object of " + bytes.length + " bytes, refused because MAX_OBJECT_BYTES is "
                            + MAX_OBJECT_BYTES + "; split it",
                    false);
        }
        Digest digest = Digest.of(bytes);
        if (!present.contains(digest)) {
            String key = key(digest);
            boolean known = bytes.length >= WORTH_ASKING && bucket.exists(key);
            if (!known) {
                // Whoever was first wrote the same bytes.
                bucket.create(key, bytes);
            }
            remember(digest);
        }
        return digest;
    }

    @Override
    public Optional<byte[]> get(Digest digest) throws StoreException {
        String key = key(digest);
        Optional<byte[]> bytes = bucket.get(key).map(Bucket.Found::bytes);
        if (bytes.isPresent() && !Digest.of(bytes.get()).equals(digest)) {
            throw bucket.refused(
                    "read", key, "its content does not have the digest in its name", "restore it from a backup");
        }
        return bytes;
    }

    private void remember(Digest digest) {
        if (present.size() >= MAX_REMEMBERED) {
            present.clear();
        }
        present.add(digest);
    }

    private static String key(Digest digest) {
        String hex = digest.hex();
        return "objects/" + hex.substring(0, FAN_OUT) + "/" + hex.substring(FAN_OUT);
    }
}
