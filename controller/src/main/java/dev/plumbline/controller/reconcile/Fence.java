package dev.plumbline.controller.reconcile;

import dev.plumbline.registry.store.StoreException;

/**
 * Keeps a program that no longer leads from writing what the one that does writes. Each term of leadership has a number that only
 * grows; what is stored names the term that wrote it, so that an older term is refused by the store as well.
 */
public interface Fence {

    /** The number of this program's term. */
    long term();

    /**
     * Asked before every write.
     *
     * @throws StoreException when this program leads no more
     */
    void check() throws StoreException;

    /** The fence of the only program there is. */
    static Fence none() {
        return new Fence() {
            @Override
            public long term() {
                return 0;
            }

            @Override
            public void check() {
                // Nobody else can lead.
            }
        };
    }
}
