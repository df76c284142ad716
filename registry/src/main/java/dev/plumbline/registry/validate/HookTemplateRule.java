package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.TemplateRef;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.finding.Suggestion;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** Hooks and exit handlers of steps and tasks run templates that exist, with the arguments that these need. */
final class HookTemplateRule implements UncheckedRule {

    @Override
    public String id() {
        return "hook-template";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public String description() {
        return "Every hook runs a template that exists, says when, and passes what the template requires.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        for (Call call : argo.calls()) {
            if (call.hook()) {
                hook(object, argo, call, set, report);
            } else {
                String exit = Tree.text(call.tree(), "onExit");
                local(argo, exit, call.place() + ".onExit", ArgoObject.join(call.path(), "onExit"), set, report);
            }
        }
        for (Reference reference : DanglingReferenceRule.missing(object, set)) {
            if (!DanglingReferenceRule.isCheckedByArgo(object, reference)) {
                report.add(
                        reference.path(),
                        reference.place() + " names " + reference.target().display()
                                + ", which this rendering does not have",
                        ReferenceFix.of(reference.target(), set));
            }
        }
    }

    private static void hook(Manifest object, ArgoObject argo, Call call, RenderedSet set, Report report) {
        TemplateRef ref = call.templateRef();
        if (ref == null) {
            String name = Tree.text(call.tree(), "template");
            local(argo, name, call.place(), ArgoObject.join(call.path(), "template"), set, report);
        } else if (!call.dynamic()) {
            Manifest target = set.find(ref.key(object.key().namespace()));
            if (target != null && set.argo(target).spec().template(ref.template()) == null) {
                report.add(
                        ArgoObject.join(call.path(), "templateRef", "template"),
                        call.place() + " names template '" + ref.template() + "' of "
                                + target.key().display() + ", which has none of that name",
                        Suggestion.instead(ref.template(), set.argo(target).templateNames(), "template"));
            }
        }
        boolean inDag = call.path().contains("tasks");
        if (inDag
                && !call.path().getLast().equals("exit")
                && Tree.text(call.tree(), "expression").isEmpty()) {
            report.add(
                    call.path(),
                    call.place() + " has no expression",
                    "add 'expression', which says when the hook runs, or name it 'exit'");
        }
        Template target = call.dynamic() ? null : argo.resolve(call, set);
        if (target != null) {
            arguments(call, target, report);
        }
    }

    private static void local(
            ArgoObject argo, String name, String place, List<String> path, RenderedSet set, Report report) {
        if (!name.isEmpty() && !Tags.present(name) && !argo.isPartlyUnknown(set) && argo.template(name, set) == null) {
            report.add(
                    path,
                    place + " names template '" + name + "', which is not defined",
                    Suggestion.instead(name, argo.templateNames(), "template"));
        }
    }

    private static void arguments(Call call, Template target, Report report) {
        List<String> parameters =
                call.parameters().stream().map(Parameter::name).toList();
        for (Parameter input : target.inputParameters()) {
            if (input.effective() == null && input.valueFrom().isEmpty() && !parameters.contains(input.name())) {
                missing("parameter", input.name(), target, call, report);
            }
        }
        List<String> artifacts = call.artifacts().stream().map(Artifact::name).toList();
        for (Artifact input : target.inputArtifacts()) {
            if (!input.optional() && input.raw() == null && input.key() == null && !artifacts.contains(input.name())) {
                missing("artifact", input.name(), target, call, report);
            }
        }
    }

    private static void missing(String what, String name, Template target, Call call, Report report) {
        report.add(
                call.path(),
                call.place() + " does not pass " + what + " '" + name + "', which template '" + target.name()
                        + "' requires",
                "add it to arguments." + what + "s, or give the input a default");
    }
}
