package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoVersion;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Checks rendered objects by rules. */
public final class Validator {

    /** Most findings of one validation; a further one says that there are more. */
    public static final int MAX_FINDINGS = 1_000;

    private Validator() {}

    /**
     * What is wrong by the standard rules, as a Release sees it: an error of a rule that nobody else checks is a warning, so that
     * it blocks nothing.
     *
     * @param objects the whole rendering, before versioning
     */
    public static List<Finding> validate(List<Manifest> objects) {
        return validate(objects, ValidationMemory.NONE);
    }

    /**
     * The same, of which only what changed is worked out again.
     *
     * @param objects the whole rendering, before versioning
     * @param memory what earlier validations left
     */
    public static List<Finding> validate(List<Manifest> objects, ValidationMemory memory) {
        Validation validation = new Validation(objects, Set.of(), Rules.standard(), ArgoVersion.DEFAULT, memory);
        return bounded(objects, validation::ofRelease);
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
        Validation validation = new Validation(objects, declared, rules, ArgoVersion.DEFAULT, ValidationMemory.NONE);
        return bounded(objects, validation::of);
    }

    private static List<Finding> bounded(List<Manifest> objects, Function<Manifest, List<Finding>> validation) {
        List<Finding> findings = new ArrayList<>();
        for (Manifest object : objects) {
            findings.addAll(validation.apply(object));
            if (findings.size() > MAX_FINDINGS) {
                List<Finding> first = new ArrayList<>(findings.subList(0, MAX_FINDINGS));
                first.add(new Finding(
                        Report.TOO_MANY,
                        Severity.ERROR,
                        object.origin().resource(),
                        null,
                        "there are more than " + MAX_FINDINGS + " findings; the others are not listed",
                        "correct these first"));
                return first;
            }
        }
        return findings;
    }
}
