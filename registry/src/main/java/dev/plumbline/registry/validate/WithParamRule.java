package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** What a step or task loops over by {@code withParam} is a JSON list, as far as that is known before a run. */
final class WithParamRule implements UncheckedRule {

    private static final int MAX_LENGTH = 256 * 1024;

    @Override
    public String id() {
        return "with-param";
    }

    @Override
    public String description() {
        return "The value of withParam is a JSON list.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        for (Call call : argo.calls()) {
            String text = Tree.text(call.tree(), "withParam");
            if (text.isEmpty()) {
                continue;
            }
            List<String> path = ArgoObject.join(call.path(), "withParam");
            String name = Tags.whole(text);
            if (name == null && !Tags.present(text) && !isList(text)) {
                report.add(
                        Severity.ERROR,
                        path,
                        call.place() + ".withParam is '" + Report.shorten(text) + "', which is not a JSON list",
                        "write a list such as '[\"a\", \"b\"]', or use withItems");
            } else if (name != null && name.startsWith("inputs.parameters.")) {
                input(argo, call, name.substring("inputs.parameters.".length()), path, report);
            }
        }
    }

    private static void input(ArgoObject argo, Call call, String name, List<String> path, Report report) {
        ArgoObject.Located located = Texts.template(argo, path);
        if (located == null) {
            return;
        }
        for (Parameter input : located.template().inputParameters()) {
            String value = input.effective();
            if (input.name().equals(name) && value != null && !Tags.present(value) && !isList(value)) {
                report.add(
                        path,
                        call.place() + ".withParam reads parameter '" + name + "', whose default '"
                                + Report.shorten(value) + "' is not a JSON list",
                        "give it a default such as '[]'");
            }
        }
    }

    private static boolean isList(String text) {
        if (text.length() > MAX_LENGTH) {
            return text.stripLeading().startsWith("[");
        }
        try {
            return Json.parse(text) instanceof List<?>;
        } catch (JsonException e) {
            return false;
        }
    }
}
