package dev.plumbline.registry.render;

import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.List;

/** The transformers of one kustomization's own fields, in kustomize's order. A new one is registered here and nowhere else. */
final class Transformers {

    private final List<Step> steps = new ArrayList<>();
    private final String configuredIn;

    private Transformers(String configuredIn) {
        this.configuredIn = configuredIn;
    }

    /**
     * The steps that the fields ask for.
     *
     * @param configuredIn the kustomization file as seen from the folder that is built
     */
    static List<Step> of(
            Kustomization kustomization,
            Configuration configuration,
            String configuredIn,
            Files files,
            Problems problems)
            throws SourceException {
        Fields fields = kustomization.fields();
        Transformers all = new Transformers(configuredIn);
        List<Transformer> merges = PatchReader.patchesStrategicMerge(kustomization, files, problems);
        if (!merges.isEmpty()) {
            all.step("PatchStrategicMergeTransformer", merges);
        }
        all.each("PatchTransformer", PatchReader.patches(kustomization, files, problems));
        all.each("NamespaceTransformer", NamespaceTransformer.of(fields, configuration, problems));
        all.each("PrefixTransformer", NameAffixTransformer.prefix(fields, configuration, problems));
        all.each("SuffixTransformer", NameAffixTransformer.suffix(fields, configuration, problems));
        all.each("LabelTransformer", MetadataTransformer.labels(fields, configuration, problems));
        all.each("AnnotationsTransformer", MetadataTransformer.annotations(fields, configuration, problems));
        all.each("PatchJson6902Transformer", PatchReader.patchesJson6902(kustomization, files, problems));
        all.each("ReplicaCountTransformer", ReplicaTransformer.of(fields, configuration, problems));
        all.each("ImageTagTransformer", ImageTransformer.of(fields, configuration, problems));
        all.each("ReplacementTransformer", ReplacementReader.of(kustomization, files, problems));
        return all.steps;
    }

    private void each(String kind, List<Transformer> transformers) {
        transformers.forEach(transformer -> step(kind, List.of(transformer)));
    }

    private void step(String kind, List<Transformer> transformers) {
        steps.add(new Step(Trace.field(configuredIn, kind), transformers, List.of()));
    }
}
