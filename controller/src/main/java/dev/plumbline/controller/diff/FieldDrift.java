package dev.plumbline.controller.diff;

import org.jspecify.annotations.Nullable;

/**
 * One field of a live object that somebody else changed.
 *
 * @param pointer the field in the live object (RFC 6901)
 * @param expected the value of the baseline; null when it had none
 * @param actual the live value; null when it is gone
 * @param owner who owns it now; null when it is gone, because managedFields name nobody then
 * @param applied whether our content sets it, so that applying again restores it
 */
public record FieldDrift(
        String pointer,
        @Nullable Object expected,
        @Nullable Object actual,
        @Nullable FieldOwner owner,
        boolean applied) {

    /** As a difference between the live object and the baseline. */
    public FieldChange change() {
        return new FieldChange(String.join(".", JsonPointer.elements(pointer)), actual, expected);
    }

    /** {@code kubectl-edit owns /spec/suspend}, or {@code /data/value is gone}. */
    public String words() {
        return owner == null ? pointer + " is gone" : owner + " owns " + pointer;
    }
}
