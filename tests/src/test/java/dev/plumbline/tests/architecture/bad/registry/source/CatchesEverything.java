package dev.plumbline.tests.architecture.bad.registry.source;

/** Hides bugs. */
public final class CatchesEverything {

    /** Runs something and hides how it ended. */
    public boolean quietly(Runnable work) {
        try {
            work.run();
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    /** Fine: says what it expects. */
    public boolean number(String text) {
        try {
            return Integer.parseInt(text) > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
