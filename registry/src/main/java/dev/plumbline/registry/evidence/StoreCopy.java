package dev.plumbline.registry.evidence;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies a store into another: all logs, all refs, and every object that these name, directly or through other objects. It may be
 * repeated after a kill, and to bring over what came since; what the other store has and this one has otherwise is refused.
 */
public final class StoreCopy {

    private static final int PAGE = 500;
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final Stores from;
    private final Stores to;
    private final Set<String> seen = new HashSet<>();
    private final Deque<Digest> named = new ArrayDeque<>();
    private long entries;
    private long refs;
    private long objects;

    private StoreCopy(Stores from, Stores to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Copies.
     *
     * @return how much was there to copy
     * @throws StoreException when one of them cannot be read or written, or they disagree
     */
    public static Copied copy(Stores from, Stores to) throws StoreException {
        StoreCopy copy = new StoreCopy(from, to);
        // Objects go before what names them, so that a kill leaves nothing that names what is not there.
        for (String stream : from.logs().streams("")) {
            copy.readStream(stream, false);
        }
        for (String name : from.refs().names("")) {
            from.refs().read(name).ifPresent(copy::scan);
        }
        copy.objects();
        for (String stream : from.logs().streams("")) {
            copy.readStream(stream, true);
        }
        for (String name : from.refs().names("")) {
            copy.ref(name);
        }
        return new Copied(copy.entries, copy.refs, copy.objects);
    }

    /**
     * How much a store holds.
     *
     * @param entries entries of its logs
     * @param refs its refs
     * @param objects objects that are named by anything
     */
    public record Copied(long entries, long refs, long objects) {}

    private void readStream(String stream, boolean write) throws StoreException {
        long number = 1;
        long next = write ? to.logs().next(stream) : 1;
        List<LogStore.Entry> page;
        do {
            page = from.logs().read(stream, number, PAGE);
            List<LogStore.Entry> there = write && number < next ? to.logs().read(stream, number, PAGE) : List.of();
            for (LogStore.Entry entry : page) {
                scan(entry.bytes());
                if (write) {
                    append(stream, entry, there);
                    entries++;
                }
            }
            number += page.size();
        } while (!page.isEmpty());
        if (write && next > number) {
            throw disagree("log " + stream, "it has more entries there");
        }
    }

    private void append(String stream, LogStore.Entry entry, List<LogStore.Entry> there) throws StoreException {
        Optional<LogStore.Entry> known =
                there.stream().filter(one -> one.number() == entry.number()).findFirst();
        if (known.isPresent()) {
            if (!Arrays.equals(known.get().bytes(), entry.bytes())) {
                throw disagree("entry " + entry.number() + " of log " + stream, "it is another one there");
            }
        } else if (!to.logs().append(stream, entry.number(), entry.bytes())) {
            throw disagree("entry " + entry.number() + " of log " + stream, "somebody else writes there");
        }
    }

    private void ref(String name) throws StoreException {
        Optional<byte[]> value = from.refs().read(name);
        if (value.isEmpty()) {
            return;
        }
        refs++;
        if (!to.refs().compareAndSet(name, null, value.get())) {
            Optional<byte[]> there = to.refs().read(name);
            if (there.isEmpty() || !Arrays.equals(there.get(), value.get())) {
                throw disagree("ref " + name, "it has another value there");
            }
        }
    }

    private void objects() throws StoreException {
        while (!named.isEmpty()) {
            Optional<byte[]> bytes = from.objects().get(named.remove());
            if (bytes.isPresent()) {
                to.objects().put(bytes.get());
                objects++;
                scan(bytes.get());
            }
        }
    }

    /** Whatever looks like a digest may name an object; those that name none are digests of other things. */
    private void scan(byte[] bytes) {
        Matcher matcher = DIGEST.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            if (seen.add(matcher.group())) {
                named.add(new Digest(matcher.group()));
            }
        }
    }

    private static StoreException disagree(String what, String why) {
        return new StoreException(
                "tried to copy " + what + ", refused because " + why
                        + "; copy into a store that is empty, or that was copied" + " from this one and used by nobody",
                false);
    }
}
