package dev.plumbline.registry.evidence;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.sign.Keyring;
import dev.plumbline.registry.sign.KnownKey;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the chained log of one sync, and against it every entry that it seals and every object that these name. Each thing that
 * was changed, removed or put elsewhere is named; what cannot be found without an anchor is said.
 */
public final class LogCheck {

    private static final int PAGE = 500;

    private final Stores stores;
    private final Keyring keys;
    private final EvidenceLog log;
    private final SealedContent content;
    private final List<Check> checks = new ArrayList<>();
    private final List<byte[]> seals = new ArrayList<>();
    private final Map<String, List<SealedItem>> items = new LinkedHashMap<>();

    private LogCheck(Stores stores, Keyring keys, StoredSync sync) {
        this.stores = stores;
        this.keys = keys;
        this.log = new EvidenceLog(stores, sync.cluster(), sync.id());
        this.content = new SealedContent(stores, keys, sync);
        items.put(EvidenceLog.HISTORY, new ArrayList<>());
        items.put(EvidenceLog.RUNS, new ArrayList<>());
    }

    /**
     * Checks the log of a sync.
     *
     * @param anchors seals that were kept outside, of any log
     */
    public static List<Check> of(Stores stores, Keyring keys, StoredSync sync, List<Bundle> anchors) {
        LogCheck check = new LogCheck(stores, keys, sync);
        check.seals();
        check.items.forEach(check::stream);
        check.anchors(anchors);
        return List.copyOf(check.checks);
    }

    private void seals() {
        int before = checks.size();
        @Nullable Digest previous = null;
        try {
            List<LogStore.Entry> page;
            do {
                page = stores.logs().read(log.stream(), seals.size() + 1L, PAGE);
                for (LogStore.Entry entry : page) {
                    seal(entry, previous);
                    previous = Digest.of(entry.bytes());
                    seals.add(entry.bytes());
                }
            } while (!page.isEmpty());
        } catch (StoreException e) {
            checks.add(Check.wrong("seal " + (seals.size() + 1), e.getMessage()));
        }
        if (checks.size() == before && seals.isEmpty()) {
            checks.add(Check.note(log.stream(), "nothing is sealed, so nothing is known"));
        } else if (checks.size() == before) {
            checks.add(Check.ok(log.stream(), seals.size() + " seals, each signed and chained to the one before"));
        }
    }

    private void seal(LogStore.Entry entry, @Nullable Digest previous) {
        String what = "seal " + entry.number();
        try {
            Bundle bundle = Bundle.of(entry.bytes());
            Optional<KnownKey> key = keys.find(bundle.hint());
            if (!Arrays.equals(bundle.bytes(), entry.bytes())) {
                checks.add(Check.wrong(what, "was changed: it is not in the form in which it was written"));
            } else if (key.isEmpty()) {
                checks.add(Check.wrong(
                        what, "is signed by the key " + bundle.hint() + ", which is not among those that you believe"));
            } else if (!bundle.signedBy(key.get().key())) {
                checks.add(Check.wrong(
                        what,
                        "was changed: it does not have the signature of "
                                + key.get().key()));
            }
            LogSeal seal = LogSeal.of(bundle);
            if (!seal.log().equals(log.stream()) || seal.number() != entry.number()) {
                checks.add(
                        Check.wrong(what, "was moved: it says that it is seal " + seal.number() + " of " + seal.log()));
            } else if (!java.util.Objects.equals(seal.previous(), previous)) {
                checks.add(Check.wrong(
                        what,
                        entry.number() == 1
                                ? "follows another seal, which was removed"
                                : "does not follow seal " + (entry.number() - 1)
                                        + " as it is: that one was changed or replaced"));
            } else if (key.isPresent() && key.get().retiredBefore(seal.time())) {
                checks.add(Check.wrong(
                        what,
                        "states " + seal.time() + ", but its key was retired at "
                                + key.get().retired()));
            }
            seal.items()
                    .forEach(item -> items.computeIfAbsent(item.stream(), name -> new ArrayList<>())
                            .add(item));
        } catch (IllegalArgumentException e) {
            checks.add(Check.wrong(what, "was changed: " + e.getMessage()));
        }
    }

