package dev.plumbline.registry.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.RefStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Copies of a store that goes on meanwhile, or whose copy ends early. */
class LiveStoreCopyTest {

    private static final String LOG = "cluster-1/team/pipelines/runs";
    private static final String STATE = "clusters/cluster-1/syncs/team/pipelines/state";
    private static final String PENDING = "cluster-1/team/pipelines/pending-runs/";

    private final Stores live = MemoryStores.create();

    @Test
    void refsThatMovedOrWentAreBroughtOver() throws Exception {
        Stores to = MemoryStores.create();
        set(live, STATE, "one");
        set(live, PENDING + "a", "a");
        StoreCopy.copy(live, to);
        set(live, STATE, "two");
        set(live, PENDING + "a", null);
        set(live, PENDING + "b", "b");
        assertEquals(new StoreCopy.Copied(0, 3, 0), StoreCopy.copy(live, to));
        assertSame(live, to);
    }

    @Test
    void everyCopyOfALiveStoreIsOfOneMoment() throws Exception {
        Stores to = MemoryStores.create();
        AtomicBoolean end = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<?> writer = executor.submit(() -> {
                for (int i = 1; !end.get(); i++) {
                    work(i);
                    begun.countDown();
                    if (i % 5 == 0) {
                        TimeUnit.MILLISECONDS.sleep(50); // A store that never rests at all is refused.
                    }
                }
                return null;
            });
            begun.await();
            long before = 0;
            try {
                for (int round = 0; round < 12; round++) {
                    StoreCopy.copy(live, to);
                    long last = to.logs().next(LOG) - 1;
                    assertTrue(last >= before, "it never goes back");
                    assertOneMoment(to, last);
                    before = last;
                }
            } finally {
                end.set(true);
            }
            writer.get();
            assertTrue(before > 0, "there was something to copy");
        }
        StoreCopy.copy(live, to);
        assertSame(live, to);
    }

    /** As a sync works: what is about to be done, an object, the entry that names it, and that it is done. */
    private void work(int i) throws StoreException {
        set(live, PENDING + i, "entry " + i);
        Digest object = live.objects().put(bytes("object " + i));
        assertTrue(live.logs().append(LOG, i, bytes(object.value())));
        set(live, PENDING + i, null);
        set(live, STATE, String.valueOf(i));
    }

    private static void assertOneMoment(Stores to, long last) throws StoreException {
        long state = Long.parseLong(new String(to.refs().read(STATE).orElse(bytes("0")), StandardCharsets.UTF_8));
        assertTrue(state == last || state == last - 1, "state " + state + " beside " + last + " entries");
        List<String> pending = to.refs().names(PENDING);
        assertTrue(
                pending.isEmpty()
                        || pending.equals(List.of(PENDING + last))
                        || pending.equals(List.of(PENDING + (last + 1))),
                pending + " beside " + last + " entries");
        for (long i = 1; i <= last; i++) {
            String digest = new String(to.logs().read(LOG, i, 1).getFirst().bytes(), StandardCharsets.UTF_8);
            assertTrue(to.objects().get(new Digest(digest)).isPresent(), "entry " + i + " names what is there");
        }
    }

    @Test
    void aCopyThatEndedEarlyIsUsedByNobodyAndRepeated() throws Exception {
        SampleEvidence sample = new SampleEvidence(live);
        set(live, STATE, "one");
        boolean ended = false;
        for (int write = 1; !ended; write++) {
            Stores to = MemoryStores.create();
            AtomicInteger left = new AtomicInteger(write);
            Stores failing = new Stores(
                    door(dev.plumbline.registry.store.ObjectStore.class, to.objects(), left),
                    door(RefStore.class, to.refs(), left),
                    door(LogStore.class, to.logs(), left));
            try {
                StoreCopy.copy(live, failing);
                ended = true;
            } catch (StoreException e) {
                if (write > 1) { // Before the first write there is nothing to tell.
                    assertThrows(StoreException.class, () -> CopyMark.requireWhole(to), "after write " + write);
                    assertThrows(StoreException.class, () -> CopyMark.use(to));
                    assertThrows(StoreException.class, () -> StoreCopy.copy(to, MemoryStores.create()));
                }
            }
            StoreCopy.copy(live, to);
            CopyMark.requireWhole(to);
            assertSame(live, to);
            assertFalse(Check.anyWrong(LogCheck.of(to, sample.keys.keyring(), sample.sync, List.of())));
        }
    }

    @Test
    void aCopyThatIsUsedIsNoCopyAnyMore() throws Exception {
        Stores to = MemoryStores.create();
        set(live, STATE, "one");
        StoreCopy.copy(live, to);
        CopyMark.use(to);
        set(to, STATE, "of its own");
        String message = String.valueOf(assertThrows(StoreException.class, () -> StoreCopy.copy(live, to))
                .getMessage());
        assertTrue(message.contains("ref " + STATE) && message.contains("used by nobody since"), message);
        assertArrayEquals(bytes("of its own"), to.refs().read(STATE).orElseThrow());
    }

    @Test
    void aStoreOfAnotherIsRefusedBeforeAnythingIsWritten() throws Exception {
        Stores to = MemoryStores.create();
        assertTrue(to.logs().append("cluster-2/team/pipelines/runs", 1, bytes("theirs")));
        set(live, STATE, "one");
        assertThrows(StoreException.class, () -> StoreCopy.copy(live, to));
        assertTrue(to.refs().names("").isEmpty());
    }

    private static void assertSame(Stores from, Stores to) throws StoreException {
        List<String> names = to.refs().names("").stream()
                .filter(name -> !name.equals(CopyMark.REF))
                .toList();
        assertEquals(from.refs().names(""), names);
        for (String name : names) {
            assertArrayEquals(
                    from.refs().read(name).orElseThrow(), to.refs().read(name).orElseThrow(), name);
        }
        assertEquals(from.logs().streams(""), to.logs().streams(""));
        for (String stream : from.logs().streams("")) {
            assertEquals(from.logs().next(stream), to.logs().next(stream), stream);
        }
    }

    /** A store whose connection breaks for good before a write, counted over all three of its doors. */
    private static <T> T door(Class<T> door, T inner, AtomicInteger left) {
        return door.cast(Proxy.newProxyInstance(
                door.getClassLoader(), new Class<?>[] {door}, (proxy, method, given) -> {
                    boolean writes = List.of("put", "append", "compareAndSet").contains(method.getName());
                    if (writes && left.decrementAndGet() <= 0) {
                        throw new StoreException("the connection broke", true);
                    }
                    try {
                        return method.invoke(inner, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static void set(Stores stores, String name, @Nullable String value) throws StoreException {
        Optional<byte[]> before = stores.refs().read(name);
        assertTrue(stores.refs().compareAndSet(name, before.orElse(null), value == null ? null : bytes(value)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
