package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what rules say about one object, up to a bound. */
public final class Report {

    /** Most remarks about one object; further ones are counted, not listed. */
    public static final int MAX_REMARKS = 1_000;

    /** Rule of what says that there is more. */
    static final String TOO_MANY = "too-many-findings";

    /** Longest message; the rest of a longer one is left out. */
    private static final int MAX_MESSAGE = 1_000;

    private static final int MAX_QUOTED = 120;

    private final List<Remark> remarks = new ArrayList<>();
    private final Set<List<String>> errors = new HashSet<>();
    private @Nullable Rule rule;

    /** An empty report. */
    Report() {}

    /** What is reported next is said by this rule. */
    void about(Rule nextRule) {
        rule = nextRule;
    }

    /**
     * Reports something, with the severity of the rule.
     *
     * @param path keys and list positions (decimal) from the object's root to what is wrong; empty for the object as a whole
     * @param message what is wrong, with the names involved
     * @param fix what to do; empty only where the message says it
     */
    public void add(List<String> path, String message, String fix) {
        add(rule().severity(), path, message, fix);
    }

    /** Reports something of which the rule is more or less sure than usual. */
    public void add(Severity severity, List<String> path, String message, String fix) {
        if (severity == Severity.ERROR) {
            errors.add(List.copyOf(path));
        }
        if (remarks.size() < MAX_REMARKS) {
            remarks.add(new Remark(
                    rule().id(), rule().group(), severity, path, cut(message, MAX_MESSAGE), cut(fix, MAX_MESSAGE)));
        } else if (remarks.size() == MAX_REMARKS) {
            remarks.add(new Remark(
                    TOO_MANY,
                    Group.PLUMBLINE,
                    Severity.ERROR,
                    List.of(),
                    "there are more than " + MAX_REMARKS + " findings; the others are not listed",
                    "correct these first"));
        }
    }

    private Rule rule() {
        if (rule == null) {
            throw new IllegalStateException("nothing is being checked");
        }
        return rule;
    }

    /** Whether an error was reported at a path, or above it, such as that a field is unknown. */
    boolean isBelowError(List<String> path) {
        for (int length = path.size(); length > 0 && hasErrors(); length--) {
            if (hasError(path.subList(0, length))) {
                return true;
            }
        }
        return false;
    }

    /** A text as messages quote it: what is too long is cut. */
    static String shorten(String text) {
        return cut(text, MAX_QUOTED);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }

    /** Whether any error was reported. */
    boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** Whether an error was reported at exactly this path. */
    boolean hasError(List<String> path) {
        return errors.contains(path);
    }

    List<Remark> remarks() {
        return List.copyOf(remarks);
    }
}
