package dev.plumbline.controller.cli;

/** Who calls, as the operating system names them. */
final class Actor {

    private Actor() {}

    static String name() {
        return System.getProperty("user.name", "unknown");
    }
}
