package dev.plumbline.registry.argo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Versions of Argo Workflows that objects can be checked for. The newest is compared with the real program; what the others do
 * otherwise is taken from their documentation.
 */
public enum ArgoVersion {
    /** 3.6. */
    V3_6("3.6"),
    /** 3.7. */
    V3_7("3.7"),
    /** 4.0. */
    V4_0("4.0"),
    /** 4.1. */
    V4_1("4.1");

    /** The version that objects are checked for when nobody asks for another one. */
    public static final ArgoVersion DEFAULT = V4_1;

    private final String text;

    ArgoVersion(String text) {
        this.text = text;
    }

    /** The version of a text such as {@code 4.1}; empty when it is none of these. */
    public static Optional<ArgoVersion> of(String text) {
        return Arrays.stream(values())
                .filter(version -> version.text.equals(text))
                .findFirst();
    }

    /** All versions as text, oldest first. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(version -> version.text).toList();
    }

    /** Whether it is this version or a later one. */
    public boolean isAtLeast(ArgoVersion other) {
        return compareTo(other) >= 0;
    }

    /** Major and minor number, such as {@code 4.1}. */
    @Override
    public String toString() {
        return text;
    }
}
