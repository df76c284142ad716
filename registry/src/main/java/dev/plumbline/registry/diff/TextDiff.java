package dev.plumbline.registry.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which lines of a text changed, with a few unchanged ones around them, as {@code diff -u} shows it. */
public final class TextDiff {

    /** Unchanged lines that are shown around changed ones. */
    public static final int CONTEXT = 2;

    /** Most pairs of lines that are compared; larger differences are shown as one replacement. */
    private static final int MAX_PAIRS = 4_000_000;

    private final List<String> before;
    private final List<String> after;
    private final List<String> lines = new ArrayList<>();

    private TextDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /** Lines that begin with {@code -}, {@code +} or a space; between parts that are far from each other stands {@code @@}. */
    public static List<String> between(String before, String after) {
        TextDiff diff = new TextDiff(lines(before), lines(after));
        diff.compare();
        return diff.shortened();
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        } else {
            lines.set(lines.size() - 1, lines.getLast() + " (no line break at the end)");
        }
        return lines;
    }

    private void compare() {
        int start = 0;
        int shorter = Math.min(before.size(), after.size());
        while (start < shorter && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        before.subList(0, start).forEach(line -> lines.add(" " + line));
        middle(before.subList(start, before.size() - end), after.subList(start, after.size() - end));
        before.subList(before.size() - end, before.size()).forEach(line -> lines.add(" " + line));
    }

    private void middle(List<String> old, List<String> now) {
        if ((long) old.size() * now.size() > MAX_PAIRS) {
            old.forEach(line -> lines.add("-" + line));
            now.forEach(line -> lines.add("+" + line));
            return;
        }
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                lines.add(" " + old.get(i++));
                j++;
            } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add("-" + old.get(i++));
            } else {
                lines.add("+" + now.get(j++));
            }
        }
    }

    private List<String> shortened() {
        boolean[] shown = new boolean[lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).charAt(0) != ' ') {
                Arrays.fill(shown, Math.max(0, i - CONTEXT), Math.min(lines.size(), i + CONTEXT + 1), true);
            }
        }
        List<String> kept = new ArrayList<>();
        boolean gap = false;
        for (int i = 0; i < lines.size(); i++) {
            if (shown[i]) {
                if (gap && !kept.isEmpty()) {
                    kept.add("@@");
                }
                kept.add(lines.get(i));
            }
            gap = !shown[i];
        }
        return kept;
    }
}
