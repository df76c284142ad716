package dev.plumbline.registry.review;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.Location;
import java.util.Comparator;

/** The order in which findings are shown. It depends on nothing but the findings. */
final class Order {

    /** The worst first, then by place. */
    static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::severity)
            .reversed()
            .thenComparing(finding -> place(finding).file())
            .thenComparingInt(finding -> place(finding).line())
            .thenComparingInt(finding -> place(finding).column())
            .thenComparing(Finding::rule)
            .thenComparing(Finding::message)
            .thenComparing(finding -> String.valueOf(finding.object()));

    private Order() {}

    private static Location place(Finding finding) {
        Location location = finding.location();
        return location == null ? Location.of("") : location;
    }
}
