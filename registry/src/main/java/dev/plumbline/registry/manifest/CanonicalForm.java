package dev.plumbline.registry.manifest;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.model.Digest;
import org.jspecify.annotations.Nullable;

/**
 * The one byte form of a plain tree that content hashes are made of, version 1: compact JSON, keys in the order of their
 * UTF-16 code units, whole numbers exact at any size, a floating-point number without a fraction written as a whole one
 * (JSON does not tell 1.0 from 1), other ones as Java's shortest form. Golden files hold it to its bytes.
 */
public final class CanonicalForm {

    /** Names this form in stored values. A change of the form is a new name. */
    public static final String VERSION = "plumbline-canonical-v1";

    private static final double WHOLE_BOUND = 1L << 53;

    private CanonicalForm() {}

    /** The canonical text of a plain tree. */
    public static String text(@Nullable Object tree) {
        return Json.writeSorted(tree, CanonicalForm::number);
    }

    /** The digest of the canonical text of a plain tree. */
    public static Digest digest(@Nullable Object tree) {
        return Digest.of(text(tree));
    }

    private static Object number(Object scalar) {
        return switch (scalar) {
            case Double number when number == Math.rint(number) && Math.abs(number) < WHOLE_BOUND -> number.longValue();
            default -> scalar;
        };
    }
}
