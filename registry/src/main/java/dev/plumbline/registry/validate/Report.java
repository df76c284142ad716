package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what rules find, up to a bound. */
public final class Report {

    /** Most findings of one validation; a further one says that there are more. */
    public static final int MAX_FINDINGS = 1_000;

    /** Longest message; the rest of a longer one is left out. */
    private static final int MAX_MESSAGE = 1_000;

    private static final int MAX_QUOTED = 120;

    private final boolean release;
    private final List<Finding> findings = new ArrayList<>();

    /** Paths with errors, by the very object: two objects may be alike. */
    private final IdentityHashMap<Manifest, Set<List<String>>> errors = new IdentityHashMap<>();

    private @Nullable Rule rule;
    private @Nullable Manifest object;

    /**
     * An empty report.
     *
     * @param release whether only what blocks a Release may be an error
     */
    Report(boolean release) {
        this.release = release;
    }

    /** What is reported next is about this rule and object. */
    void about(Rule nextRule, Manifest nextObject) {
        rule = nextRule;
        object = nextObject;
    }

    /**
     * Reports something, with the severity of the rule.
     *
     * @param path keys and list positions (decimal) from the object's root to what is wrong; empty for the object as a whole
     * @param message what is wrong, with the names involved
     * @param fix what to do; empty only where the message says it
     */
    public void add(List<String> path, String message, String fix) {
        if (rule == null) {
            throw new IllegalStateException("nothing is being checked");
        }
        add(rule.severity(), path, message, fix);
    }

    /** Reports something of which the rule is more or less sure than usual. */
    public void add(Severity severity, List<String> path, String message, String fix) {
        if (rule == null || object == null) {
            throw new IllegalStateException("nothing is being checked");
        }
        boolean capped = release && severity == Severity.ERROR && !rule.group().blocks();
        if (severity == Severity.ERROR) {
            errors.computeIfAbsent(object, _ -> new HashSet<>()).add(List.copyOf(path));
        }
        if (findings.size() < MAX_FINDINGS) {
            Location location = object.locate(path.toArray(String[]::new));
            findings.add(new Finding(
                    rule.id(),
                    capped ? Severity.WARNING : severity,
                    location,
                    object.key(),
                    cut(message, MAX_MESSAGE),
                    cut(fix, MAX_MESSAGE)));
        } else if (findings.size() == MAX_FINDINGS) {
            findings.add(new Finding(
                    "too-many-findings",
                    Severity.ERROR,
                    object.origin().resource(),
                    null,
                    "there are more than " + MAX_FINDINGS + " findings; the others are not listed",
                    "correct these first"));
        }
    }

    /** Whether an error was reported at a path of the object at hand, or above it, such as that a field is unknown. */
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

    /** Whether any error was reported about the object at hand. */
    boolean hasErrors() {
        return object != null && errors.containsKey(object);
    }

    /** Whether an error was reported at exactly this path of the object at hand. */
    boolean hasError(List<String> path) {
        return object != null && errors.getOrDefault(object, Set.of()).contains(path);
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }
}
