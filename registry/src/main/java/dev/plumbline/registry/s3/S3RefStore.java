package dev.plumbline.registry.s3;

import dev.plumbline.registry.store.RefStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.StoreNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One key per ref, {@code refs/NAME+}, holding a {@link Sealed} value. A removed ref is an empty object, so that removing is
 * conditional like every other write; servers without conditional deletion are common.
 */
final class S3RefStore implements RefStore {

    private static final String FOLDER = "refs/";

    private static final byte[] REMOVED = {};

    private final Bucket bucket;

    S3RefStore(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public Optional<byte[]> read(String name) throws StoreException {
        String key = key(name);
        Optional<Bucket.Found> found = bucket.get(key);
        return found.isEmpty() ? Optional.empty() : Optional.ofNullable(value(key, found.get()));
    }

    @Override
    public boolean compareAndSet(String name, byte @Nullable [] expected, byte @Nullable [] value)
            throws StoreException {
        if (value != null && value.length > MAX_REF_BYTES) {
            throw new StoreException(
                    "tried to set ref " + name + " to " + value.length + " bytes, refused because MAX_REF_BYTES is "
                            + MAX_REF_BYTES + "; store an object and refer to it",
                    false);
        }
        String key = key(name);
        // Most refs that are set first never were before, and then one request does it.
        if (expected == null && value != null && bucket.create(key, Sealed.seal(value))) {
            return true;
        }
        Bucket.Found found = bucket.get(key).orElse(null);
        byte[] now = found == null ? null : value(key, found);
        if (!Arrays.equals(now, expected)) {
            return false;
        }
        if (now == null && value == null) {
            return true;
        }
        byte[] next = value == null ? REMOVED : Sealed.seal(value);
        return found == null ? bucket.create(key, next) : bucket.replace(key, next, found.tag());
    }

    @Override
    public List<String> names(String prefix) throws StoreException {
        List<String> names = new ArrayList<>();
        for (Bucket.Listed listed : bucket.list(FOLDER + prefix, "")) {
            if (listed.size() > 0) {
                names.add(listed.key().substring(FOLDER.length(), listed.key().length() - 1));
            }
        }
        names.sort(null);
        return names;
    }

    private byte @Nullable [] value(String key, Bucket.Found found) throws StoreException {
        if (found.bytes().length == 0) {
            return null;
        }
        byte[] value = Sealed.open(found.bytes());
        if (value == null) {
            throw bucket.refused("read", key, "its bytes do not have their checksum", "restore it from a backup");
        }
        return value;
    }

    private static String key(String name) {
        return FOLDER + StoreNames.check(name) + "+";
    }
}
