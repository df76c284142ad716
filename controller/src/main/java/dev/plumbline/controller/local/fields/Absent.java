package dev.plumbline.controller.local.fields;

import org.jspecify.annotations.Nullable;

/** Stands for a value that is not there, where null is a value. */
final class Absent {

    static final Object VALUE = new Absent();

    private Absent() {}

    /** Whether a value is not there; there is one instance, so that equality is identity. */
    static boolean is(@Nullable Object value) {
        return VALUE.equals(value);
    }

    @Override
    public String toString() {
        return "absent";
    }
}
