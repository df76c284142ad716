package dev.plumbline.registry.json;

/** Text that is not the JSON that was asked for; the message says where and why. */
public final class JsonException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong with the text. */
    public JsonException(String message) {
        super(message);
    }
}
