package dev.plumbline.controller.record;

/** Where results that a node took from an earlier run cannot be followed to it. The message says why, for a verdict's reason. */
final class LostResultException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String why;

    LostResultException(String why) {
        super(why);
        this.why = why;
    }

    @Override
    public String getMessage() {
        return why;
    }
}
