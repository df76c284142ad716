package dev.plumbline.registry.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingChangesTest {

    private static final ObjectKey TRAIN = new ObjectKey("argoproj.io", "WorkflowTemplate", "dev", "train");

    private static Finding finding(String file, int line, String message) {
        return new Finding("some-rule", Severity.ERROR, new Location(file, line, 1), TRAIN, message, "do it");
    }

    private static FindingChanges between(List<Finding> before, List<Finding> after) {
        return FindingChanges.between(before, after, List.of(), Map.of());
    }

    @Test
    void whatMovedStays() {
        Finding before = finding("a.yaml", 3, "spec.templates[2] is wrong, as line 3 and a.yaml:3:7 show");
        Finding after = finding("b/a.yaml", 13, "spec.templates[4] is wrong, as line 13 and a.yaml:13:7 show")
                .about(new ObjectKey("argoproj.io", "WorkflowTemplate", "prod", "train"));
        assertEquals(
                new FindingChanges(List.of(), List.of(), List.of(), List.of(after)),
                between(List.of(before), List.of(after)));
    }

    @Test
    void whatIsWorseOrAboutSomethingElseIsNew() {
        Finding before = finding("a.yaml", 3, "x is wrong");
        Finding worse =
                new Finding("some-rule", Severity.WARNING, before.location(), TRAIN, before.message(), before.fix());
        Finding other = before.about(TRAIN.withName("other"));
        for (Finding after : List.of(worse, other, finding("a.yaml", 3, "y is wrong"))) {
            assertEquals(
                    new FindingChanges(List.of(after), List.of(before), List.of(), List.of()),
                    between(List.of(before), List.of(after)));
        }
    }

    @Test
    void eachOfSeveralAlikeCounts() {
        Finding one = finding("a.yaml", 3, "x is wrong");
        Finding two = finding("a.yaml", 9, "x is wrong");
        Finding three = finding("a.yaml", 20, "x is wrong");
        assertEquals(
                new FindingChanges(List.of(three), List.of(), List.of(), List.of(one, two)),
                between(List.of(one, two), List.of(one, three, two)));
        assertEquals(
                new FindingChanges(List.of(), List.of(one), List.of(), List.of(two)),
                between(List.of(one, two), List.of(two)));
    }

    @Test
    void anObjectWhoseNameHoldsAHashOfItsContentStaysTheSame() {
        Finding before = new Finding(
                "r", Severity.ADVICE, null, new ObjectKey("", "ConfigMap", "dev", "steps-111"), "steps-111 is big", "");
        Finding after = new Finding(
                "r", Severity.ADVICE, null, new ObjectKey("", "ConfigMap", "dev", "steps-222"), "steps-222 is big", "");
        assertEquals(
                List.of(after),
                FindingChanges.between(List.of(before), List.of(after), List.of(), Map.of("steps-111", "steps-222"))
                        .standing());
        assertEquals(List.of(after), between(List.of(before), List.of(after)).added());
    }

    @Test
    void whatIsSuppressedNowIsNotFixed() {
        Finding before = finding("a.yaml", 3, "x is wrong");
        SuppressedFinding silenced = new SuppressedFinding(finding("a.yaml", 5, "x is wrong"), "known");
        SuppressedFinding never = new SuppressedFinding(finding("a.yaml", 7, "y is wrong"), "known");
        assertEquals(
                new FindingChanges(List.of(), List.of(), List.of(silenced), List.of()),
                FindingChanges.between(List.of(before), List.of(), List.of(never, silenced), Map.of()));
    }

    @Test
    void theWorstComesFirst() {
        Finding advice = new Finding("r", Severity.ADVICE, Location.of("a.yaml"), null, "m", "");
        Finding error = finding("z.yaml", 1, "m");
        assertEquals(
                List.of(error, advice),
                between(List.of(), List.of(advice, error)).added());
    }
}
