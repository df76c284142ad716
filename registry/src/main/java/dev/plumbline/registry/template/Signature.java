package dev.plumbline.registry.template;

import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What something callable takes and gives: a template as a {@code templateRef} calls it, or a whole WorkflowTemplate as a
 * {@code workflowTemplateRef} does.
 *
 * @param parameters what it takes, by name
 * @param artifacts the artifacts that it takes: name, and whether it must be given
 * @param outputParameters names of what it gives
 * @param outputArtifacts names of the artifacts that it gives
 */
record Signature(
        Map<String, TemplateParameter> parameters,
        Map<String, Boolean> artifacts,
        Set<String> outputParameters,
        Set<String> outputArtifacts) {

    /** Of one template. */
    static Signature of(Template template) {
        return new Signature(
                parameters(template.inputParameters()),
                artifacts(template.inputArtifacts()),
                names(template.outputParameters().stream().map(Parameter::name).toList()),
                names(template.outputArtifacts().stream().map(Artifact::name).toList()));
    }

    /** Of a spec as a whole; it gives what its templates export under global names. */
    static Signature of(WorkflowSpec spec) {
        Set<String> parameters = new TreeSet<>();
        Set<String> artifacts = new TreeSet<>();
        for (Template template : spec.templates()) {
            template.outputParameters().forEach(output -> addIfNamed(parameters, output.globalName()));
            template.outputArtifacts().forEach(output -> addIfNamed(artifacts, output.globalName()));
        }
        return new Signature(parameters(spec.parameters()), artifacts(spec.artifacts()), parameters, artifacts);
    }

    private static void addIfNamed(Set<String> names, @org.jspecify.annotations.Nullable String name) {
        if (name != null) {
            names.add(name);
        }
    }

    private static Map<String, TemplateParameter> parameters(List<Parameter> written) {
        Map<String, TemplateParameter> parameters = new LinkedHashMap<>();
        written.forEach(parameter -> parameters.put(parameter.name(), TemplateParameter.of(parameter)));
        return parameters;
    }

    private static Map<String, Boolean> artifacts(List<Artifact> written) {
        Map<String, Boolean> artifacts = new LinkedHashMap<>();
        written.forEach(artifact -> artifacts.put(artifact.name(), !artifact.optional() && !hasContent(artifact)));
        return artifacts;
    }

    /** Every field besides these names a place that the artifact is read from. */
    private static boolean hasContent(Artifact artifact) {
        return artifact.tree().keySet().stream()
                .anyMatch(field -> !Set.of("name", "path", "optional", "mode", "archive", "recurseMode", "description")
                                .contains(field)
                        && Tree.at(artifact.tree(), field) != null);
    }

    private static Set<String> names(List<String> written) {
        return new TreeSet<>(written);
    }
}
