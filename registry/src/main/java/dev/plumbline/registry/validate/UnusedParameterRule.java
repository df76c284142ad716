package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.expr.Expression;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Inputs of templates are used. One that is not is often a misspelt one, or left over. */
final class UnusedParameterRule implements UncheckedRule {

    @Override
    public String id() {
        return "unused-parameter";
    }

    @Override
    public Severity severity() {
        return Severity.ADVICE;
    }

    @Override
    public String description() {
        return "Every input parameter of a template is read in it.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        Map<List<String>, Set<String>> used = used(argo);
        for (ArgoObject.Located located : argo.templates()) {
            Set<String> here = used.getOrDefault(located.path(), Set.of());
            if (here.contains("*")) {
                continue;
            }
            for (ArgoObject.Indexed input :
                    ArgoObject.indexed(located.template().tree(), "inputs", "parameters")) {
                String name = Tree.text(input.tree(), "name");
                if (!name.isEmpty() && !here.contains(name)) {
                    report.add(
                            located.at("inputs", "parameters", input.index(), "name"),
                            located.place() + " takes parameter '" + name + "' and never reads it",
                            "read it as {{inputs.parameters." + name + "}}, or remove it");
                }
            }
        }
    }

    /** The parameters that are read, by template; a star where all are. */
    private static Map<List<String>, Set<String>> used(ArgoObject argo) {
        Map<List<String>, Set<String>> used = new HashMap<>();
        int length = argo.path("templates").size() + 1;
        for (Texts.Tag tag : argo.texts().tags()) {
            if (tag.path().size() > length && tag.name().startsWith("inputs.parameters")) {
                String rest = tag.name().substring("inputs.parameters".length());
                add(used, tag.path().subList(0, length), rest.startsWith(".") ? rest.substring(1) : "*");
            }
        }
        for (Texts.Use use : argo.texts().expressions()) {
            if (use.path().size() > length) {
                List<String> template = use.path().subList(0, length);
                // What cannot be read may read anything; a name with a hyphen may stand in it unquoted.
                Expression parsed = use.parsed();
                add(used, template, parsed == null ? "*" : "");
                for (Expression.Name name : parsed == null ? List.<Expression.Name>of() : parsed.names()) {
                    boolean inputs = name.path().getFirst().equals("inputs");
                    add(
                            used,
                            template,
                            inputs ? (name.path().size() > 2 ? name.path().get(2) : "*") : "");
                }
            }
        }
        return used;
    }

    private static void add(Map<List<String>, Set<String>> used, List<String> template, String name) {
        used.computeIfAbsent(List.copyOf(template), _ -> new HashSet<>()).add(name);
    }
}
