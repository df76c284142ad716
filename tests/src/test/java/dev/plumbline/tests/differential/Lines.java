package dev.plumbline.tests.differential;

import java.util.ArrayList;
import java.util.List;

/** A plain comparison of two texts line by line. */
final class Lines {

    private static final int CONTEXT = 4;

    private Lines() {}

    /** Both texts from the first line that differs to the last one, with some context. */
    static String difference(String theirs, String ours) {
        List<String> wanted = List.of(theirs.split("\n", -1));
        List<String> found = List.of(ours.split("\n", -1));
        int start = start(wanted, found);
        int end = 0;
        while (end < Math.min(wanted.size(), found.size()) - start
                && wanted.get(wanted.size() - 1 - end).equals(found.get(found.size() - 1 - end))) {
            end++;
        }
        List<String> out = new ArrayList<>();
        wanted.subList(Math.max(0, start - CONTEXT), start).forEach(line -> out.add("           " + line));
        wanted.subList(start, wanted.size() - end).forEach(line -> out.add("kustomize: " + line));
        found.subList(start, found.size() - end).forEach(line -> out.add("     ours: " + line));
        return String.join("\n", out) + "\n";
    }

    static String firstField(String theirs, String ours) {
        List<String> wanted = List.of(theirs.split("\n", -1));
        List<String> found = List.of(ours.split("\n", -1));
        int start = start(wanted, found);
        String line = start < wanted.size() ? wanted.get(start) : "end";
        return line.strip().replaceAll(":.*", "");
    }

    private static int start(List<String> one, List<String> other) {
        int start = 0;
        while (start < Math.min(one.size(), other.size()) && one.get(start).equals(other.get(start))) {
            start++;
        }
        return start;
    }
}
