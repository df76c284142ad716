package dev.plumbline.registry.evidence;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Copies a store, which may be written meanwhile, into one that is empty or that was copied from it before: all logs, all refs, and
 * every object that these name, directly or through other objects. Afterwards the copy holds what was there at one moment for each sync
 * ({@link StoreCut}); again, it brings over what came since. Everything is compared before anything is written, and what the other
 * store has and this one has otherwise is refused. A copy that ends early leaves a {@link CopyMark}, with which nobody uses the store
 * before the copy was repeated.
 */
public final class StoreCopy {

    private static final int PAGE = 500;
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final Stores from;
    private final Stores to;
    private final StoreCut cut;
    private final Set<String> seen = new HashSet<>();
    private final Deque<Digest> named = new ArrayDeque<>();
    private long entries;
    private long refs;
    private long objects;

    private StoreCopy(Stores from, Stores to, StoreCut cut) {
        this.from = from;
        this.to = to;
        this.cut = cut;
    }

    /**
     * Copies.
     *
     * @return how much was brought over
     * @throws StoreException when one of them cannot be read or written, or they disagree
     */
    public static Copied copy(Stores from, Stores to) throws StoreException {
        CopyMark.requireWhole(from);
        StoreCopy copy = new StoreCopy(from, to, StoreCut.of(from));
        copy.compare();
        CopyMark.copying(to);
        copy.objects();
        copy.logs();
        copy.refs();
        CopyMark.whole(to);
        return new Copied(copy.entries, copy.refs, copy.objects);
    }

    /**
     * How much was brought over.
     *
     * @param entries entries of logs
     * @param refs refs that were set or taken away
     * @param objects objects that these name
     */
    public record Copied(long entries, long refs, long objects) {}

    /** Refuses a store that is no copy of this one. */
    private void compare() throws StoreException {
        for (String stream : to.logs().streams("")) {
            compare(stream, cut.logs().getOrDefault(stream, 0L));
        }
        if (CopyMark.isOn(to)) {
            return; // Its refs are those of the last copy, which may have moved since.
        }
        for (String name : to.refs().names("")) {
            String here = cut.refs().get(name);
            Optional<byte[]> there = to.refs().read(name);
            if (there.isPresent() && !StoreCut.text(there.get()).equals(here)) {
                throw disagree("ref " + name, "it has another value there");
            }
        }
    }

    private void compare(String stream, long last) throws StoreException {
        if (to.logs().next(stream) - 1 > last) {
            throw disagree("log " + stream, "it has more entries there");
        }
        long number = 1;
        List<LogStore.Entry> there = to.logs().read(stream, number, PAGE);
        while (!there.isEmpty()) {
            List<LogStore.Entry> here = from.logs().read(stream, number, there.size());
            for (int i = 0; i < there.size(); i++) {
                if (i >= here.size()
                        || !Arrays.equals(here.get(i).bytes(), there.get(i).bytes())) {
                    throw disagree("entry " + (number + i) + " of log " + stream, "it is another one there");
                }
            }
            number += there.size();
            there = to.logs().read(stream, number, PAGE);
        }
    }

    /** Objects go before what names them, so those of entries that are there are there too. */
    private void objects() throws StoreException {
        for (String stream : cut.logs().keySet()) {
            each(stream, entry -> scan(StoreCut.text(entry.bytes())));
        }
        for (Map.Entry<String, String> ref : cut.refs().entrySet()) {
            if (!isThere(ref)) {
                scan(ref.getValue());
            }
        }
        while (!named.isEmpty()) {
            Optional<byte[]> bytes = from.objects().get(named.remove());
            if (bytes.isPresent()) {
                to.objects().put(bytes.get());
                objects++;
                scan(StoreCut.text(bytes.get()));
            }
        }
    }

    private void logs() throws StoreException {
        for (String stream : cut.logs().keySet()) {
            each(stream, entry -> {
                if (!to.logs().append(stream, entry.number(), entry.bytes())) {
                    throw disagree("entry " + entry.number() + " of log " + stream, "somebody else writes there");
                }
                entries++;
            });
        }
    }

    /** What is done with an entry. */
    private interface Step {
        void take(LogStore.Entry entry) throws StoreException;
    }

    /** The entries that are not there yet, up to the last one of the cut. */
    private void each(String stream, Step step) throws StoreException {
        long last = cut.logs().getOrDefault(stream, 0L);
        long number = to.logs().next(stream);
        while (number <= last) {
            List<LogStore.Entry> page = from.logs().read(stream, number, (int) Math.min(PAGE, last - number + 1));
            if (page.isEmpty()) {
                throw new StoreException(
                        "tried to copy entry " + number + " of log " + stream + ", failed because it is gone", false);
            }
            for (LogStore.Entry entry : page) {
                step.take(entry);
            }
            number += page.size();
        }
    }

    private void refs() throws StoreException {
        for (Map.Entry<String, String> ref : cut.refs().entrySet()) {
            if (!isThere(ref)) {
                set(ref.getKey(), StoreCut.bytes(ref.getValue()));
            }
        }
        for (String name : to.refs().names("")) {
            if (!cut.refs().containsKey(name) && !name.equals(CopyMark.REF)) {
                set(name, null);
            }
        }
    }

    private void set(String name, byte @Nullable [] value) throws StoreException {
        if (!to.refs().compareAndSet(name, to.refs().read(name).orElse(null), value)) {
            throw disagree("ref " + name, "somebody else writes there");
        }
        refs++;
    }

    private boolean isThere(Map.Entry<String, String> ref) throws StoreException {
        Optional<byte[]> there = to.refs().read(ref.getKey());
        return there.isPresent() && StoreCut.text(there.get()).equals(ref.getValue());
    }

    /** Whatever looks like a digest may name an object; those that name none are digests of other things. */
    private void scan(String text) {
        Matcher matcher = DIGEST.matcher(text);
        while (matcher.find()) {
            if (seen.add(matcher.group())) {
                named.add(new Digest(matcher.group()));
            }
        }
    }

    private static StoreException disagree(String what, String why) {
        return new StoreException(
                "tried to copy " + what + ", refused because " + why
                        + "; copy into a store that is empty, or that was copied from this one and used by nobody since",
                false);
    }
}
