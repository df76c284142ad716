package dev.plumbline.registry.evidence;

import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A sync that a store holds something of.
 *
 * @param cluster id of its cluster
 * @param id its name
 */
public record StoredSync(String cluster, SyncId id) {

    private static final Set<String> STREAMS = Set.of("runs", "evidence-log");
    private static final int PARTS = 4;

    /**
     * The syncs of a store of which runs were recorded or anything was sealed.
     *
     * @throws StoreException when the store cannot be read
     */
    public static List<StoredSync> of(Stores stores) throws StoreException {
        Set<StoredSync> syncs = new LinkedHashSet<>();
        for (String stream : stores.logs().streams("")) {
            String[] parts = stream.split("/", -1);
            if (parts.length == PARTS && STREAMS.contains(parts[PARTS - 1])) {
                syncs.add(new StoredSync(parts[0], new SyncId(parts[1], parts[2])));
            }
        }
        return new ArrayList<>(syncs);
    }

    @Override
    public String toString() {
        return id + " on " + cluster;
    }
}
