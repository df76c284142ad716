package dev.plumbline.registry.yaml;

import java.math.BigDecimal;
import java.math.MathContext;

/** The shortest decimal number that reads as a double, as Go finds it. */
public final class ShortestDecimal {

    private static final MathContext ONE_DIGIT = new MathContext(1);

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
}
