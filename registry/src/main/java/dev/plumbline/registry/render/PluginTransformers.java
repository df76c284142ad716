package dev.plumbline.registry.render;

import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is listed under {@code transformers:} and {@code validators:}: kustomize's built-in transformers with a file of their
 * own. Such a transformer reaches the fields that its own {@code fieldSpecs} name and no others.
 */
final class PluginTransformers {

    private final Resource config;
    private final Kustomization user;
    private final Files files;
    private final Problems problems;

    private PluginTransformers(Resource config, Kustomization user, Files files, Problems problems) {
        this.config = config;
        this.user = user;
        this.files = files;
        this.problems = problems;
    }

    /**
     * The step that a plugin's configuration asks for; an empty one, with findings, where it cannot be done.
     *
     * @param user the kustomization that lists it; the plugin's paths start at its folder
     */
    static Step of(Resource config, Kustomization user, Files files, Problems problems) throws SourceException {
        List<Transformer> transformers = PluginKinds.isBuiltIn(config, problems)
                ? new PluginTransformers(config, user, files, problems).transformers()
                : List.of();
        Set<String> names = new LinkedHashSet<>(config.kustomizations);
        names.add(config.place.file());
        return new Step(Trace.plugin(config), transformers, names);
    }

    private List<Transformer> transformers() throws SourceException {
        Fields fields = fields(Fields.Reading.PLUGIN);
        return switch (config.kind()) {
            case "AnnotationsTransformer" -> MetadataTransformer.plugin(fields, "annotations", problems);
            case "LabelTransformer" -> MetadataTransformer.plugin(fields, "labels", problems);
            case "NamespaceTransformer" -> NamespaceTransformer.plugin(fields, config.namespace(), problems);
            case "PrefixTransformer" -> affixes(true, false);
            case "SuffixTransformer" -> affixes(false, true);
            case "PrefixSuffixTransformer" -> affixes(true, true);
            case "PatchTransformer" -> PatchReader.plugin(fields, user, files, problems);
            case "PatchJson6902Transformer" -> PatchReader.json6902Plugin(fields, user, files, problems);
            case "PatchStrategicMergeTransformer" -> PatchReader.strategicMergePlugin(fields, user, files, problems);
            case "ImageTagTransformer" -> ImageTransformer.plugin(fields, problems);
            case "ReplicaCountTransformer" -> ReplicaTransformer.plugin(fields, problems);
            case "ValueAddTransformer" -> ValueAddTransformer.plugin(fields, user, files, problems);
            case "ReplacementTransformer" -> ReplacementReader.of(fields, user.folder(), files, problems, false);
            case "HashTransformer" -> List.of(ContentHash::apply);
            default -> {
                PluginKinds.refuse(config, "transformer", problems);
                yield List.of();
            }
        };
    }

    private Fields fields(Fields.Reading reading) {
        return new Fields(config.node(), problems, reading);
    }

    private List<Transformer> affixes(boolean prefix, boolean suffix) {
        Fields fields = fields(Fields.Reading.PLUGIN_EXACT);
        if (!fields.has("fieldSpecs")) {
            PluginKinds.misconfigured(
                    fields,
                    config.kind(),
                    "it names no fields to change",
                    "write fieldSpecs: [{path: metadata/name}]",
                    problems);
            return List.of();
        }
        List<FieldSpec> specs = ConfigurationReader.specs(fields.maps("fieldSpecs"));
        List<Transformer> all = new ArrayList<>();
        if (prefix) {
            all.addAll(NameAffixTransformer.prefix(fields, "prefix", specs, problems));
        }
        if (suffix) {
            all.addAll(NameAffixTransformer.suffix(fields, "suffix", specs, problems));
        }
        return all;
    }
}
