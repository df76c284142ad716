package dev.plumbline.controller.local.runner;

/** A node cannot be executed; it becomes Error with this message. */
final class NodeProblem extends Exception {

    private static final long serialVersionUID = 1L;

    NodeProblem(String message) {
        super(message);
    }

    /** What the node says of itself. */
    String text() {
        return String.valueOf(getMessage());
    }
}
