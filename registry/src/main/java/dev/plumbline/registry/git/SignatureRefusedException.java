package dev.plumbline.registry.git;

/** A signature does not count; the message says why, as the end of a sentence. */
final class SignatureRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    SignatureRefusedException(String why) {
        super(why);
    }
}
