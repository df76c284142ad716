package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills a template with what its caller passes, as Argo does: inputs first, then tags, the global ones before the inputs'. */
final class TemplateInputs {

    private TemplateInputs() {}

    /**
     * The template with its inputs' values and all tags that are known replaced.
     *
     * @param outer the names that are known around it
     * @throws NodeProblem when an input is not supplied, or an expression cannot be read
     */
    static Template fill(
            Template template, Arguments arguments, Map<String, @Nullable Object> outer, ConfigMaps configMaps)
            throws NodeProblem {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(template.tree());
        Map<String, @Nullable Object> inputs = new LinkedHashMap<>(Tree.map(tree, "inputs"));
        if (!template.inputParameters().isEmpty()) {
            inputs.put("parameters", parameters(template, arguments, configMaps));
        }
        if (!template.inputArtifacts().isEmpty()) {
            inputs.put("artifacts", artifacts(template, arguments));
        }
        if (!inputs.isEmpty()) {
            tree.put("inputs", inputs);
        }
        Map<String, @Nullable Object> known = new HashMap<>(outer);
        Template filled = new Template(replaced(tree, known));
        known.putAll(names(filled));
        return new Template(replaced(filled.tree(), known));
    }

    private static Map<String, @Nullable Object> replaced(
            Map<String, @Nullable Object> tree, Map<String, @Nullable Object> names) throws NodeProblem {
        return TextTree.replaced(
                tree, ExpressionTags.lenient(names), name -> names.get(name) instanceof String text ? text : null);
    }

    private static List<@Nullable Object> parameters(Template template, Arguments arguments, ConfigMaps configMaps)
            throws NodeProblem {
        List<@Nullable Object> parameters = new ArrayList<>();
        for (Parameter parameter : template.inputParameters()) {
            String value = arguments.parameters().get(parameter.name());
            value = value == null ? parameter.effective() : value;
            if (value == null && parameter.valueFrom().get("configMapKeyRef") instanceof Map<?, ?> ref) {
                value = configMaps.value(Tree.cast(ref));
            }
            value = value == null ? parameter.valueFromDefault() : value;
            if (value == null) {
                throw new NodeProblem("inputs.parameters." + parameter.name() + " was not supplied");
            }
            Map<String, @Nullable Object> filled = new LinkedHashMap<>(parameter.tree());
            filled.put("value", value);
            parameters.add(filled);
        }
        return parameters;
    }

    private static List<@Nullable Object> artifacts(Template template, Arguments arguments) throws NodeProblem {
        List<@Nullable Object> artifacts = new ArrayList<>();
        for (Artifact artifact : template.inputArtifacts()) {
            Map<String, @Nullable Object> filled = new LinkedHashMap<>(artifact.tree());
            Map<String, @Nullable Object> passed = arguments.artifacts().get(artifact.name());
            if (passed != null) {
                for (String field : List.of("s3", "raw", "archive")) {
                    if (passed.containsKey(field)) {
                        filled.put(field, passed.get(field));
                    }
                }
            }
            if (!filled.containsKey("s3") && !filled.containsKey("raw")) {
                if (!artifact.optional()) {
                    throw new NodeProblem("inputs.artifacts." + artifact.name() + " was not supplied");
                }
                continue;
            }
            artifacts.add(filled);
        }
        return artifacts;
    }

    private static Map<String, String> names(Template template) {
        Map<String, String> names = new HashMap<>();
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (Parameter parameter : template.inputParameters()) {
            String value = String.valueOf(parameter.value());
            names.put("inputs.parameters." + parameter.name(), value);
            list.add(Map.of("name", parameter.name(), "value", value));
        }
        names.put("inputs.parameters", Json.write(list));
        for (Artifact artifact : template.inputArtifacts()) {
            put(names, "inputs.artifacts." + artifact.name() + ".path", artifact.path());
        }
        for (Artifact artifact : template.outputArtifacts()) {
            put(names, "outputs.artifacts." + artifact.name() + ".path", artifact.path());
        }
        for (Parameter parameter : template.outputParameters()) {
            put(names, "outputs.parameters." + parameter.name() + ".path", parameter.path());
        }
        return names;
    }

    private static void put(Map<String, String> names, String name, @Nullable String value) {
        if (value != null) {
            names.put(name, value);
        }
    }
}
