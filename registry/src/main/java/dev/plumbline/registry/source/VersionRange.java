package dev.plumbline.registry.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of versions as Flux's {@code spec.ref.semver} has it (the language of github.com/Masterminds/semver, version 3):
 * comparisons ({@code = != > < >= <= ~ ^}, {@code 1.2 - 1.4}, {@code 1.2.x}) that all hold, separated by spaces or commas, and
 * alternatives separated by {@code ||}. A pre-release is in the range only where a comparison of its alternative names a
 * pre-release. {@code *} means every version wherever a version is only {@code *}.
 */
public final class VersionRange {

    /** Longest range, in characters. */
    public static final int MAX_LENGTH = 512;

    /** Most alternatives. */
    public static final int MAX_ALTERNATIVES = 32;

    private static final String PART = "([0-9]{1,15}|[xX*])";

    private static final String VERSION = "v?" + PART + "(?:\\." + PART + ")?(?:\\." + PART
            + ")?(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?";

    private static final Pattern FROM_TO = Pattern.compile("(?<=^|,)\\s*(" + VERSION + ")\\s+-\\s+(" + VERSION + ")");

    private static final int TO = 6;

    private static final Pattern COMPARISON =
            Pattern.compile("(=>|=<|!=|>=|<=|~>|[=><~^])?\\s*" + VERSION + "(?:\\s*,\\s*(?!$)|\\s+|$)");

    private final String text;
    private final List<Alternative> alternatives;

    private VersionRange(String text, List<Alternative> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
    }

    /**
     * Reads a range.
     *
     * @throws SourceException when it is none (not retryable)
     */
    public static VersionRange parse(String text) throws SourceException {
        String[] parts = text.split("\\|\\|", -1);
        if (text.length() > MAX_LENGTH || parts.length > MAX_ALTERNATIVES) {
            throw refused(
                    text, "it passes MAX_LENGTH (" + MAX_LENGTH + ") or MAX_ALTERNATIVES (" + MAX_ALTERNATIVES + ")");
        }
        List<Alternative> alternatives = new ArrayList<>();
        for (String part : parts) {
            alternatives.add(alternative(text, part));
        }
        return new VersionRange(text, alternatives);
    }

    /** The name with the highest version in the range; names that are no version are passed over. */
    public Optional<String> newest(Iterable<String> names) {
        Version best = null;
        String found = null;
        for (String name : names) {
            Version version = Version.parse(name).filter(this::contains).orElse(null);
            int order = version == null || best == null ? 0 : version.compareTo(best);
            // Of names that differ in build metadata alone, or in the v, always the same one.
            boolean better =
                    version != null && (found == null || order > 0 || (order == 0 && name.compareTo(found) > 0));
            best = better ? version : best;
            found = better ? name : found;
        }
        return Optional.ofNullable(found);
    }

    /** Whether a version is in the range; what is no version is not. */
    public boolean contains(String version) {
        return Version.parse(version).filter(this::contains).isPresent();
    }

    private boolean contains(Version version) {
        return alternatives.stream().anyMatch(alternative -> alternative.contains(version));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VersionRange range && range.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The range as it was written. */
    @Override
    public String toString() {
        return text;
    }

    private static Alternative alternative(String text, String part) throws SourceException {
        String plain = FROM_TO.matcher(part)
                .replaceAll(found -> ">=" + found.group(1) + " <=" + found.group(TO))
                .strip();
        List<Predicate<Version>> comparisons = new ArrayList<>();
        boolean before = false;
        Matcher next = COMPARISON.matcher(plain);
        int at = 0;
        while (at < plain.length() && next.find(at) && next.start() == at) {
            comparisons.add(Given.of(next).holds(next.group(1) == null ? "=" : next.group(1)));
            before |= next.group(5) != null;
            at = next.end();
        }
        if (comparisons.isEmpty() || at < plain.length()) {
            throw refused(text, "\"" + plain.substring(at) + "\" in it is not understood");
        }
        return new Alternative(comparisons, before);
    }

    private static SourceException refused(String text, String why) {
        String shown = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        return new SourceException(
                "tried to read the version range \"" + shown + "\", refused because " + why
                        + "; write one such as \">=1.2.0 <2.0.0\" or \"~1.4\"",
                false);
    }

    /** Comparisons that all must hold, and whether they speak of pre-releases. */
    private record Alternative(List<Predicate<Version>> comparisons, boolean before) {

        boolean contains(Version version) {
            return (before || version.before().isEmpty())
                    && comparisons.stream().allMatch(comparison -> comparison.test(version));
        }
    }

    /**
     * A version of which the last numbers may be left open.
     *
     * @param lowest the version with zeros for what is open
     * @param parts how many numbers are given: 0 to 3
     */
    private record Given(Version lowest, int parts) {

        private static final int ALL = 3;

        static Given of(Matcher comparison) {
            long[] numbers = new long[ALL];
            int parts = 0;
            while (parts < ALL && isNumber(comparison.group(2 + parts))) {
                numbers[parts] = Long.parseLong(comparison.group(2 + parts));
                parts++;
            }
            List<String> before = Version.identifiers(comparison.group(2 + ALL));
            return new Given(new Version(numbers[0], numbers[1], numbers[2], before), parts);
        }

        private static boolean isNumber(@Nullable String part) {
            return part != null && Character.isDigit(part.charAt(0));
        }

        Predicate<Version> holds(String operator) {
            Comparator<Version> order = Comparator.naturalOrder();
            Predicate<Version> equal =
                    parts == ALL ? version -> order.compare(version, lowest) == 0 : within(following(parts));
            return switch (operator) {
                case "=" -> equal;
                case "!=" -> equal.negate();
                case "<" -> version -> parts > 0 && order.compare(version, lowest) < 0;
                case ">=", "=>" -> version -> order.compare(version, lowest) >= 0;
                case ">" ->
                    parts == ALL
                            ? version -> order.compare(version, lowest) > 0
                            : version -> parts > 0 && order.compare(version, following(parts)) >= 0;
                case "<=", "=<" ->
                    parts == ALL
                            ? version -> order.compare(version, lowest) <= 0
                            : version -> parts == 0 || order.compare(version, following(parts)) < 0;
                case "~", "~>" -> within(following(Math.min(parts, 2)));
                default -> within(following(Math.min(parts, leading())));
            };
        }

        /** The first version that differs in one of the first numbers; of none, there is no such version. */
        private Version following(int numbers) {
            return switch (numbers) {
                case 0 -> Version.lowest(Long.MAX_VALUE, 0, 0);
                case 1 -> Version.lowest(lowest.major() + 1, 0, 0);
                case 2 -> Version.lowest(lowest.major(), lowest.minor() + 1, 0);
                default -> Version.lowest(lowest.major(), lowest.minor(), lowest.patch() + 1);
            };
        }

        private Predicate<Version> within(Version end) {
            return version -> version.compareTo(lowest) >= 0 && version.compareTo(end) < 0;
        }

        /** How many numbers the first one that is not zero takes. */
        private int leading() {
            return lowest.major() > 0 ? 1 : lowest.minor() > 0 ? 2 : ALL;
        }
    }
}
