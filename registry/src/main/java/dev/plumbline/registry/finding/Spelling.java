package dev.plumbline.registry.finding;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** Finds the name that a misspelt one was probably meant to be. */
public final class Spelling {

    /** Longer names are not compared. */
    public static final int MAX_LENGTH = 100;

    private Spelling() {}

    /** The nearest of some names, if one is near: at most a third of the letters differ, upper and lower case count as equal. */
    public static Optional<String> nearest(String written, Collection<String> names) {
        String best = null;
        int bestDistance = Math.max(1, written.length() / 3) + 1;
        for (String name : names) {
            int distance = written.equalsIgnoreCase(name) ? 0 : distance(written, name, bestDistance);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Edits from one to the other, two swapped neighbours being one; the bound when there are as many or more. */
    private static int distance(String from, String to, int bound) {
        if (Math.abs(from.length() - to.length()) >= bound || Math.max(from.length(), to.length()) > MAX_LENGTH) {
            return bound;
        }
        int[] before = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        Arrays.setAll(last, column -> column);
        for (int row = 1; row <= from.length(); row++) {
            int[] now = new int[to.length() + 1];
            now[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                char a = from.charAt(row - 1);
                char b = to.charAt(column - 1);
                int least = Math.min(last[column - 1] + (a == b ? 0 : 1), Math.min(last[column], now[column - 1]) + 1);
                boolean swapped = row > 1 && column > 1 && a == to.charAt(column - 2) && from.charAt(row - 2) == b;
                now[column] = swapped ? Math.min(least, before[column - 2] + 1) : least;
            }
            before = last;
            last = now;
        }
        return last[to.length()];
    }
}
