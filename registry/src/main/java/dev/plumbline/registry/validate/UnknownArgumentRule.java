package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.finding.Suggestion;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** Arguments are ones that the callee takes: Argo passes over any other in silence, and the default is used instead. */
final class UnknownArgumentRule implements Rule {

    @Override
    public String id() {
        return "unknown-argument";
    }

    @Override
    public Group group() {
        return Group.UNCHECKED;
    }

    @Override
    public String description() {
        return "A caller passes only arguments that the template takes.";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        for (Call call : argo.calls()) {
            Template target = argo.resolve(call, set);
            if (target == null || call.dynamic()) {
                continue;
            }
            List<String> parameters =
                    target.inputParameters().stream().map(Parameter::name).toList();
            List<String> artifacts =
                    target.inputArtifacts().stream().map(Artifact::name).toList();
            unknown(call, "parameter", parameters, target, report);
            unknown(call, "artifact", artifacts, target, report);
        }
        misspelt(argo, set, report);
    }

    private static void unknown(Call call, String what, List<String> inputs, Template target, Report report) {
        for (ArgoObject.Indexed element : ArgoObject.indexed(call.tree(), "arguments", what + "s")) {
            String name = Tree.text(element.tree(), "name");
            if (!name.isEmpty() && !inputs.contains(name)) {
                report.add(
                        ArgoObject.join(call.path(), "arguments", what + "s", element.index(), "name"),
                        call.place() + " passes " + what + " '" + name + "', which template '" + target.name()
                                + "' does not take",
                        Suggestion.instead(name, inputs, what));
            }
        }
    }

    /** A run may add parameters to those of its template; one that nearly has the name of a declared one is a slip. */
    private static void misspelt(ArgoObject argo, RenderedSet set, Report report) {
        ArgoObject base = argo.base(set);
        if (base == null) {
            return;
        }
        List<String> declared =
                base.spec().parameters().stream().map(Parameter::name).toList();
        for (ArgoObject.Indexed element : ArgoObject.indexed(argo.spec().tree(), "arguments", "parameters")) {
            String name = Tree.text(element.tree(), "name");
            if (!declared.contains(name)) {
                Suggestion.closest(name, declared)
                        .ifPresent(meant -> report.add(
                                argo.path("arguments", "parameters", element.index(), "name"),
                                "the template that is referred to declares no parameter '" + name + "'",
                                "did you mean '" + meant + "'?"));
            }
        }
    }
}
