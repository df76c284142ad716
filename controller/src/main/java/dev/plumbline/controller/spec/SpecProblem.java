package dev.plumbline.controller.spec;

/**
 * Something in a custom resource that its schema let pass and that cannot be followed.
 *
 * @param path the field, such as {@code spec.windows[0].timezone}
 * @param message what is wrong and what to write instead
 */
public record SpecProblem(String path, String message) {

    /** {@code path: message}. */
    @Override
    public String toString() {
        return path + ": " + message;
    }
}
