package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Outputs of a template: names, and where each gets its value from. */
final class OutputChecks {

    static final String RULE = "output-value";

    private static final List<String> SOURCES = List.of("path", "jqFilter", "jsonPath", "parameter", "expression");

    private final TemplateWalk walk;
    private final Problems problems;
    private final Map<String, @Nullable Object> tree;
    private final Place place;
    private final String words;
    private final String type;
    private final Names names;

    OutputChecks(TemplateWalk walk, Home.Located template, String type, Names names) {
        this.walk = walk;
        this.problems = walk.problems();
        this.tree = template.tree();
        this.place = template.place().at("outputs");
        this.words = "templates." + template.name() + ".outputs";
        this.type = type;
        this.names = names;
    }

    void check() {
        if (!(tree.get("outputs") instanceof Map<?, ?> outputs)) {
            return;
        }
        walk.names().both(outputs, place, words);
        if (!Shape.isLeaf(type)) {
            walk.variables().tree(outputs, place, names, words);
        }
        List<@Nullable Object> artifacts = Tree.list(outputs, "artifacts");
        for (int i = 0; i < artifacts.size(); i++) {
            Map<String, @Nullable Object> artifact = Tree.map(artifacts.get(i));
            String named = words + ".artifacts." + Tree.text(artifact, "name");
            Place at = place.at("artifacts").at(i);
            InputChecks.path(artifact, Shape.isLeaf(type), at, named, problems);
            globalName(artifact, at, named);
        }
        List<@Nullable Object> parameters = Tree.list(outputs, "parameters");
        for (int i = 0; i < parameters.size(); i++) {
            Map<String, @Nullable Object> parameter = Tree.map(parameters.get(i));
            String named = words + ".parameters." + Tree.text(parameter, "name");
            Place at = place.at("parameters").at(i);
            value(parameter, at, named);
            globalName(parameter, at, named);
        }
    }

    private void globalName(Map<String, @Nullable Object> output, Place at, String named) {
        String global = Tree.text(output, "globalName");
        if (!global.isEmpty() && !Shape.isVariable(global)) {
            walk.names().value("global output", global, at.at("globalName"), named + ".globalName");
        }
    }

    private void value(Map<String, @Nullable Object> parameter, Place at, String named) {
        boolean valued = Shape.has(parameter, "value");
        if (!(parameter.get("valueFrom") instanceof Map<?, ?> from)) {
            if (!valued) {
                wrong(at, named + " has neither valueFrom nor value", "say where the value comes from, in 'valueFrom'");
            }
            return;
        }
        Place source = at.at("valueFrom");
        if (valued) {
            wrong(at, named + " has both valueFrom and value", "keep one of them");
        } else {
            long sources = SOURCES.stream()
                            .filter(field -> !Tree.text(from, field).isEmpty())
                            .count()
                    + (from.get("supplied") == null ? 0 : 1);
            if (sources != 1) {
                wrong(
                        source,
                        named + ".valueFrom has " + (sources == 0 ? "no source" : "more than one source"),
                        "give it exactly one of path, jqFilter, jsonPath, parameter, expression, supplied");
            }
        }
        ofType(Tree.cast(from), source, named);
    }

    private void ofType(Map<String, @Nullable Object> from, Place at, String named) {
        boolean parameter = !Tree.text(from, "parameter").isEmpty();
        boolean expression = !Tree.text(from, "expression").isEmpty();
        switch (type) {
            case "container", "containerSet", "script" -> {
                if (Tree.text(from, "path").isEmpty()) {
                    wrong(
                            at,
                            named + ".path must be given in a " + type + " template",
                            "add 'path', a file that it writes");
                }
            }
            case "resource" -> {
                if (Tree.text(from, "jqFilter").isEmpty()
                        && Tree.text(from, "jsonPath").isEmpty()) {
                    wrong(at, named + " needs jqFilter or jsonPath in a resource template", "add one of them");
                }
            }
            case "dag", "steps" -> {
                if (parameter == expression) {
                    wrong(
                            at,
                            named
                                    + (parameter
                                            ? " has both parameter and expression"
                                            : " needs parameter or expression")
                                    + " in a " + type + " template",
                            parameter ? "keep one of them" : "add one of them");
                }
            }
            default -> {}
        }
    }

    private void wrong(Place at, String message, String fix) {
        problems.add(RULE, at, message, fix);
    }
}
