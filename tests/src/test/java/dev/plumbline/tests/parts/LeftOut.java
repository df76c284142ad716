package dev.plumbline.tests.parts;

import org.opentest4j.TestAbortedException;

/** A program that asks for the real API server and prints why a test would be left out; for a child of a test, without what it lacks. */
final class LeftOut {

    private LeftOut() {}

    /** Prints {@code left out: } and why, or where the parts are. */
    public static void main(String[] arguments) {
        try {
            System.out.println("there: " + RealCluster.folder());
        } catch (TestAbortedException e) {
            System.out.println("left out: " + e.getMessage());
        }
    }
}
