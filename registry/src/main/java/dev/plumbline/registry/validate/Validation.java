package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoVersion;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Set;

/** Rules at work on the objects of one rendering, object by object. Not safe for use by several threads. */
public final class Validation {

    private final List<Rule> rules;
    private final RenderedSet set;

    /**
     * A validation of a rendering.
     *
     * @param objects everything that is there, before versioning; what is checked may be part of it
     * @param declared keys of objects that are in the cluster without being rendered, such as Secrets
     * @param rules the rules
     * @param argo the version of Argo that is to run them
     */
    public Validation(List<Manifest> objects, Set<ObjectKey> declared, List<Rule> rules, ArgoVersion argo) {
        this.rules = List.copyOf(rules);
        this.set = new RenderedSet(objects, declared, argo);
    }

    /** What is wrong with one object, rule by rule, each with its own severity. */
    public List<Finding> of(Manifest object) {
        Report report = new Report(false);
        check(object, report);
        return report.findings();
    }

    void check(Manifest object, Report report) {
        for (Rule rule : rules) {
            report.about(rule, object);
            rule.check(object, set, report);
        }
    }
}
