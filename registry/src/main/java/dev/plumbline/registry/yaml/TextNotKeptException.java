package dev.plumbline.registry.yaml;

/** A text has something that cannot be written again as it was; the reason is a sentence for people. */
public final class TextNotKeptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TextNotKeptException(String reason) {
        super(reason);
    }

    /** What the text has. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
