package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.quarantine.Quarantine;
import dev.plumbline.registry.history.HistoryCodec;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one sync keeps in the store besides its history. Each value is written by one program only, by compare-and-set. */
final class SyncStore {

    private final Stores stores;
    private final SyncKeys keys;
    private final Fence fence;
    private byte @Nullable [] inventoryBytes;
    private @Nullable Inventory inventory;
    private byte @Nullable [] stateBytes;
    private @Nullable SyncState state;
    private byte @Nullable [] quarantineBytes;

    SyncStore(Stores stores, SyncKeys keys, Fence fence) throws StoreException {
        this.stores = stores;
        this.keys = keys;
        this.fence = fence;
        this.inventoryBytes = stores.refs().read(keys.inventory()).orElse(null);
        this.stateBytes = stores.refs().read(keys.state()).orElse(null);
        this.quarantineBytes = stores.refs().read(keys.quarantine()).orElse(null);
    }

    /**
     * Begins this program's term: from now on a program of an earlier term can write nothing of this sync.
     *
     * @throws StoreException when a program of a later term was here
     */
    void enter() throws StoreException {
        SyncState state = state();
        if (state.term() > fence.term()) {
            throw new StoreException(
                    "term " + fence.term() + " of leadership is over: term " + state.term() + " wrote " + keys.state(),
                    true);
        }
        if (state.term() < fence.term()) {
            save(state.inTerm(fence.term()));
        }
    }

    /** Asked before what is written elsewhere for this sync. */
    void check() throws StoreException {
        fence.check();
    }

    Inventory inventory() throws StoreException {
        Inventory known = inventory;
        if (known == null) {
            try {
                known = inventoryBytes == null ? Inventory.empty() : Inventory.decode(inventoryBytes);
            } catch (JsonException e) {
                throw damaged(keys.inventory(), e);
            }
            inventory = known;
        }
        return known;
    }

    @SuppressWarnings("ReferenceEquality") // Immutable: the same one was stored.
    void save(Inventory owned) throws StoreException {
        if (owned == inventory && inventoryBytes != null) {
            return;
        }
        inventoryBytes = set(keys.inventory(), inventoryBytes, owned.encode());
        inventory = owned;
    }

    SyncState state() throws StoreException {
        SyncState known = state;
        if (known == null) {
            try {
                known = stateBytes == null ? SyncState.initial() : SyncState.decode(stateBytes);
            } catch (JsonException e) {
                throw damaged(keys.state(), e);
            }
            state = known;
        }
        return known;
    }

    void save(SyncState now) throws StoreException {
        stateBytes = set(keys.state(), stateBytes, now.encode());
        state = now;
    }

    /** Knows a state that history says as well, so that it is stored with the next one and not by itself. */
    void remember(SyncState now) {
        state = now;
    }

    Quarantine quarantine() throws StoreException {
        try {
            return quarantineBytes == null ? Quarantine.none() : Quarantine.decode(quarantineBytes);
        } catch (JsonException e) {
            throw damaged(keys.quarantine(), e);
        }
    }

    void save(Quarantine quarantine) throws StoreException {
        quarantineBytes = set(keys.quarantine(), quarantineBytes, quarantine.encode());
    }

    /** Holds nothing any more. */
    void release() throws StoreException {
        if (!quarantine().isEmpty()) {
            save(Quarantine.none());
        }
    }

    /** Keeps the draft of an entry, so that a restart can finish what it says. */
    Digest saveDraft(HistoryEntry draft) throws StoreException {
        return stores.objects().put(HistoryCodec.encode(draft));
    }

    Optional<HistoryEntry> draft(Digest digest) throws StoreException {
        Optional<byte[]> bytes = stores.objects().get(digest);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(HistoryCodec.decode(bytes.get()));
        } catch (JsonException e) {
            throw damaged("draft " + digest, e);
        }
    }

    private byte[] set(String name, byte @Nullable [] expected, byte[] value) throws StoreException {
        if (expected != null && java.util.Arrays.equals(expected, value)) {
            return expected;
        }
        fence.check();
        if (!stores.refs().compareAndSet(name, expected, value)) {
            throw new StoreException(
                    "could not write " + name + ": somebody else writes it; stop the other program that uses the same"
                            + " store for this sync",
                    false);
        }
        return value;
    }

    private static StoreException damaged(String name, JsonException cause) {
        return new StoreException("the stored value " + name + " cannot be read: " + cause.getMessage(), false, cause);
    }
}
