package dev.plumbline.registry.provenance;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The amounts of Kubernetes resources: {@code 500m}, {@code 1Gi}, {@code 1e3}. */
final class Quantity {

    private static final Pattern FORM = Pattern.compile(
            "([+-]?(?:\\d{1,40}\\.?\\d{0,40}|\\.\\d{1,40}))(?:([KMGTPE]i|[numkMGTPE])|[eE]([+-]?\\d{1,3}))?");

    private static final long KIBI = 1024;
    private static final Map<String, Integer> DECIMAL =
            Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);

    private Quantity() {}

    /** The exact amount; null when the text is none. */
    static @Nullable BigDecimal parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String suffix = matcher.group(2);
        if (suffix != null && suffix.endsWith("i")) {
            return number.multiply(BigDecimal.valueOf(KIBI).pow("KMGTPE".indexOf(suffix.charAt(0)) + 1));
        }
        String exponent = matcher.group(3);
        int power =
                suffix != null ? DECIMAL.getOrDefault(suffix, 0) : exponent == null ? 0 : Integer.parseInt(exponent);
        return number.scaleByPowerOfTen(power);
    }
}
