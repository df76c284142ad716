package dev.plumbline.registry.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

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

    /** Written by format 1, and read for ever. */
    @Test
    void readsFormat1() {
        byte[] value = HexFormat.of().parseHex("504c5631000000000000000000000000000000000000000000");
        assertNull(Sealed.open(value), "without its checksum");
        assertNotNull(Segment.decode(1, Segment.encode(1, ENTRIES)));
        assertEquals(1, Segment.first(64));
        assertEquals(65, Segment.first(65));
    }
}
