package dev.plumbline.registry.lint;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Findings of all overlays, in which what several overlays share is one finding. */
final class Collected {

    /** Most findings of one lint; a further one says that there are more. */
    static final int MAX_FINDINGS = 10_000;

    private final Map<Same, One> findings = new LinkedHashMap<>();
    private boolean more;

    /** What makes two findings one: overlays may give an object another namespace. */
    private record Same(
            String rule,
            Severity severity,
            @Nullable Location location,
            String object,
            String message,
            String fix,
            String suppressed) {}

    private record One(Finding finding, SortedSet<String> overlays) {}

    /**
     * Adds a finding.
     *
     * @param overlays where it appears; empty where no overlay is concerned
     * @param suppressed the reason for which it does not count; empty where it counts
     */
    void add(Finding finding, Collection<String> overlays, String suppressed) {
        Same same = new Same(
                finding.rule(),
                finding.severity(),
                finding.location(),
                finding.object() == null ? "" : finding.object().display(),
                finding.message(),
                finding.fix(),
                suppressed);
        One one = findings.get(same);
        if (one == null && findings.size() >= MAX_FINDINGS) {
            more = true;
            return;
        }
        if (one == null) {
            one = new One(finding, new TreeSet<>());
            findings.put(same, one);
        }
        one.overlays().addAll(overlays);
    }

    /** All of them, by place. */
    List<LintFinding> sorted() {
        List<LintFinding> sorted = new ArrayList<>();
        findings.forEach((same, one) ->
                sorted.add(new LintFinding(one.finding(), List.copyOf(one.overlays()), same.suppressed())));
        sorted.sort(null);
        if (more) {
            sorted.addFirst(new LintFinding(
                    new Finding(
                            "too-many-findings",
                            Severity.ERROR,
                            null,
                            null,
                            "there are more than " + MAX_FINDINGS + " findings; the others are not listed",
                            "correct these first"),
                    List.of(),
                    ""));
        }
        return sorted;
    }
}
