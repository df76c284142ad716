package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoVersion;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Set;

/** Checks rendered objects by rules. */
public final class Validator {

    private Validator() {}

    /**
     * What is wrong by the standard rules, as a Release sees it: an error of a rule that nobody else checks is a warning, so that
     * it blocks nothing.
     *
     * @param objects the whole rendering, before versioning
     */
    public static List<Finding> validate(List<Manifest> objects) {
        return run(objects, Set.of(), Rules.standard(), true);
    }

    /**
     * What is wrong by the standard rules, each with its own severity, object by object in rendered order, rule by rule.
     *
     * @param objects the whole rendering, before versioning
     */
    public static List<Finding> lint(List<Manifest> objects) {
        return lint(objects, Set.of(), Rules.standard());
    }

    /**
     * What is wrong by some rules, each with its own severity.
     *
     * @param objects the whole rendering, before versioning
     * @param declared keys of objects that are in the cluster without being rendered, such as Secrets
     * @param rules the rules
     */
    public static List<Finding> lint(List<Manifest> objects, Set<ObjectKey> declared, List<Rule> rules) {
        return run(objects, declared, rules, false);
    }

    private static List<Finding> run(
            List<Manifest> objects, Set<ObjectKey> declared, List<Rule> rules, boolean release) {
        Validation validation = new Validation(objects, declared, rules, ArgoVersion.DEFAULT);
        Report report = new Report(release);
        objects.forEach(object -> validation.check(object, report));
        return report.findings();
    }
}
