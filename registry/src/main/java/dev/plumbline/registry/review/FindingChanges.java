package dev.plumbline.registry.review;

import dev.plumbline.registry.finding.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which findings come with a change and which go. A finding whose lines or file only moved is the same one.
 *
 * @param added what is found after the change only
 * @param fixed what was found before it only, as it was found then
 * @param suppressed what was found before it, and does not count after it because its object says so
 * @param standing what is found before and after, as it is found now
 */
public record FindingChanges(
        List<Finding> added, List<Finding> fixed, List<SuppressedFinding> suppressed, List<Finding> standing) {

    /** Where nothing can be compared. */
    static final FindingChanges NONE = new FindingChanges(List.of(), List.of(), List.of(), List.of());

    /** Keeps its own copies. */
    public FindingChanges {
        added = List.copyOf(added);
        fixed = List.copyOf(fixed);
        suppressed = List.copyOf(suppressed);
        standing = List.copyOf(standing);
    }

    /**
     * Compares.
     *
     * @param suppressed what is found after the change and does not count
     * @param renamed names of objects that hold a hash of their content: earlier name to later name
     */
    static FindingChanges between(
            List<Finding> before,
            List<Finding> after,
            List<SuppressedFinding> suppressed,
            Map<String, String> renamed) {
        Matching matching = new Matching(before, renamed);
        List<Finding> moved = new ArrayList<>();
        List<Finding> standing = new ArrayList<>();
        List<Finding> added = new ArrayList<>();
        after.forEach(finding -> (matching.takeEqual(finding) ? standing : moved).add(finding));
        moved.forEach(finding -> (matching.takeMoved(finding) ? standing : added).add(finding));
        List<SuppressedFinding> silenced = suppressed.stream()
                .sorted(Comparator.comparing(SuppressedFinding::finding, Order.WORST_FIRST))
                .filter(one -> matching.takeMoved(one.finding()))
                .toList();
        return new FindingChanges(sorted(added), sorted(matching.left()), silenced, sorted(standing));
    }

    private static List<Finding> sorted(Collection<Finding> findings) {
        return findings.stream().sorted(Order.WORST_FIRST).toList();
    }
}
