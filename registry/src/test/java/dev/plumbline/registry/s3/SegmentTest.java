package dev.plumbline.registry.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentTest {

    private static final List<byte[]> ENTRIES = IntStream.rangeClosed(1, Segment.ENTRIES)
            .mapToObj(number -> ("e" + number).getBytes(UTF_8))
            .toList();

    @Test
    void givesBackWhatWasSealedUnlessOneBitChanged() {
        byte[] bytes = Segment.encode(65, ENTRIES);
        List<byte[]> read = Segment.decode(65, bytes);
        for (int i = 0; i < ENTRIES.size(); i++) {
            assertArrayEquals(ENTRIES.get(i), read.get(i));
        }
        assertNull(Segment.decode(1, bytes), "another segment's");
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 1;
            assertNull(Segment.decode(65, damaged), "byte " + i);
            assertNull(Segment.decode(65, Arrays.copyOf(bytes, i)), "cut at " + i);
        }
    }

    @Test
    void aSealedValueIsUnlikeAnyOtherAndChecked() {
        byte[] one = Sealed.seal("x".getBytes(UTF_8));
        assertFalse(Arrays.equals(one, Sealed.seal("x".getBytes(UTF_8))));
        assertArrayEquals("x".getBytes(UTF_8), Sealed.open(one));
        for (int i = 0; i < one.length; i++) {
            byte[] damaged = one.clone();
            damaged[i] ^= 1;
            assertNull(Sealed.open(damaged), "byte " + i);
            assertNull(Sealed.open(Arrays.copyOf(one, i)));
        }
    }

    @Test
    void aBatchIsReadWholeOrNotAtAll() {
        byte[] batch = Batch.encode(ENTRIES);
        assertEquals(ENTRIES.size(), Batch.decode(batch).size());
        assertNull(Sealed.open(batch), "and is not taken for one value");
        for (int i = 0; i < batch.length; i++) {
            byte[] damaged = batch.clone();
            damaged[i] ^= 1;
            assertNull(Batch.decode(damaged), "byte " + i);
            assertNull(Batch.decode(Arrays.copyOf(batch, i)), "cut at " + i);
        }
        byte[] one = Batch.encode(List.of("x".getBytes(UTF_8)));
        assertArrayEquals("x".getBytes(UTF_8), Sealed.open(one), "one entry is what it always was");
    }

    /** Written by format 1, and read for ever. */
    @Test
    void readsFormat1() throws IOException {
        assertArrayEquals("{\"v\":1}".getBytes(UTF_8), Sealed.open(golden("value-1.hex")));
        List<byte[]> batch = Batch.decode(golden("batch-1.hex"));
        assertEquals(
                List.of("{\"v\":1}", "", "{\"v\":3}"),
                batch.stream().map(entry -> new String(entry, UTF_8)).toList());
        List<byte[]> entries = Segment.decode(65, golden("segment-1.hex"));
        assertEquals(Segment.ENTRIES, entries.size());
        for (int i = 0; i < entries.size(); i++) {
            assertArrayEquals(i % 2 == 0 ? new byte[0] : new byte[] {(byte) i}, entries.get(i));
        }
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream file = SegmentTest.class.getResourceAsStream(name)) {
            return HexFormat.of().parseHex(new String(file.readAllBytes(), UTF_8).replace("\n", ""));
        }
    }

    @Test
    void segmentsBeginAtOneAndEvery64() {
        assertEquals(1, Segment.first(1));
        assertEquals(1, Segment.first(64));
        assertEquals(65, Segment.first(65));
    }
}
