package dev.plumbline.registry.model;

/** The written form of hashes, checked without a regular expression: tens of thousands are made at a commit. */
final class HexDigits {

    private HexDigits() {}

    /** Whether a text is nothing but lower-case hexadecimal digits from a place on. */
    static boolean only(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char digit = text.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }
}
