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
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The digest of each object that one commit renders, before {@code version}. Compact, because a timeline holds thousands:
 * contents with the same keys share them.
 */
public final class Contents {

    private final Keys keys;
    private final Digest[] digests;

    /**
     * The keys of a commit's objects; neighbours share them.
     *
     * @param sorted in order
     * @param rendered in rendered order
     * @param positions of those in rendered order among the sorted ones
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Keys(List<ObjectKey> sorted, List<ObjectKey> rendered, int[] positions) {

        static Keys of(List<ObjectKey> rendered) {
            List<ObjectKey> sorted = List.copyOf(new TreeSet<>(rendered));
            int[] positions = new int[rendered.size()];
            for (int i = 0; i < positions.length; i++) {
                positions[i] = Collections.binarySearch(sorted, rendered.get(i));
            }
            return new Keys(sorted, rendered, positions);
        }
    }

    private Contents(Keys keys, Digest[] digests) {
        this.keys = keys;
        this.digests = digests;
    }

    /**
     * What these objects hold.
     *
     * @param near other contents whose keys and digests are used again where they are equal; null when there are none
     */
    static Contents of(Collection<Manifest> objects, @Nullable Contents near) {
        List<ObjectKey> rendered = objects.stream().map(Manifest::key).toList();
        boolean sameKeys = near != null && near.keys.rendered.equals(rendered);
        Keys keys = near != null && sameKeys ? near.keys : Keys.of(rendered);
        Digest[] digests = new Digest[keys.sorted.size()];
        int i = 0;
        for (Manifest object : objects) {
            digests[keys.positions[i++]] = object.digest();
        }
        if (near != null && near.keys.sorted.equals(keys.sorted)) {
            if (Arrays.equals(near.digests, digests)) {
                return near;
            }
            for (int k = 0; k < digests.length; k++) {
                digests[k] = digests[k].equals(near.digests[k]) ? near.digests[k] : digests[k];
            }
        }
        return new Contents(keys, digests);
    }

    /** The keys of all objects, sorted. */
    public List<ObjectKey> keys() {
        return keys.sorted;
    }

    /** The digest of an object; null when it is not rendered. */
    public @Nullable Digest get(ObjectKey key) {
        int index = Collections.binarySearch(keys.sorted, key);
        return index < 0 ? null : digests[index];
    }

    /**
     * The digest of an object of other contents; null when it is not rendered here.
     *
     * @param position where it stands among the keys of the others
     */
    @SuppressWarnings("ReferenceEquality") // the very same keys need no search
    @Nullable
    Digest get(Contents others, int position) {
        return keys == others.keys ? digests[position] : get(others.keys.sorted.get(position));
    }

    /** How many objects there are. */
    int size() {
        return digests.length;
    }

    /** All of them by key. */
    public Map<ObjectKey, Digest> asMap() {
        Map<ObjectKey, Digest> map = LinkedHashMap.newLinkedHashMap(digests.length);
        for (int i = 0; i < digests.length; i++) {
            map.put(keys.sorted.get(i), digests[i]);
        }
        return Collections.unmodifiableMap(map);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Contents that
                        && keys.sorted.equals(that.keys.sorted)
                        && Arrays.equals(digests, that.digests));
    }

    @Override
    public int hashCode() {
        return 31 * keys.sorted.hashCode() + Arrays.hashCode(digests);
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
