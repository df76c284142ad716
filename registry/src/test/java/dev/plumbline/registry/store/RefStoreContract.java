package dev.plumbline.registry.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every ref store does. */
public abstract class RefStoreContract {

    private static final int INCREMENTS = 10;

    @TempDir
    protected Path folder;

    private RefStore refs;

    /** Opens empty stores. */
    protected abstract Stores open() throws StoreException;

    @BeforeEach
    void openRefs() throws StoreException {
        refs = open().refs();
    }

    @Test
    void setsWhatDoesNotExistOnlyWhenNothingIsExpected() throws StoreException {
        assertFalse(refs.compareAndSet("c1/inventory", bytes("other"), bytes("one")));
        assertTrue(refs.read("c1/inventory").isEmpty());
        assertTrue(refs.compareAndSet("c1/inventory", null, bytes("one")));
        assertFalse(refs.compareAndSet("c1/inventory", null, bytes("two")));
        assertArrayEquals(bytes("one"), refs.read("c1/inventory").orElseThrow());
    }

    @Test
    void movesOnlyFromTheExpectedValue() throws StoreException {
        refs.compareAndSet("head", null, bytes("one"));

        assertFalse(refs.compareAndSet("head", bytes("two"), bytes("three")));
        assertTrue(refs.compareAndSet("head", bytes("one"), bytes("two")));
        assertArrayEquals(bytes("two"), refs.read("head").orElseThrow());
    }

    @Test
    void removesOnlyTheExpectedValue() throws StoreException {
        refs.compareAndSet("head", null, bytes("one"));

        assertFalse(refs.compareAndSet("head", bytes("two"), null));
        assertTrue(refs.compareAndSet("head", bytes("one"), null));
        assertTrue(refs.read("head").isEmpty());
        assertEquals(List.of(), refs.names(""));
        assertTrue(refs.compareAndSet("head", null, null), "absent is what it already is");
    }

    @Test
    void tellsTheEmptyValueFromNone() throws StoreException {
        refs.compareAndSet("empty", null, new byte[0]);

        assertArrayEquals(new byte[0], refs.read("empty").orElseThrow());
        assertFalse(refs.compareAndSet("empty", null, bytes("x")));
    }

    @Test
    void aNameMayBeTheFolderOfAnother() throws StoreException {
        for (String name : List.of("a/b/c", "a", "a/b", "a/bc", "b", "a@1:x", "a-b.c_D")) {
            assertTrue(refs.compareAndSet(name, null, bytes(name)));
        }

        assertEquals(List.of("a", "a-b.c_D", "a/b", "a/b/c", "a/bc", "a@1:x", "b"), refs.names(""));
        assertEquals(List.of("a/b", "a/b/c", "a/bc"), refs.names("a/b"));
        assertEquals(List.of("a/b/c"), refs.names("a/b/"));
        assertEquals(List.of(), refs.names("nothing/here"));
        assertArrayEquals(bytes("a/b"), refs.read("a/b").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "a/", "/a", "a//b", ".", "..", "../a", "a/../b", "a/.", "a b", "a+b", "ä", "a\\b", "a\0b"
            })
    void refusesNamesThatBreakTheRule(String name) {
        assertThrows(IllegalArgumentException.class, () -> refs.read(name));
        assertThrows(IllegalArgumentException.class, () -> refs.compareAndSet(name, null, bytes("x")));
    }

    @Test
    void refusesNamesThatAreTooLong() {
        String part = "x".repeat(StoreNames.MAX_PART + 1);
        String name = String.join("/", Collections.nCopies(StoreNames.MAX_NAME, "x"));

        assertThrows(IllegalArgumentException.class, () -> refs.read(part));
        assertThrows(IllegalArgumentException.class, () -> refs.read(name));
    }

    @Test
    void refusesAValueThatIsTooLarge() {
        StoreException refused = assertThrows(
                StoreException.class, () -> refs.compareAndSet("big", null, new byte[RefStore.MAX_REF_BYTES + 1]));

        assertFalse(refused.retryable());
        assertTrue(refused.toString().contains("MAX_REF_BYTES"), refused.toString());
    }

    @Test
    void ofSixteenCreatorsOneWins() throws Exception {
        List<Boolean> won = Race.run(() -> refs.compareAndSet("lease", null, bytes("mine")));

        assertEquals(1, Collections.frequency(won, true));
    }

    @Test
    void sixteenCountersLoseNoIncrement() throws Exception {
        refs.compareAndSet("count", null, bytes("0"));
        Race.run(() -> {
            for (int done = 0; done < INCREMENTS; ) {
                byte[] now = refs.read("count").orElseThrow();
                int next = Integer.parseInt(new String(now, UTF_8)) + 1;
                done += refs.compareAndSet("count", now, bytes(String.valueOf(next))) ? 1 : 0;
            }
            return true;
        });

        assertArrayEquals(
                bytes(String.valueOf(Race.THREADS * INCREMENTS)),
                refs.read("count").orElseThrow());
    }

    @Test
    void anInterruptedThreadStillSetsAndStaysInterrupted() throws StoreException {
        Thread.currentThread().interrupt();

        assertTrue(refs.compareAndSet("a", null, bytes("1")));
        assertTrue(Thread.interrupted());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
