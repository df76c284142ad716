package dev.plumbline.registry.review;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.Location;
import java.io.Serializable;
import java.util.Comparator;

/** The order in which findings are shown: the worst first, then by place. It depends on nothing but the findings. */
final class Order implements Comparator<Finding>, Serializable {

    private static final long serialVersionUID = 1L;

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .reversed()
            .thenComparing(finding -> place(finding).file())
            .thenComparingInt(finding -> place(finding).line())
            .thenComparingInt(finding -> place(finding).column())
            .thenComparing(Finding::rule)
            .thenComparing(Finding::message)
            .thenComparing(finding -> String.valueOf(finding.object()));

    @Override
    public int compare(Finding one, Finding other) {
        return ORDER.compare(one, other);
    }

    private static Location place(Finding finding) {
        Location location = finding.location();
        return location == null ? Location.of("") : location;
    }
}
