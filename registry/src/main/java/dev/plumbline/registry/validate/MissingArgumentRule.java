package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whoever runs a template passes every input that has no default. What a person starts may be given its arguments then. */
final class MissingArgumentRule implements Rule {

    private static final Set<String> LOCATIONS = Set.of(
            "artifactory",
            "azure",
            "from",
            "fromExpression",
            "gcs",
            "git",
            "hdfs",
            "http",
            "oss",
            "plugin",
            "raw",
            "s3");

    @Override
    public String id() {
        return "missing-argument";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        for (Call call : argo.calls()) {
            valuesOf(call, report);
            Template target = argo.resolve(call, set);
            if (target != null && !call.hook() && !call.dynamic()) {
                inputsOf(
                        target,
                        call.parameters().stream().map(Parameter::name).toList(),
                        call.artifacts().stream().map(Artifact::name).toList(),
                        call.place(),
                        call.path(),
                        report);
            }
        }
        if (argo.hasSpec() && !argo.isTemplate() && !argo.isPartlyUnknown(set)) {
            start(argo, set, report);
        }
    }

    private static void valuesOf(Call call, Report report) {
        for (ArgoObject.Indexed element : ArgoObject.indexed(call.tree(), "arguments", "parameters")) {
            if (element.tree().get("value") == null && element.tree().get("valueFrom") == null) {
                report.add(
                        ArgoObject.join(call.path(), "arguments", "parameters", element.index()),
                        call.place() + " passes parameter '" + Tree.text(element.tree(), "name") + "' without a value",
                        "add 'value' or 'valueFrom'");
            }
        }
        for (ArgoObject.Indexed element : ArgoObject.indexed(call.tree(), "arguments", "artifacts")) {
            if (!located(element.tree()) && !Boolean.TRUE.equals(element.tree().get("optional"))) {
                report.add(
                        ArgoObject.join(call.path(), "arguments", "artifacts", element.index()),
                        call.place() + " passes artifact '" + Tree.text(element.tree(), "name")
                                + "' without saying where it is",
                        "add 'from' or a location");
            }
        }
    }

    private static void inputsOf(
            Template target,
            Collection<String> parameters,
            Collection<String> artifacts,
            String place,
            List<String> path,
            Report report) {
        for (Parameter input : target.inputParameters()) {
            boolean optional = input.effective() != null || !input.valueFrom().isEmpty();
            if (!optional && !parameters.contains(input.name())) {
                missing("parameter", input.name(), target, place, path, report);
            }
        }
        for (Artifact input : target.inputArtifacts()) {
            if (!input.optional() && !located(input.tree()) && !artifacts.contains(input.name())) {
                missing("artifact", input.name(), target, place, path, report);
            }
        }
    }

    private static void missing(
            String what, String name, Template target, String place, List<String> path, Report report) {
        report.add(
                path,
                place + " does not pass " + what + " '" + name + "', which template '" + target.name() + "' requires",
                "add it to arguments." + what + "s, or give the input a default");
    }

    /** A Workflow or CronWorkflow starts with nobody there to add arguments. */
    private static void start(ArgoObject argo, RenderedSet set, Report report) {
        List<Parameter> parameters = argo.parameters(set);
        for (Parameter parameter : parameters) {
            if (parameter.effective() == null && parameter.valueFrom().isEmpty()) {
                report.add(
                        argo.path("arguments"),
                        "parameter '" + parameter.name() + "' has no value, neither here nor where it is declared",
                        "add it to arguments.parameters with a value");
            }
        }
        String name = entrypoint(argo, set);
        Template entry = Tags.present(name) ? null : argo.template(name, set);
        if (entry != null) {
            inputsOf(
                    entry,
                    parameters.stream().map(Parameter::name).collect(Collectors.toSet()),
                    argo.artifactNames(set),
                    "the entrypoint",
                    argo.path(argo.spec().entrypoint() == null ? "workflowTemplateRef" : "entrypoint"),
                    report);
        }
    }

    private static String entrypoint(ArgoObject argo, RenderedSet set) {
        ArgoObject base = argo.base(set);
        String own = Tree.text(argo.spec().tree(), "entrypoint");
        return own.isEmpty() && base != null ? Tree.text(base.spec().tree(), "entrypoint") : own;
    }

    private static boolean located(Map<String, @Nullable Object> artifact) {
        return LOCATIONS.stream().anyMatch(artifact::containsKey);
    }
}
