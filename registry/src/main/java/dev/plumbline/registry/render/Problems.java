package dev.plumbline.registry.render;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The findings of one build. A file that several kustomizations read is reported once. */
final class Problems {

    private final Set<Finding> findings = new LinkedHashSet<>();
    private boolean anyError;

    void error(String rule, Location place, String message, String fix) {
        add(Finding.error(rule, place, message, fix));
    }

    void warning(String rule, Location place, String message, String fix) {
        add(Finding.warning(rule, place, message, fix));
    }

    void add(Finding finding) {
        findings.add(finding);
        anyError |= finding.isError();
    }

    void addAll(Collection<Finding> more) {
        more.forEach(this::add);
    }

    boolean anyError() {
        return anyError;
    }

    List<Finding> list() {
        return new ArrayList<>(findings);
    }
}
