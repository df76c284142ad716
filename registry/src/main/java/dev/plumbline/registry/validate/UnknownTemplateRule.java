package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.TemplateRef;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** Every template that an entrypoint, exit handler, task, step or hook names exists. */
final class UnknownTemplateRule implements Rule {

    @Override
    public String id() {
        return "unknown-template";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        for (String field : List.of("entrypoint", "onExit")) {
            local(argo, Tree.text(argo.spec().tree(), field), field, argo.path(field), set, report);
        }
        for (Call call : argo.calls()) {
            TemplateRef ref = call.templateRef();
            if (ref != null && !call.dynamic()) {
                remote(object, call, ref, set, report);
            } else if (ref == null) {
                String name = Tree.text(call.tree(), "template");
                local(argo, name, call.place(), ArgoObject.join(call.path(), "template"), set, report);
            }
            String exit = Tree.text(call.tree(), "onExit");
            local(argo, exit, call.place() + ".onExit", ArgoObject.join(call.path(), "onExit"), set, report);
        }
    }

    private static void local(
            ArgoObject argo, String name, String place, List<String> path, RenderedSet set, Report report) {
        if (name.isEmpty() || Tags.present(name) || argo.isPartlyUnknown(set) || argo.template(name, set) != null) {
            return;
        }
        ArgoObject base = argo.base(set);
        List<String> names = base == null ? argo.templateNames() : base.templateNames();
        report.add(
                path,
                place + " names template '" + name + "', which is not defined",
                Suggestion.instead(name, names, "template"));
    }

    private static void remote(Manifest object, Call call, TemplateRef ref, RenderedSet set, Report report) {
        Manifest target = set.find(ref.key(object.key().namespace()));
        if (target == null || ref.template().isEmpty()) {
            return;
        }
        ArgoObject other = set.argo(target);
        if (other.spec().template(ref.template()) == null) {
            report.add(
                    ArgoObject.join(call.path(), "templateRef", "template"),
                    call.place() + " names template '" + ref.template() + "' of "
                            + target.key().display() + ", which has none of that name",
                    Suggestion.instead(ref.template(), other.templateNames(), "template"));
        }
    }
}
