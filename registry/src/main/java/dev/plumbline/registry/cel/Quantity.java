package dev.plumbline.registry.cel;

import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A resource quantity (Kubernetes' {@code resource.Quantity}).
 *
 * @param value its value, at most nine places after the point
 * @param whole whether it was written without a fraction or a unit below one: what the library calls an integer
 */
record Quantity(BigDecimal value, boolean whole) implements Comparable<Quantity> {

    private static final int MAX_TEXT = 64;
    private static final int NANO = 9;
    private static final int MAX_EXPONENT = 30;
    private static final Pattern FORM =
            Pattern.compile("([+-]?)([0-9]*)(?:\\.([0-9]*))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,3}|)");
    private static final String BINARY = "KMGTPE";
    private static final String BELOW = "num";
    private static final String ABOVE = "kMGTPE";
    private static final BigInteger KIBI = BigInteger.valueOf(1024);

    static void addTo(FunctionTable table) {
        table.global("string_to_quantity", "quantity", Types.QUANTITY_TYPE, Types.STRING, Quantity::of);
        table.global("is_quantity_string", "isQuantity", SimpleType.BOOL, Types.STRING, Quantity::isQuantity);
        table.global("quantity_sign", "sign", SimpleType.INT, Types.QUANTITY, q -> (long) q.value.signum());
        table.member(
                "quantity_is_greater_than",
                "isGreaterThan",
                SimpleType.BOOL,
                Types.QUANTITY,
                Types.QUANTITY,
                (a, b) -> a.compareTo(b) > 0);
        table.member(
                "quantity_is_less_than",
                "isLessThan",
                SimpleType.BOOL,
                Types.QUANTITY,
                Types.QUANTITY,
                (a, b) -> a.compareTo(b) < 0);
        table.member("quantity_compare_to", "compareTo", SimpleType.INT, Types.QUANTITY, Types.QUANTITY, (a, b) ->
                (long) a.compareTo(b));
        addNumbers(table);
    }

    private static void addNumbers(FunctionTable table) {
        table.member(
                "quantity_get_float",
                "asApproximateFloat",
                SimpleType.DOUBLE,
                Types.QUANTITY,
                q -> q.value.doubleValue());
        table.member("quantity_get_int", "asInteger", SimpleType.INT, Types.QUANTITY, Quantity::asInteger);
        table.member("quantity_is_integer", "isInteger", SimpleType.BOOL, Types.QUANTITY, Quantity::isInteger);
        table.member("quantity_add", "add", Types.QUANTITY_TYPE, Types.QUANTITY, Types.QUANTITY, Quantity::plus);
        table.member(
                "quantity_add_int", "add", Types.QUANTITY_TYPE, Types.QUANTITY, Types.INT, (q, n) -> q.plus(of(n)));
        table.member(
                "quantity_sub",
                "sub",
                Types.QUANTITY_TYPE,
                Types.QUANTITY,
                Types.QUANTITY,
                (a, b) -> a.plus(b.negated()));
        table.member(
                "quantity_sub_int",
                "sub",
                Types.QUANTITY_TYPE,
                Types.QUANTITY,
                Types.INT,
                (q, n) -> q.plus(of(n).negated()));
    }

    static boolean isQuantity(String text) {
        return parse(text) != null;
    }

    static Quantity of(String text) throws CelEvaluationException {
        Quantity quantity = parse(text);
        if (quantity == null) {
            throw new CelEvaluationException(
                    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        return quantity;
    }

    private static Quantity of(long number) {
        return new Quantity(BigDecimal.valueOf(number), true);
    }

    private static @Nullable Quantity parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > MAX_TEXT || !form.matches()) {
            return null;
        }
        String fraction = form.group(3) == null ? "" : form.group(3);
        if (form.group(2).isEmpty() && fraction.isEmpty()) {
            return null;
        }
        BigDecimal number =
                new BigDecimal(form.group(1) + (form.group(2).isEmpty() ? "0" : form.group(2)) + "." + fraction + "0");
        String unit = form.group(4);
        boolean whole = fraction.isEmpty();
        if (unit.endsWith("i")) {
            number = number.multiply(new BigDecimal(KIBI.pow(BINARY.indexOf(unit.charAt(0)) + 1)));
        } else if (!unit.isEmpty()) {
            int exponent = exponent(unit);
            if (Math.abs(exponent) > MAX_EXPONENT) {
                return null;
            }
            number = number.movePointRight(exponent);
            whole = exponent - fraction.length() >= 0;
        }
        // Finer than nano is rounded away from zero, as Kubernetes does.
        return new Quantity(number.setScale(NANO, RoundingMode.UP), whole);
    }

    private static int exponent(String unit) {
        char first = unit.charAt(0);
        if (unit.length() > 1 || first == 'e') {
            return Integer.parseInt(unit.substring(1).replace("+", ""));
        }
        int below = BELOW.indexOf(first);
        return below >= 0 ? 3 * below - NANO : 3 * (ABOVE.indexOf(first) + 1);
    }

    private boolean isInteger() {
        return whole && value.toBigInteger().bitLength() < Long.SIZE;
    }

    private Long asInteger() throws CelEvaluationException {
        if (!isInteger()) {
            throw new CelEvaluationException("cannot convert value to integer");
        }
        return value.longValueExact();
    }

    private Quantity plus(Quantity other) {
        return new Quantity(value.add(other.value), whole && other.whole);
    }

    private Quantity negated() {
        return new Quantity(value.negate(), whole);
    }

    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }

    /** Equal values are equal, however they were written. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quantity that && value.compareTo(that.value) == 0;
    }

    @Override
    public int hashCode() {
        return value.stripTrailingZeros().hashCode();
    }
}
