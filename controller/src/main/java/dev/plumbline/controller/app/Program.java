package dev.plumbline.controller.app;

/** What this program calls itself. */
public final class Program {

    /** Its version. */
    public static final String VERSION = "0.1.0";

    private Program() {}
}
