package dev.plumbline.controller.local.fields;

/** Content that does not fit its kind; the message says where and why. */
public final class FieldFault extends Exception {

    private static final long serialVersionUID = 1L;

    FieldFault(String message) {
        super(message);
    }

    /** The same fault, seen from one level up. */
    FieldFault below(String element) {
        String message = String.valueOf(getMessage());
        boolean located = message.startsWith(".") || message.startsWith("[");
        return new FieldFault(PathElements.display(element) + (located ? "" : ": ") + message);
    }
}
