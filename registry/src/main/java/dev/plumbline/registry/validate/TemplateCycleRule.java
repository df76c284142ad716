package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** No template runs itself without a condition, in one object or across several. Argo gives up after 100 levels. */
final class TemplateCycleRule implements UncheckedRule {

    @Override
    public String id() {
        return "template-cycle";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public String description() {
        return "No template leads back to itself without a condition on the way.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        for (ArgoObject.Located located : argo.templates()) {
            CallGraph.Node start =
                    new CallGraph.Node(object.key(), located.template().name());
            for (Call call : argo.calls(located)) {
                CallGraph.Node target = CallGraph.target(object, call);
                List<String> way = target == null ? List.of() : set.callGraph().way(target, start);
                if (!way.isEmpty()) {
                    report.add(
                            call.path(),
                            call.place() + " leads back to template '" + start.template() + "' without a condition: "
                                    + Report.shorten(String.join(" -> ", way)),
                            "add a 'when' that ends it, or remove the call");
                    break;
                }
            }
        }
    }
}
