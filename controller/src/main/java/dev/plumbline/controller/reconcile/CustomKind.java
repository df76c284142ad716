package dev.plumbline.controller.reconcile;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Optional;

/** A kind in its group, as a CustomResourceDefinition brings it. */
record CustomKind(String group, String kind) {

    static CustomKind of(ObjectKey key) {
        return new CustomKind(key.group(), key.kind());
    }

    /** The kind that a manifest brings; empty when it is no CustomResourceDefinition. */
    static Optional<CustomKind> definedBy(Manifest manifest) {
        ObjectKey key = manifest.key();
        return key.kind().equals("CustomResourceDefinition") && key.group().equals("apiextensions.k8s.io")
                ? Optional.of(new CustomKind(
                        Tree.text(manifest.content(), "spec", "group"),
                        Tree.text(manifest.content(), "spec", "names", "kind")))
                : Optional.empty();
    }
}
