package dev.plumbline.registry.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.nio.file.Path;
import java.util.Optional;

/** One of two processes that append to the same stream and count in the same ref. */
final class Rival {

    static final int APPENDS = 150;

    private Rival() {}

    public static void main(String[] arguments) throws StoreException {
        append(Path.of(arguments[0]), "child");
    }

    static long append(Path folder, String name) throws StoreException {
        Stores stores = FileStores.open(folder);
        int done = 0;
        while (done < APPENDS) {
            long number = stores.logs().next("rivals");
            done += stores.logs().append("rivals", number, name.getBytes(UTF_8)) ? 1 : 0;
        }
        for (int counted = 0; counted < APPENDS; ) {
            Optional<byte[]> before = stores.refs().read("count");
            int count = before.map(bytes -> Integer.parseInt(new String(bytes, UTF_8)))
                    .orElse(0);
            byte[] after = String.valueOf(count + 1).getBytes(UTF_8);
            counted += stores.refs().compareAndSet("count", before.orElse(null), after) ? 1 : 0;
        }
        return done;
    }
}
