package dev.plumbline.controller.app.operator;

import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Numbers of terms of leadership, given out by the store that they fence: they grow for ever, also when somebody deletes the Lease, whose
 * count of transitions then begins anew.
 */
final class TermNumbers {

    private TermNumbers() {}

    /**
     * The next one.
     *
     * @param least what it is at least
     * @throws StoreException when it is unknown whether it was given out, or what stands there is no number
     */
    static long next(Stores stores, String clusterId, long least) throws StoreException {
        String name = "clusters/" + clusterId + "/term";
        while (true) {
            Optional<byte[]> stored = stores.refs().read(name);
            long next = Math.max(least, stored.isEmpty() ? 0 : number(name, stored.get()) + 1);
            byte[] written = Long.toString(next).getBytes(StandardCharsets.UTF_8);
            if (stores.refs().compareAndSet(name, stored.orElse(null), written)) {
                return next;
            }
        }
    }

    private static long number(String name, byte[] stored) throws StoreException {
        String text = new String(stored, StandardCharsets.UTF_8);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new StoreException(name + " should hold a number and holds '" + text + "'; restore it", false, e);
        }
    }
}
