package dev.plumbline.registry.finding;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names what exists instead of what was written. */
public final class Suggestion {

    private static final int MAX_LISTED = 5;
    private static final int MAX_LENGTH = 253;

    private Suggestion() {}

    /** The name that was most probably meant: one that only a prefix or suffix tells apart, else the nearest by edits. */
    public static Optional<String> closest(String written, Collection<String> names) {
        String best = null;
        int bestScore = Integer.MAX_VALUE;
        for (String name : names) {
            int score = score(written, name);
            if (score < bestScore) {
                bestScore = score;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code did you mean 'x'?}, else what there is to choose from. */
    public static String instead(String written, Collection<String> names, String what) {
        Optional<String> closest = closest(written, names);
        if (closest.isPresent()) {
            return "did you mean '" + closest.get() + "'?";
        }
        return names.isEmpty() ? "there is no " + what + " here" : "there is " + listed(names);
    }

    private static String listed(Collection<String> names) {
        List<String> some = names.stream().sorted().limit(MAX_LISTED).toList();
        return some.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "))
                + (names.size() > MAX_LISTED ? " and " + (names.size() - MAX_LISTED) + " more" : "");
    }

    private static int score(String written, String name) {
        if (name.startsWith(written + "-") || name.endsWith("-" + written)) {
            return 0;
        }
        if (written.length() > MAX_LENGTH || name.length() > MAX_LENGTH) {
            return Integer.MAX_VALUE;
        }
        int distance = distance(written, name);
        return distance <= Math.max(1, Math.min(written.length(), name.length()) / 3) ? distance : Integer.MAX_VALUE;
    }

    /** Edit distance in which swapping two neighbours is one edit (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
