package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** Checks rendered objects by rules. */
public final class Validator {

    private Validator() {}

    /**
     * Everything that is wrong by the standard rules, rule by rule, objects in rendered order.
     *
     * @param objects the whole rendering, before versioning
     */
    public static List<Finding> validate(List<Manifest> objects) {
        return validate(objects, Rules.standard());
    }

    /** Everything that is wrong by some rules, in their order. */
    public static List<Finding> validate(List<Manifest> objects, List<Rule> rules) {
        RenderedSet set = new RenderedSet(objects);
        Report report = new Report();
        for (Rule rule : rules) {
            for (Manifest object : objects) {
                report.about(rule, object);
                rule.check(object, set, report);
            }
        }
        return report.findings();
    }
}
