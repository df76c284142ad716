package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Suggestion;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Optional;

/** What to do about a reference to an object that is not rendered. */
final class ReferenceFix {

    private ReferenceFix() {}

    static String of(ObjectKey target, RenderedSet set) {
        List<ObjectKey> sameKind = set.ofKind(target.kind());
        Optional<ObjectKey> elsewhere = sameKind.stream()
                .filter(key -> key.name().equals(target.name()))
                .findFirst();
        if (elsewhere.isPresent()) {
            return "it exists in namespace '" + elsewhere.get().namespace() + "', but is looked for in '"
                    + target.namespace() + "'";
        }
        List<String> names = sameKind.stream()
                .filter(key -> key.namespace().equals(target.namespace()))
                .map(ObjectKey::name)
                .toList();
        Optional<String> closest = Suggestion.closest(target.name(), names);
        if (closest.isPresent()
                && (closest.get().startsWith(target.name() + "-")
                        || closest.get().endsWith("-" + target.name()))) {
            return "it exists as '" + closest.get()
                    + "': let kustomize rename this reference too, by a nameReference in 'configurations:'";
        }
        return "add it to the kustomization, or correct the name: "
                + Suggestion.instead(target.name(), names, target.kind());
    }
}
