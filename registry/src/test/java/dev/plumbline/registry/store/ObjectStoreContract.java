package dev.plumbline.registry.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.Digest;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every object store does. */
public abstract class ObjectStoreContract {

    @TempDir
    protected Path folder;

    private ObjectStore objects;

    /** Opens empty stores. */
    protected abstract Stores open() throws StoreException;

    @BeforeEach
    void openObjects() throws StoreException {
        objects = open().objects();
    }

    @Test
    void givesBackWhatWasPut() throws StoreException {
        Digest digest = objects.put("a plumb line".getBytes(UTF_8));

        assertEquals(Digest.of("a plumb line"), digest);
        assertArrayEquals("a plumb line".getBytes(UTF_8), objects.get(digest).orElseThrow());
    }

    @Test
    void knowsNothingThatWasNotPut() throws StoreException {
        assertTrue(objects.get(Digest.of("never put")).isEmpty());
    }

    @Test
    void keepsTheEmptyObject() throws StoreException {
        assertArrayEquals(new byte[0], objects.get(objects.put(new byte[0])).orElseThrow());
    }

    @Test
    void putsTheSameBytesTwiceAsOnce() throws StoreException {
        assertEquals(objects.put(new byte[] {1, 2}), objects.put(new byte[] {1, 2}));
    }

    @Test
    void keepsItsOwnCopy() throws StoreException {
        byte[] bytes = {1, 2, 3};
        Digest digest = objects.put(bytes);
        bytes[0] = 9;
        objects.get(digest).orElseThrow()[1] = 9;

        assertArrayEquals(new byte[] {1, 2, 3}, objects.get(digest).orElseThrow());
    }

    @Test
    void refusesAnObjectThatIsTooLarge() {
        StoreException refused =
                assertThrows(StoreException.class, () -> objects.put(new byte[ObjectStore.MAX_OBJECT_BYTES + 1]));

        assertFalse(refused.retryable());
        assertTrue(refused.toString().contains("MAX_OBJECT_BYTES"), refused.toString());
    }

    @Test
    void sixteenWritersOfTheSameBytesAllSucceed() throws Exception {
        byte[] bytes = new byte[100_000];

        assertEquals(Set.of(Digest.of(bytes)), Set.copyOf(Race.run(() -> {
            Digest digest = objects.put(bytes);
            assertArrayEquals(bytes, objects.get(digest).orElseThrow());
            return digest;
        })));
    }

    @Test
    void anInterruptedThreadStillPutsAndStaysInterrupted() throws StoreException {
        Thread.currentThread().interrupt();
        Digest digest = objects.put(new byte[] {7});

        assertTrue(Thread.interrupted());
        assertArrayEquals(new byte[] {7}, objects.get(digest).orElseThrow());
    }
}
