package dev.plumbline.controller.app;

/** The terminal of whoever started the program. */
public final class Terminal {

    private Terminal() {}

    /** Whether standard output is a terminal that wants colours; {@code NO_COLOR} (no-color.org) says that it does not. */
    @SuppressWarnings("SystemConsoleNull") // Its declared type still allows null.
    public static boolean wantsColours() {
        return System.console() != null && System.console().isTerminal() && System.getenv("NO_COLOR") == null;
    }
}
