package dev.plumbline.registry.render;

import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.List;

/** The transformers of one kustomization, in kustomize's order. A new one is registered here and nowhere else. */
final class Transformers {

    private Transformers() {}

    static List<Transformer> of(
            Kustomization kustomization, Configuration configuration, Files files, Problems problems)
            throws SourceException {
        Fields fields = kustomization.fields();
        List<Transformer> all = new ArrayList<>();
        all.addAll(PatchReader.patchesStrategicMerge(kustomization, files, problems));
        all.addAll(PatchReader.patches(kustomization, files, problems));
        all.addAll(NamespaceTransformer.of(fields, configuration, problems));
        all.addAll(NameAffixTransformer.of(fields, configuration, problems));
        all.addAll(MetadataTransformer.labels(fields, configuration, problems));
        all.addAll(MetadataTransformer.annotations(fields, configuration, problems));
        all.addAll(PatchReader.patchesJson6902(kustomization, files, problems));
        all.addAll(ReplicaTransformer.of(fields, configuration, problems));
        all.addAll(ImageTransformer.of(fields, configuration, problems));
        return all;
    }
}
