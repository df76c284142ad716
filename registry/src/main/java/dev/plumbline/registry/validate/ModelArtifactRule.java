package dev.plumbline.registry.validate;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;

/** Models outlive their runs: what a record of a model points to is not collected. */
final class ModelArtifactRule implements UncheckedRule {

    @Override
    public String id() {
        return "model-artifact-gc";
    }

    @Override
    public String description() {
        return "Artifacts that are models are never collected as garbage.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        String ofSpec = Tree.text(argo.spec().tree(), "artifactGC", "strategy");
        for (ArgoObject.Located located : argo.templates()) {
            for (ArgoObject.Indexed output :
                    ArgoObject.indexed(located.template().tree(), "outputs", "artifacts")) {
                String own = Tree.text(output.tree(), "artifactGC", "strategy");
                String strategy = own.isEmpty() ? ofSpec : own;
                String name = Tree.text(output.tree(), "name");
                boolean model = name.equals("model") || name.endsWith("-model") || name.startsWith("model-");
                if (model && !strategy.isEmpty() && !strategy.equals("Never")) {
                    report.add(
                            located.at("outputs", "artifacts", output.index(), "name"),
                            located.place() + " gives the model '" + name + "', and artifactGC " + strategy
                                    + " deletes it with its run",
                            "add artifactGC: {strategy: Never} to this artifact");
                }
            }
        }
    }
}
