package dev.plumbline.registry.yaml;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a plain scalar means to kustomize (its YAML 1.2 reader with YAML 1.1 numbers), and where kubectl disagrees. */
final class Scalars {

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUES = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSES = Set.of("false", "False", "FALSE");
    private static final Set<String> BOOLEANS_TO_KUBECTL =
            Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF");
    private static final Set<String> NOT_FINITE = Set.of(
            ".inf", ".Inf", ".INF", "-.inf", "-.Inf", "-.INF", "+.inf", "+.Inf", "+.INF", ".nan", ".NaN", ".NAN");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern DATE =
            Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(([Tt]|[ ]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?"
                    + "(Z|[-+][0-9]{2}:[0-9]{2})?)?");
    private static final Pattern CANONICAL_DATE =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[-+][0-9]{2}:[0-9]{2})");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7]+");
    private static final Pattern PREFIXED = Pattern.compile("[-+]?0([xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)");
    private static final Pattern SIGN_BEHIND_PREFIX = Pattern.compile("0(b[-+][01]+|o[-+][0-7]+)");
    private static final Pattern LONE_UNDERSCORE = Pattern.compile("(^|[^0-9])_|_([^0-9]|$)");
    private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger PAST_LARGEST_SIGNED = BigInteger.ONE.shiftLeft(63);
    private static final BigInteger PAST_LARGEST = BigInteger.ONE.shiftLeft(64);

    /** Longest text that is tried as a number; no number of use is longer. */
    private static final int LONGEST_NUMBER = 400;

    /** The type of a text. */
    static final String TEXT = "str";

    /** The type of the key that merges maps. */
    static final String MERGE = "merge";

    private Scalars() {}

    /** The type that a plain scalar has to go-yaml v3, by its short name: {@code str}, {@code int}, {@code timestamp}… */
    static String type(String text) {
        if (text.equals("<<")) {
            return MERGE;
        }
        if (notFinite(text)) {
            return "float";
        }
        if (GoScalar.isTime(text)) {
            return "timestamp";
        }
        return switch (read(text)) {
            case null -> "null";
            case String _ -> TEXT;
            case Boolean _ -> "bool";
            case Double _ -> "float";
            default -> "int";
        };
    }

    /** The value of a plain scalar: text, boolean, number or null. */
    static @Nullable Object read(String text) {
        if (NULLS.contains(text)) {
            return null;
        }
        if (TRUES.contains(text)) {
            return true;
        }
        if (FALSES.contains(text)) {
            return false;
        }
        char first = text.charAt(0);
        if (!(first == '.' || first == '-' || first == '+' || Character.isDigit(first))) {
            return text;
        }
        Object number = first == '.' ? fraction(text) : numberWithSigns(text.replace("_", ""));
        return number == null ? text : number;
    }

    /** The number that a text with a leading point spells; underscores stand between digits, as in Go. */
    static @Nullable Object fraction(String text) {
        return LONE_UNDERSCORE.matcher(text).find() ? null : number(text.replace("_", ""));
    }

    /** go-yaml v3 also takes {@code 0b-1} and {@code 0o+7}, if the number fits into 64 bits with its sign. */
    private static @Nullable Object numberWithSigns(String text) {
        if (text.length() > LONGEST_NUMBER || !SIGN_BEHIND_PREFIX.matcher(text).matches()) {
            return number(text);
        }
        BigInteger value = new BigInteger(text.substring(2), text.charAt(1) == 'b' ? 2 : 8);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : null;
    }

    /** The number that a text spells; null when it spells none, or one that is not finite. */
    static @Nullable Object number(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return null;
        }
        BigInteger whole = whole(text);
        BigInteger past = text.startsWith("+") ? PAST_LARGEST_SIGNED : PAST_LARGEST;
        if (whole != null && whole.compareTo(SMALLEST) >= 0 && whole.compareTo(past) < 0) {
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
        }
        if (FLOAT.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            return Double.isInfinite(value) ? null : (Object) value;
        }
        return null;
    }

    private static @Nullable BigInteger whole(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return new BigInteger(text);
        }
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        BigInteger value = null;
        if (OCTAL.matcher(text).matches()) {
            value = new BigInteger(digits, 8);
        } else if (PREFIXED.matcher(text).matches()) {
            int radix = switch (digits.substring(1, 2).toLowerCase(Locale.ROOT)) {
                case "x" -> 16;
                case "o" -> 8;
                default -> 2;
            };
            value = new BigInteger(digits.substring(2), radix);
        }
        return value == null || !negative ? value : value.negate();
    }

    static boolean booleanToKubectl(String text) {
        return BOOLEANS_TO_KUBECTL.contains(text);
    }

    static boolean notFinite(String text) {
        return NOT_FINITE.contains(text);
    }

    /** Whether kustomize would write this as another text than kubectl, because it reads a date. */
    static boolean rewrittenDate(String text) {
        return !text.isEmpty()
                && Character.isDigit(text.charAt(0))
                && DATE.matcher(text).matches()
                && !CANONICAL_DATE.matcher(text).matches();
    }
}
