package dev.plumbline.registry.render;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.Location;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The findings of one build. A file that several kustomizations read is reported once. Of what is said of Argo's objects there
 * may be one finding for each object and more, so it is cut; what is recorded for later builds is not, because there other
 * findings may come before it.
 */
final class Problems {

    /** Most differences and warnings of Argo's objects in one build; a further one says that there are more. */
    static final int MAX_ARGO = 1_000;

    private final Set<Finding> findings = new LinkedHashSet<>();
    private final Set<Location> ambiguousBooleans = new HashSet<>();
    private final Deque<List<Finding>> recordings = new ArrayDeque<>();
    private @Nullable List<Finding> aside;
    private boolean anyError;
    private int argo;

    void error(String rule, Location place, String message, String fix) {
        add(Finding.error(rule, place, message, fix));
    }

    void warning(String rule, Location place, String message, String fix) {
        add(Finding.warning(rule, place, message, fix));
    }

    void add(Finding finding) {
        if (aside != null) {
            aside.add(finding);
            return;
        }
        if (!recordings.isEmpty()) {
            recordings.element().add(finding);
        }
        if (ArgoAwareness.reports(finding)) {
            addArgo(finding);
            return;
        }
        findings.add(finding);
        if (finding.rule().equals("yaml-ambiguous-boolean")) {
            ambiguousBooleans.add(finding.location());
        }
        anyError |= finding.isError();
    }

    private void addArgo(Finding finding) {
        if (argo < MAX_ARGO) {
            argo += findings.add(finding) ? 1 : 0;
        } else if (argo == MAX_ARGO && !findings.contains(finding)) {
            argo++;
            findings.add(new Finding(
                    finding.rule(),
                    finding.severity(),
                    finding.location(),
                    null,
                    "more than " + MAX_ARGO + " of these; the others are not listed",
                    finding.fix()));
        }
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

    /** From here on findings are kept apart, and count only when they are added again, until {@link #takenAside} is called. */
    void setAside() {
        aside = new ArrayList<>(0);
    }

    /** What was set aside. */
    List<Finding> takenAside() {
        List<Finding> taken = aside == null ? List.of() : aside;
        aside = null;
        return taken;
    }

    /** From here on what is reported is also remembered, until {@link #recorded} is called. Recordings nest. */
    void record() {
        recordings.push(new ArrayList<>());
    }

    /** What was reported since the last {@link #record}, repetitions included. */
    List<Finding> recorded() {
        List<Finding> recorded = recordings.pop();
        if (!recordings.isEmpty()) {
            recordings.element().addAll(recorded);
        }
        return List.copyOf(recorded);
    }
}