    private void stream(String name, List<SealedItem> sealed) {
        if (!name.equals(EvidenceLog.HISTORY) && !name.equals(EvidenceLog.RUNS)) {
            checks.add(Check.wrong(name, "is sealed, but no stream that this program knows"));
            return;
        }
        int before = checks.size();
        Map<Digest, Long> places = new HashMap<>();
        sealed.forEach(item -> places.put(item.digest(), item.number()));
        Map<Long, byte[]> there = read(name);
        long expected = 1;
        for (SealedItem item : sealed) {
            if (item.number() != expected) {
                checks.add(Check.wrong(
                        name + " " + expected, "is not sealed, although entry " + item.number() + " after it is"));
            }
            expected = item.number() + 1;
            item(name, item, there.remove(item.number()), places);
        }
        if (checks.size() == before && !seals.isEmpty()) {
            checks.add(Check.ok(name, sealed.size() + " entries as they were sealed, with everything that they name"));
        }
        if (!there.isEmpty()) {
            checks.add(Check.note(
                    name,
                    there.size() + " entries are not sealed yet (or their seals were cut off), so nothing is known of"
                            + " them"));
        }
    }

    private Map<Long, byte[]> read(String name) {
        Map<Long, byte[]> there = new LinkedHashMap<>();
        long number = 1;
        try {
            List<LogStore.Entry> page;
            do {
                page = stores.logs().read(log.source(name), number, PAGE);
                page.forEach(entry -> there.put(entry.number(), entry.bytes()));
                number += page.size();
            } while (!page.isEmpty());
        } catch (StoreException e) {
            checks.add(Check.wrong(name, e.getMessage()));
        }
        return there;
    }

    private void item(String name, SealedItem item, byte @Nullable [] bytes, Map<Digest, Long> places) {
        String what = name + " " + item.number();
        if (bytes == null) {
            checks.add(Check.wrong(what, "was removed, or cannot be read"));
            return;
        }
        Digest digest = Digest.of(bytes);
        if (!digest.equals(item.digest())) {
            Long place = places.get(digest);
            checks.add(Check.wrong(
                    what,
                    place == null
                            ? "was changed after it was sealed"
                            : "was reordered: entry " + place + " stands in its place"));
            return;
        }
        content.check(item, bytes, reason -> checks.add(Check.wrong(what, reason)));
    }

    private void anchors(List<Bundle> anchors) {
        boolean any = false;
        for (Bundle anchor : anchors) {
            LogSeal seal;
            try {
                seal = LogSeal.of(anchor);
            } catch (IllegalArgumentException e) {
                checks.add(Check.wrong("anchor", "is no seal: " + e.getMessage()));
                continue;
            }
            if (seal.log().equals(log.stream())) {
                any = true;
                anchor(anchor, seal);
            }
        }
        if (!any) {
            checks.add(Check.note(
                    "anchor",
                    "none is given for " + log.stream()
                            + ": entries cut off at the end together with their seals, and a"
                            + " log that whoever has the key wrote anew, cannot be found without one"));
        }
    }

    private void anchor(Bundle anchor, LogSeal seal) {
        boolean signed = keys.find(anchor.hint())
                .filter(key -> anchor.signedBy(key.key()))
                .isPresent();
        if (!signed) {
            checks.add(Check.wrong("anchor", "is not signed by a key that you believe"));
        } else if (seal.number() > seals.size()) {
            checks.add(Check.wrong(
                    log.stream(),
                    "was truncated: the anchor saw seal " + seal.number() + ", and the log ends with seal "
                            + seals.size()));
        } else if (!Arrays.equals(seals.get((int) seal.number() - 1), anchor.bytes())) {
            checks.add(Check.wrong(
                    "seal " + seal.number(), "is another one than the anchor saw: the log was written anew"));
        } else {
            checks.add(Check.ok("anchor", "the log still holds seal " + seal.number() + " as the anchor saw it"));
        }
    }
}
