package dev.plumbline.registry.model;

/**
 * The id of a Git commit: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.
 *
 * @param hex the digits
 */
public record CommitId(String hex) implements Comparable<CommitId> {

    private static final int SHA_1 = 40;
    private static final int SHA_256 = 64;

    /** Refuses anything but a full id: abbreviations are resolved at the source door. */
    public CommitId {
        if ((hex.length() != SHA_1 && hex.length() != SHA_256) || !HexDigits.only(hex, 0)) {
            throw new IllegalArgumentException("not a full commit id: " + hex);
        }
    }

    /** The first ten digits, for people. */
    public String abbreviated() {
        return hex.substring(0, 10);
    }

    @Override
    public int compareTo(CommitId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
