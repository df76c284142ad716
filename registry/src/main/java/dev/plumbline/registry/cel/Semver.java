package dev.plumbline.registry.cel;

import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A semantic version 2.0.0.
 *
 * @param major first number
 * @param minor second number
 * @param patch third number
 * @param before identifiers of the pre-release; empty for a release
 */
record Semver(long major, long minor, long patch, List<String> before) implements Comparable<Semver> {

    private static final int MAX_TEXT = 256;
    private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
    private static final Pattern FORM = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER
            + "(?:-((?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(?:\\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*))?"
            + "(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");

    /** Keeps its own copy. */
    Semver {
        before = List.copyOf(before);
    }

    static void addTo(FunctionTable table) {
        table.global("string_to_semver", "semver", Types.SEMVER_TYPE, Types.STRING, text -> of(text, false));
        table.global("string_bool_to_semver", "semver", Types.SEMVER_TYPE, Types.STRING, Types.BOOL, Semver::of);
        table.global("is_semver_string", "isSemver", SimpleType.BOOL, Types.STRING, text -> parse(text) != null);
        table.global(
                "is_semver_string_bool",
                "isSemver",
                SimpleType.BOOL,
                Types.STRING,
                Types.BOOL,
                (text, loose) -> parse(loose ? normal(text) : text) != null);
        table.member(
                "semver_is_greater_than",
                "isGreaterThan",
                SimpleType.BOOL,
                Types.SEMVER,
                Types.SEMVER,
                (a, b) -> a.compareTo(b) > 0);
        table.member(
                "semver_is_less_than",
                "isLessThan",
                SimpleType.BOOL,
                Types.SEMVER,
                Types.SEMVER,
                (a, b) -> a.compareTo(b) < 0);
        table.member("semver_compare_to", "compareTo", SimpleType.INT, Types.SEMVER, Types.SEMVER, (a, b) ->
                (long) a.compareTo(b));
        table.member("semver_major", "major", SimpleType.INT, Types.SEMVER, Semver::major);
        table.member("semver_minor", "minor", SimpleType.INT, Types.SEMVER, Semver::minor);
        table.member("semver_patch", "patch", SimpleType.INT, Types.SEMVER, Semver::patch);
    }

    private static Semver of(String text, Boolean loose) throws CelEvaluationException {
        Semver version = parse(loose ? normal(text) : text);
        if (version == null) {
            throw new CelEvaluationException("\"" + text + "\" is not a semantic version");
        }
        return version;
    }

    /** Without a leading v and leading zeros, with three numbers. */
    private static String normal(String text) {
        String[] parts = (text.startsWith("v") ? text.substring(1) : text).split("\\.", 3);
        for (int i = 0; i < parts.length; i++) {
            String bare = parts[i].replaceFirst("^0+", "");
            boolean digit = !bare.isEmpty() && bare.charAt(0) >= '0' && bare.charAt(0) <= '9';
            parts[i] = parts[i].length() > 1 ? (digit ? bare : "0" + bare) : parts[i];
        }
        boolean marked = parts[parts.length - 1].matches(".*[+-].*");
        String joined = String.join(".", parts);
        return parts.length == 3 || marked ? joined : joined + ".0".repeat(3 - parts.length);
    }

    private static @Nullable Semver parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > MAX_TEXT || !form.matches()) {
            return null;
        }
        return new Semver(
                Long.parseLong(form.group(1)),
                Long.parseLong(form.group(2)),
                Long.parseLong(form.group(3)),
                form.group(4) == null ? List.of() : List.of(form.group(4).split("\\.", -1)));
    }

    @Override
    public int compareTo(Semver other) {
        int order = Long.compare(major, other.major);
        order = order != 0 ? order : Long.compare(minor, other.minor);
        order = order != 0 ? order : Long.compare(patch, other.patch);
        if (order != 0 || before.isEmpty() || other.before.isEmpty()) {
            return order != 0 ? order : Boolean.compare(before.isEmpty(), other.before.isEmpty());
        }
        for (int i = 0; i < Math.min(before.size(), other.before.size()) && order == 0; i++) {
            order = compare(before.get(i), other.before.get(i));
        }
        return order != 0 ? order : Integer.compare(before.size(), other.before.size());
    }

    private static int compare(String a, String b) {
        boolean numberA = a.matches("[0-9]+");
        boolean numberB = b.matches("[0-9]+");
        if (numberA && numberB) {
            return new BigInteger(a).compareTo(new BigInteger(b));
        }
        return numberA == numberB ? Integer.signum(a.compareTo(b)) : numberA ? -1 : 1;
    }
}
