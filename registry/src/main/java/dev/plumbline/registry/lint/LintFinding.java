package dev.plumbline.registry.lint;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.Location;
import java.util.Comparator;
import java.util.List;

/**
 * A finding of lint.
 *
 * @param finding what is wrong, where; of what several overlays share, as the first of them has it
 * @param overlays the overlays in which it appears, in the order of their names; empty where no overlay is concerned
 * @param suppressed the reason for which it does not count; empty where it counts
 */
public record LintFinding(Finding finding, List<String> overlays, String suppressed)
        implements Comparable<LintFinding> {

    private static final Location NOWHERE = Location.of("");

    private static final Comparator<LintFinding> ORDER = Comparator.<LintFinding, String>comparing(
                    one -> one.place().file())
            .thenComparingInt(one -> one.place().line())
            .thenComparingInt(one -> one.place().column())
            .thenComparing(one -> one.finding().rule())
            .thenComparing(one -> one.finding().message())
            .thenComparing(one -> one.finding().toString())
            .thenComparing(one -> String.join(",", one.overlays()))
            .thenComparing(one -> String.valueOf(one.finding().object()))
            .thenComparing(LintFinding::suppressed);

    /** Keeps its own copy. */
    public LintFinding {
        overlays = List.copyOf(overlays);
    }

    /** Whether the repository is wrong because of it. */
    public boolean isError() {
        return finding.isError() && suppressed.isEmpty();
    }

    /** Where it is; a file without a name where no file is to blame. */
    public Location place() {
        Location location = finding.location();
        return location == null ? NOWHERE : location;
    }

    /** By place, then by everything else, so that one commit always gives one list. */
    @Override
    public int compareTo(LintFinding other) {
        return ORDER.compare(this, other);
    }
}
