package dev.plumbline.registry.yaml;

import java.math.BigDecimal;
import java.math.MathContext;

/** The shortest decimal number that reads as a double, as Go finds it. */
public final class ShortestDecimal {

    private static final MathContext ONE_DIGIT = new MathContext(1);

    /** Go writes an exponent below this one and from the other one on ({@code strconv.FormatFloat}, format 'g'). */
    private static final int LEAST_PLAIN_EXPONENT = -4;

    private static final int MOST_PLAIN_EXPONENT = 5;

    private ShortestDecimal() {}

    /**
     * Without zeros at its end. Java writes two digits at least, which differ from the one that is enough for the smallest numbers
     * that there are.
     *
     * @param number finite
     */
    public static BigDecimal of(double number) {
        BigDecimal java = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        BigDecimal rounded = java.precision() == 2 ? java.round(ONE_DIGIT).stripTrailingZeros() : java;
        return rounded.doubleValue() == number ? rounded : java;
    }

    /**
     * A number in the fewest digits that name it, as Go's {@code %v} prints it: with an exponent of two digits or more from a million
     * on and below a ten-thousandth.
     *
     * @param number finite
     */
    public static String text(double number) {
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal exact = of(number);
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= LEAST_PLAIN_EXPONENT && exponent <= MOST_PLAIN_EXPONENT) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }
}
