package dev.plumbline.registry.source;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of Semantic Versioning 2.0.0, ordered by its precedence; build metadata is left out, as it has none.
 *
 * @param major first number
 * @param minor second number
 * @param patch third number
 * @param before identifiers of the pre-release; empty for a release
 */
record Version(long major, long minor, long patch, List<String> before) implements Comparable<Version> {

    private static final int MAX_LENGTH = 256;

    private static final String NUMBER = "(0|[1-9][0-9]{0,17})";

    private static final String IDENTIFIER = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";

    private static final Pattern FORM = Pattern.compile("v?" + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-("
            + IDENTIFIER + "(?:\\." + IDENTIFIER + ")*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");

    /** Keeps its own copy. */
    Version {
        before = List.copyOf(before);
    }

    /** The version that a text is, a {@code v} before it allowed; empty when it is none. */
    static Optional<Version> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > MAX_LENGTH || !form.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Version(
                Long.parseLong(form.group(1)),
                Long.parseLong(form.group(2)),
                Long.parseLong(form.group(3)),
                identifiers(form.group(4))));
    }

    /** The identifiers of a pre-release; none for null. */
    static List<String> identifiers(@Nullable String text) {
        return text == null ? List.of() : Arrays.asList(text.split("\\.", -1));
    }

    /** The lowest version of all whose numbers are these: a pre-release that none precedes. */
    static Version lowest(long major, long minor, long patch) {
        return new Version(major, minor, patch, List.of("0"));
    }

    @Override
    public int compareTo(Version other) {
        int numbers = Long.compare(major, other.major);
        numbers = numbers != 0 ? numbers : Long.compare(minor, other.minor);
        numbers = numbers != 0 ? numbers : Long.compare(patch, other.patch);
        if (numbers != 0 || before.equals(other.before)) {
            return numbers;
        }
        if (before.isEmpty() || other.before.isEmpty()) {
            return before.isEmpty() ? 1 : -1;
        }
        for (int i = 0; i < Math.min(before.size(), other.before.size()); i++) {
            int order = compareIdentifiers(before.get(i), other.before.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(before.size(), other.before.size());
    }

    /** Numbers stand before words and are compared as numbers, whatever their length. */
    private static int compareIdentifiers(String one, String other) {
        boolean number = one.chars().allMatch(Version::isDigit);
        if (number != other.chars().allMatch(Version::isDigit)) {
            return number ? -1 : 1;
        }
        boolean longer = number && one.length() != other.length();
        return longer ? Integer.compare(one.length(), other.length()) : one.compareTo(other);
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }
}
