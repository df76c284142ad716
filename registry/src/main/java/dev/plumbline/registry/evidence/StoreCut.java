package dev.plumbline.registry.evidence;

import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a store held at one moment, for each sync, while others may write it: the values of its refs, and how far its logs went. A
 * sync is looked at until two looks saw the same, because a ref that is newer than a log (a claim of a run, say) means something else
 * beside it. What belongs to no sync (persons) is looked at last, since entries name it.
 *
 * @param refs values by name, each byte a character ({@link #text}), so that cuts compare
 * @param logs number of the last entry, by stream
 */
record StoreCut(SortedMap<String, String> refs, SortedMap<String, Long> logs) {

    /** Looks at one sync; it is written a few times for each commit and run, and a look takes milliseconds. */
    private static final int LOOKS = 200;

    private static final String CLUSTERS = "clusters";
    private static final int SYNC_PARTS = 3;
    private static final int LONG_SYNC_PARTS = 5;

    /** What a store holds now. */
    static StoreCut of(Stores stores) throws StoreException {
        SortedSet<String> syncs = new TreeSet<>();
        for (String name : stores.refs().names("")) {
            syncs.add(sync(name));
        }
        for (String stream : stores.logs().streams("")) {
            syncs.add(sync(stream));
        }
        syncs.remove("");
        StoreCut all = new StoreCut(new TreeMap<>(), new TreeMap<>());
        for (String sync : syncs) {
            all.add(still(stores, sync));
        }
        StoreCut rest = new StoreCut(new TreeMap<>(), new TreeMap<>());
        rest.look(stores, "", name -> sync(name).isEmpty() && !name.equals(CopyMark.REF));
        all.add(rest);
        return all;
    }

    private static StoreCut still(Stores stores, String sync) throws StoreException {
        StoreCut before = once(stores, sync);
        for (int looks = 1; looks < LOOKS; looks++) {
            StoreCut now = once(stores, sync);
            if (now.equals(before)) {
                return now;
            }
            before = now;
        }
        throw new StoreException(
                "tried to copy what is kept of " + sync + ", failed because it was written during each of " + LOOKS
                        + " looks; try again when less goes on there",
                true);
    }

    private static StoreCut once(Stores stores, String sync) throws StoreException {
        StoreCut cut = new StoreCut(new TreeMap<>(), new TreeMap<>());
        String[] parts = sync.split("/", -1);
        cut.look(stores, sync + "/", name -> true);
        cut.look(stores, CLUSTERS + "/" + parts[0] + "/syncs/" + parts[1] + "/" + parts[2] + "/", name -> true);
        return cut;
    }

    private void look(Stores stores, String prefix, Predicate<String> wanted) throws StoreException {
        for (String name : stores.refs().names(prefix)) {
            if (wanted.test(name)) {
                stores.refs().read(name).ifPresent(value -> refs.put(name, text(value)));
            }
        }
        for (String stream : stores.logs().streams(prefix)) {
            if (wanted.test(stream)) {
                logs.put(stream, stores.logs().next(stream) - 1);
            }
        }
    }

    /** Bytes as a text of as many characters. */
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The bytes of such a text. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void add(StoreCut other) {
        refs.putAll(other.refs);
        logs.putAll(other.logs);
    }

    /** The sync that a name belongs to, {@code cluster/namespace/name}, from either form of names; empty for none. */
    private static String sync(String name) {
        String[] parts = name.split("/", -1);
        if (parts[0].equals(CLUSTERS)) {
            return parts.length > LONG_SYNC_PARTS ? parts[1] + "/" + parts[3] + "/" + parts[4] : "";
        }
        return parts.length > SYNC_PARTS ? parts[0] + "/" + parts[1] + "/" + parts[2] : "";
    }
}
