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
    private final ValidationMemory memory;
    private final Dependencies dependencies;
    private final String options;

    /**
     * A validation of a rendering.
     *
     * @param objects everything that is there, before versioning; what is checked may be part of it
     * @param declared keys of objects that are in the cluster without being rendered, such as Secrets
     * @param rules the rules
     * @param argo the version of Argo that is to run them
     * @param memory what earlier validations left
     */
    public Validation(
            List<Manifest> objects,
            Set<ObjectKey> declared,
            List<Rule> rules,
            ArgoVersion argo,
            ValidationMemory memory) {
        this.rules = List.copyOf(rules);
        this.set = new RenderedSet(objects, declared, argo);
        this.memory = memory;
        this.dependencies = new Dependencies(set, memory.references());
        this.options = memory.same(argo + " " + rules.stream().map(Rule::id).toList() + " "
                + declared.stream().sorted().toList());
    }

    /** What is wrong with one object, rule by rule, each with its own severity. */
    public List<Finding> of(Manifest object) {
        return findings(object, false);
    }

    /** The same as a Release sees it: an error of a rule that nobody else checks is a warning, so that it blocks nothing. */
    public List<Finding> ofRelease(Manifest object) {
        return findings(object, true);
    }

    private List<Finding> findings(Manifest object, boolean release) {
        return remarks(object).stream()
                .map(remark -> remark.about(object, release))
                .toList();
    }

    private List<Remark> remarks(Manifest object) {
        List<Object> depends = memory.remembers() ? dependencies.of(object, options) : null;
        List<Remark> known = depends == null ? null : memory.remarks().get(depends);
        if (known == null) {
            known = check(object);
            if (depends != null) {
                memory.remarks().put(depends, known);
            }
        }
        return known;
    }

    private List<Remark> check(Manifest object) {
        Report report = new Report();
        for (Rule rule : rules) {
            report.about(rule);
            rule.check(object, set, report);
        }
        return report.remarks();
    }
}
