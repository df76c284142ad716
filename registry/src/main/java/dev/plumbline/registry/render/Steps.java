package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import java.util.List;

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

    void run(List<Step> steps, Resources resources) {
        for (Step step : steps) {
            for (Transformer transformer : argo.watching(step.transformers())) {
                apply(transformer, resources);
            }
            if (problems.anyError()) {
                return;
            }
            metadata.transformed(resources.list(), step.trace());
            if (!step.files().isEmpty()) {
                resources.list().forEach(resource -> resource.kustomizations.addAll(step.files()));
            }
        }
    }

    /** Only what the step does, without a note of it on the objects. */
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
            problems.error(
                    "render-slow-pattern",
                    kustomization,
                    "a regular expression of this file is too slow: " + e.getMessage(),
                    "write it without nested repetition");
        }
    }
}
