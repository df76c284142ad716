package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the steps of one kustomization, each on what the one before left, until one of them finds an error. */
final class Steps {

    private final BuildMetadata metadata;
    private final ArgoAwareness argo;
    private final Problems problems;
    private final Location kustomization;

    Steps(BuildMetadata metadata, ArgoAwareness argo, Problems problems, Location kustomization) {
        this.metadata = metadata;
        this.argo = argo;
        this.problems = problems;
        this.kustomization = kustomization;
    }

    /**
     * Runs steps over shared objects.
     *
     * @param before what an earlier run of the same steps made; null where there is none
     * @return what they made, for the next
     */
    Stages.Results run(List<Step> steps, Resources resources, Stages.@Nullable Results before) {
        Stages stages = new Stages(problems, argo, kustomization, before);
        List<Transformer> all = new ArrayList<>();
        for (Step step : steps) {
            all.addAll(argo.watching(step.transformers()));
            if (!metadata.isNone() && !step.trace().isEmpty()) {
                all.add(new Noting(step.trace(), metadata));
            }
            if (!step.files().isEmpty()) {
                all.add(new AskedFor(step.files()));
            }
            if (step.passedThrough() != null) {
                all.add(new PassedThrough(step.passedThrough()));
            }
        }
        stages.run(all, resources);
        return stages.results();
    }

    /** Only what the step does, without a note of it on the objects, which may be changed. */
    void apply(Step step, Resources resources) {
        for (Transformer transformer : step.transformers()) {
            apply(transformer, resources);
        }
    }

    private void apply(Transformer transformer, Resources resources) {
        if (problems.anyError()) {
            return;
        }
        try {
            transformer.apply(resources);
            resources.idsChanged();
        } catch (BoundedPattern.TooManyStepsException e) {
            problems.add(Stages.tooSlow(e, kustomization));
        }
    }

    /** Each object remembers that a kustomization is done with it. */
    private record PassedThrough(String kustomization) implements ObjectTransformer {

        @Override
        public @Nullable Object change(Resource resource) {
            resource.passed(kustomization);
            return null;
        }
    }

    /** Each object remembers that files asked for a step that went over it. */
    private record AskedFor(Collection<String> files) implements ObjectTransformer {

        @Override
        public @Nullable Object change(Resource resource) {
            resource.kustomizations.addAll(files);
            return null;
        }
    }

    private record Noting(Trace trace, BuildMetadata metadata) implements ObjectTransformer {

        @Override
        public @Nullable Object change(Resource resource) {
            metadata.transformed(List.of(resource), trace);
            return null;
        }
    }
}
