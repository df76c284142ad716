package dev.plumbline.registry.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A content hash, written {@code sha256:} and 64 lower-case hexadecimal digits.
 *
 * @param value the written form
 */
public record Digest(String value) implements Comparable<Digest> {

    private static final String PREFIX = "sha256:";
    private static final int PIECE = 64 * 1024;
    private static final int HEX_DIGITS = 64;

    /** Refuses anything but the written form. */
    public Digest {
        if (!is(value)) {
            throw new IllegalArgumentException("not a digest: " + value + "; expected sha256: and 64 hex digits");
        }
    }

    /** Whether a text is the written form of a digest. */
    public static boolean is(String text) {
        return text.length() == PREFIX.length() + HEX_DIGITS
                && text.startsWith(PREFIX)
                && HexDigits.only(text, PREFIX.length());
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Digest digest && value.equals(digest.value));
    }

    /** The digest of these bytes. */
    public static Digest of(byte[] bytes) {
        Sum sum = new Sum();
        sum.add(bytes, bytes.length);
        return sum.digest();
    }

    /**
     * The digest of what a stream still holds, read piece by piece.
     *
     * @param content read to its end, and not closed
     * @throws IOException when it cannot be read
     */
    public static Digest of(InputStream content) throws IOException {
        Sum sum = new Sum();
        byte[] piece = new byte[PIECE];
        for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
            sum.add(piece, read);
        }
        return sum.digest();
    }

    /** The digest of this text in UTF-8. */
    public static Digest of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The 64 hexadecimal digits. */
    public String hex() {
        return value.substring(PREFIX.length());
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    /** Adds up bytes that come piece by piece. Used by one thread, for one digest. */
    public static final class Sum {

        private final MessageDigest sha;

        /** Of no bytes yet. */
        public Sum() {
            try {
                sha = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        /** Adds the first of these bytes, so many. */
        public void add(byte[] bytes, int length) {
            sha.update(bytes, 0, length);
        }

        /** The digest of all that was added; nothing may be added after it. */
        public Digest digest() {
            return new Digest(PREFIX + HexFormat.of().formatHex(sha.digest()));
        }
    }
}
