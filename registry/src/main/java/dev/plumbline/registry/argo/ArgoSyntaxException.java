package dev.plumbline.registry.argo;

/** A {@code when} or {@code depends} that Argo's grammar does not admit, or that has no value; the message quotes it. */
public final class ArgoSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong, with the text in question. */
    public ArgoSyntaxException(String message) {
        super(message);
    }
}
