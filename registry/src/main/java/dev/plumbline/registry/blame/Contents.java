package dev.plumbline.registry.blame;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The digest of each object that one commit renders, before {@code version}. Compact, because a timeline holds thousands:
 * contents with the same keys share them.
 */
public final class Contents {

    private final List<ObjectKey> keys;
    private final Digest[] digests;

    private Contents(List<ObjectKey> keys, Digest[] digests) {
        this.keys = keys;
        this.digests = digests;
    }

    /**
     * What these objects hold.
     *
     * @param near other contents whose keys and digests are used again where they are equal; null when there are none
     */
    static Contents of(Collection<Manifest> objects, @Nullable Contents near) {
        Map<ObjectKey, Digest> sorted = new TreeMap<>();
        objects.forEach(object -> sorted.put(object.key(), object.digest()));
        List<ObjectKey> keys = List.copyOf(sorted.keySet());
        boolean sameKeys = near != null && near.keys.equals(keys);
        Digest[] digests = sorted.values().toArray(new Digest[0]);
        if (near != null && sameKeys) {
            if (Arrays.equals(near.digests, digests)) {
                return near;
            }
            for (int i = 0; i < digests.length; i++) {
                digests[i] = digests[i].equals(near.digests[i]) ? near.digests[i] : digests[i];
            }
            return new Contents(near.keys, digests);
        }
        return new Contents(keys, digests);
    }

    /** The keys of all objects, sorted. */
    public List<ObjectKey> keys() {
        return keys;
    }

    /** The digest of an object; null when it is not rendered. */
    public @Nullable Digest get(ObjectKey key) {
        int index = Collections.binarySearch(keys, key);
        return index < 0 ? null : digests[index];
    }

    /** All of them by key. */
    public Map<ObjectKey, Digest> asMap() {
        Map<ObjectKey, Digest> map = LinkedHashMap.newLinkedHashMap(keys.size());
        for (int i = 0; i < digests.length; i++) {
            map.put(keys.get(i), digests[i]);
        }
        return Collections.unmodifiableMap(map);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Contents that && keys.equals(that.keys) && Arrays.equals(digests, that.digests));
    }

    @Override
    public int hashCode() {
        return 31 * keys.hashCode() + Arrays.hashCode(digests);
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
