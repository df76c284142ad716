package dev.plumbline.registry.validate;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.validate.argo.Problem;

/**
 * What Argo's own validation refuses for one kind of reason.
 *
 * @param id id of the rule
 * @param description what it asks for, in one sentence
 */
record ArgoRefusesRule(String id, String description) implements Rule {

    @Override
    public Group group() {
        return Group.ARGO;
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        for (Problem problem : set.refused(object)) {
            if (problem.rule().equals(id)) {
                report.add(problem.path(), problem.message(), problem.fix());
            }
        }
    }
}
