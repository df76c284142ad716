package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.ResourceCondition;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** Conditions of resource templates can be read. Argo reads them when the object is already made. */
final class ResourceConditionRule implements UncheckedRule {

    private static final int MAX_LENGTH = 10_000;

    @Override
    public String id() {
        return "resource-condition";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public String description() {
        return "successCondition and failureCondition are requirements that Argo reads, such as status.phase == Ready.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        for (ArgoObject.Located located : set.argo(object).templates()) {
            for (String field : List.of("successCondition", "failureCondition")) {
                String text = Tree.text(located.template().tree(), "resource", field);
                String wrong = wrong(text);
                if (!wrong.isEmpty()) {
                    report.add(
                            located.at("resource", field),
                            located.place() + ".resource." + field + " '" + Report.shorten(text) + "' cannot be read: "
                                    + Report.shorten(wrong),
                            "write paths and values without quotes, joined by ',', as in status.succeeded > 0");
                }
            }
        }
    }

    private static String wrong(String text) {
        if (text.length() > MAX_LENGTH) {
            return "it is longer than " + MAX_LENGTH + " characters";
        }
        try {
            ResourceCondition.parse(text);
            return "";
        } catch (ArgoSyntaxException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
