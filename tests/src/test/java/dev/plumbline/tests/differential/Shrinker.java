package dev.plumbline.tests.differential;

import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes a failing case small: leaves out files, then fields and list items with all that is indented below them. */
final class Shrinker {

    /** Most cases tried for one shrinking. */
    private static final int MAX_TRIES = 600;

    private final Contest contest;
    private int tries;

    Shrinker(Contest contest) {
        this.contest = contest;
    }

    /** The smallest case found with the same kind of fault. */
    Case shrink(Case failing) throws IOException, InterruptedException, SourceException {
        Outcome outcome = contest.judge(failing);
        Case small = failing;
        boolean smaller = true;
        while (smaller && tries < MAX_TRIES) {
            smaller = false;
            for (String path : List.copyOf(small.files().keySet())) {
                Case without = small.with(path, "");
                if (same(without, outcome)) {
                    small = without;
                    smaller = true;
                    continue;
                }
                Case shorter = withoutLines(small, path, outcome);
                smaller |= !shorter.equals(small);
                small = shorter;
            }
        }
        return small;
    }

    private Case withoutLines(Case given, String path, Outcome outcome)
            throws IOException, InterruptedException, SourceException {
        Case small = given;
        List<String> lines = lines(small, path);
        for (int i = 0; i < lines.size() && tries < MAX_TRIES; ) {
            List<String> rest = new ArrayList<>(lines);
            rest.subList(i, end(lines, i)).clear();
            Case shorter = rest.isEmpty() ? small : small.with(path, String.join("\n", rest));
            if (!rest.isEmpty() && same(shorter, outcome)) {
                small = shorter;
                lines = rest;
            } else {
                i++;
            }
        }
        return small;
    }

    private static List<String> lines(Case given, String path) {
        return new ArrayList<>(List.of(
                java.util.Objects.requireNonNull(given.files().get(path)).split("\n", -1)));
    }

    /** Past the line and what is indented below it; items of a list that stands flat below its key belong to the key. */
    private static int end(List<String> lines, int start) {
        String first = lines.get(start);
        int indent = indent(first);
        boolean key = first.stripTrailing().endsWith(":");
        int end = start + 1;
        while (end < lines.size()) {
            String line = lines.get(end);
            boolean below = indent(line) > indent
                    || line.isBlank()
                    || (key && indent(line) == indent && line.strip().startsWith("-"));
            if (!below) {
                break;
            }
            end++;
        }
        return end;
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }

    private boolean same(Case candidate, Outcome wanted) throws IOException, InterruptedException, SourceException {
        tries++;
        if (candidate.files().isEmpty()) {
            return false;
        }
        Outcome found = contest.judge(candidate);
        return found.agreement() == wanted.agreement() && found.signature().equals(wanted.signature());
    }
}
