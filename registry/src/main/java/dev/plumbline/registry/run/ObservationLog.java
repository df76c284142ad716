package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When the runs of a cluster were watched, and when not. Until when a namespace was watched is a ref that moves; a time in which it
 * was not is an entry of a log, which stays. Many processes may use it.
 */
public final class ObservationLog {

    private static final String SEEN_SCHEMA = "plumbline.dev/seen-until/v1";

    private final Stores stores;
    private final String ref;
    private final String stream;

    /** The log of a cluster. */
    public ObservationLog(Stores stores, String cluster) {
        this.stores = stores;
        this.ref = cluster + "/runs-seen-until";
        this.stream = cluster + "/runs-not-seen";
    }

    /**
     * Until when each namespace was watched that ever was.
     *
     * @throws StoreException when the store cannot be read
     */
    public Map<String, Instant> seenUntil() throws StoreException {
        return times(stores.refs().read(ref));
    }

    /**
     * Namespaces are watched until now.
     *
     * @throws StoreException when it is unknown whether that was kept; then a window is stated that may be too long
     */
    public void seen(Collection<String> namespaces, Instant now) throws StoreException {
        while (!namespaces.isEmpty()) {
            Optional<byte[]> before = stores.refs().read(ref);
            Map<String, Instant> times = times(before);
            namespaces.forEach(namespace -> times.merge(namespace, now, (a, b) -> a.isAfter(b) ? a : b));
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("schema", SEEN_SCHEMA);
            Map<String, @Nullable Object> texts = new LinkedHashMap<>();
            times.forEach((namespace, time) -> texts.put(namespace, time.toString()));
            tree.put("namespaces", texts);
            if (stores.refs().compareAndSet(ref, before.orElse(null), Json.bytes(tree))) {
                return;
            }
        }
    }

    /**
     * States a time in which a namespace was not watched.
     *
     * @throws StoreException when it is unknown whether it was stated; stating it again does no harm
     */
    public void notSeen(UnseenWindow window) throws StoreException {
        byte[] entry = Json.bytes(window.tree());
        while (!stores.logs().append(stream, stores.logs().next(stream), entry)) {
            // Another process took the number; the next one is tried.
        }
    }

    /**
     * The stated windows from a number on, oldest first, at most {@code limit}.
     *
     * @throws StoreException when the store cannot be read, or an entry is damaged
     */
    public List<UnseenWindow> windows(long from, int limit) throws StoreException {
        List<UnseenWindow> windows = new ArrayList<>();
        for (LogStore.Entry entry : stores.logs().read(stream, from, limit)) {
            try {
                windows.add(UnseenWindow.of(Json.parseObject(entry.bytes())));
            } catch (JsonException | IllegalArgumentException | DateTimeException e) {
                throw damaged("entry " + entry.number() + " of " + stream, e);
            }
        }
        return windows;
    }

    private Map<String, Instant> times(Optional<byte[]> value) throws StoreException {
        Map<String, Instant> times = new TreeMap<>();
        if (value.isEmpty()) {
            return times;
        }
        try {
            Map<String, @Nullable Object> tree = Json.parseObject(value.get());
            if (!SEEN_SCHEMA.equals(tree.get("schema"))) {
                throw new JsonException("its schema is " + tree.get("schema") + " and not " + SEEN_SCHEMA);
            }
            Tree.map(tree, "namespaces")
                    .forEach((namespace, time) -> times.put(namespace, Instant.parse(String.valueOf(time))));
            return times;
        } catch (JsonException | DateTimeException e) {
            throw damaged(ref, e);
        }
    }

    private static StoreException damaged(String what, Exception why) {
        return new StoreException(
                "tried to read " + what + ", failed because it is damaged: " + why.getMessage() + "; check the store",
                false,
                why);
    }
}
