package dev.plumbline.controller.local.fields;

/** Stands for a value that is not there, where null is a value. */
final class Absent {

    static final Object VALUE = new Absent();

    private Absent() {}

    @Override
    public String toString() {
        return "absent";
    }
}
