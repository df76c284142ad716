package dev.plumbline.controller.app.operator;

import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The secret of a store that digests of persons are made with: chosen once, by whoever comes first. */
final class Salt {

    private static final String NAME = "salt";
    private static final int BYTES = 16;

    private Salt() {}

    static String ensure(Stores stores) throws StoreException {
        Optional<byte[]> known = stores.refs().read(NAME);
        if (known.isPresent()) {
            return new String(known.get(), StandardCharsets.UTF_8);
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        byte[] fresh = HexFormat.of().formatHex(random).getBytes(StandardCharsets.UTF_8);
        return stores.refs().compareAndSet(NAME, null, fresh)
                ? new String(fresh, StandardCharsets.UTF_8)
                : ensure(stores);
    }
}
