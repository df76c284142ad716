package dev.plumbline.registry.evidence;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ref in a store that was copied from another one: whether the copy is whole. While it is there the store belongs to its copier, which
 * may move refs. A program that begins to use the store takes it away, and from then on the store is nobody's copy.
 */
public final class CopyMark {

    /** Name of the ref. */
    static final String REF = "copy";

    private static final String SCHEMA = "plumbline.dev/store-copy/v1";
    private static final String STATE = "state";
    private static final String COPYING = "copying";
    private static final String WHOLE = "whole";

    private CopyMark() {}

    /**
     * Refuses a store to which a copy was begun and not ended.
     *
     * @throws StoreException when that is so, or the store cannot be read
     */
    public static void requireWhole(Stores stores) throws StoreException {
        Optional<byte[]> mark = stores.refs().read(REF);
        if (mark.isPresent() && !state(mark.get()).equals(WHOLE)) {
            throw new StoreException(
                    "tried to use a store to which a copy was begun and not ended; repeat the `plumbline store export` or"
                            + " `import` that wrote it",
                    false);
        }
    }

    /**
     * Makes a store a store of its own, because it is written from now on.
     *
     * @return the same store
     * @throws StoreException when a copy to it was not ended, or the store cannot be written
     */
    public static Stores use(Stores stores) throws StoreException {
        requireWhole(stores);
        Optional<byte[]> mark = stores.refs().read(REF);
        if (mark.isPresent() && !stores.refs().compareAndSet(REF, mark.get(), null)) {
            requireWhole(stores);
        }
        return stores;
    }

    /** Whether a store is a copy, whole or not. */
    static boolean isOn(Stores stores) throws StoreException {
        return stores.refs().read(REF).isPresent();
    }

    static void copying(Stores stores) throws StoreException {
        set(stores, COPYING);
    }

    static void whole(Stores stores) throws StoreException {
        set(stores, WHOLE);
    }

    private static void set(Stores stores, String state) throws StoreException {
        Map<String, @Nullable Object> mark = new LinkedHashMap<>();
        mark.put("schema", SCHEMA);
        mark.put(STATE, state);
        byte[] before = stores.refs().read(REF).orElse(null);
        if (!stores.refs().compareAndSet(REF, before, Json.bytes(mark))) {
            throw new StoreException(
                    "tried to mark the store that is copied to as " + state
                            + ", refused because somebody else writes there; copy again when nobody does",
                    false);
        }
    }

    private static String state(byte[] mark) {
        try {
            return Tree.text(Json.parseObject(mark), STATE);
        } catch (JsonException e) {
            return "damaged";
        }
    }
}
