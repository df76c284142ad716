package dev.plumbline.registry.render;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The findings of one build. A file that several kustomizations read is reported once. */
final class Problems {

    private final Set<Finding> findings = new LinkedHashSet<>();
    private final Set<Location> ambiguousBooleans = new HashSet<>();
    private boolean anyError;

    void error(String rule, Location place, String message, String fix) {
        add(Finding.error(rule, place, message, fix));
    }

    void warning(String rule, Location place, String message, String fix) {
        add(Finding.warning(rule, place, message, fix));
    }

    void add(Finding finding) {
        findings.add(finding);
        if (finding.rule().equals("yaml-ambiguous-boolean")) {
            ambiguousBooleans.add(finding.location());
        }
        anyError |= finding.isError();
    }

    void addAll(Collection<Finding> more) {
        more.forEach(this::add);
    }

    /** Whether a word such as {@code yes} stands here without quotes, which YAML 1.1 takes for true or false. */
    boolean ambiguousBoolean(Location place) {
        return ambiguousBooleans.contains(place);
    }

    boolean anyError() {
        return anyError;
    }

    List<Finding> list() {
        return new ArrayList<>(findings);
    }
}
