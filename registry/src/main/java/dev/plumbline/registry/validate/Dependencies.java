package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.argo.References;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.Recent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the remarks about an object depend on beside the object: everything that it refers to, through templates of templates. Rules
 * ask a rendering for nothing else; one that does makes this class wrong, which a test of random edits would show.
 */
final class Dependencies {

    /** Most objects that one may depend on; of one that depends on more nothing is remembered. */
    private static final int MAX_OBJECTS = 500;

    private final RenderedSet set;
    private final Recent<Digest, List<Reference>> references;
    private final Map<String, String> names = new HashMap<>();

    Dependencies(RenderedSet set, Recent<Digest, List<Reference>> references) {
        this.set = set;
        this.references = references;
    }

    /**
     * An object and all that remarks about it depend on, equal where those are equal: the options, the digest of its content, and each
     * object that it refers to with the digest of what was found; null where remarks depend on more than can be told.
     *
     * @param options what else changes remarks
     */
    @SuppressWarnings("ReferenceEquality") // of two objects of one key, the second is reported
    @Nullable
    List<Object> of(Manifest object, String options) {
        if (set.find(object.key()) != object) {
            return null;
        }
        List<Object> parts = new ArrayList<>(List.of(options, object.digest()));
        Set<ObjectKey> known = new HashSet<>();
        Deque<Manifest> open = new ArrayDeque<>(List.of(object));
        while (!open.isEmpty()) {
            Manifest next = open.remove();
            List<ObjectKey> targets = targets(next);
            for (ObjectKey target : targets) {
                Manifest found = set.find(target);
                if (found == null && target.group().equals(ArgoKinds.GROUP)) {
                    // What is said then tells where the name went, and lines of other files.
                    return null;
                }
                if (!known.add(target)) {
                    continue;
                }
                parts.add(target);
                parts.add(found == null ? missing(target) : found.digest());
                if (found != null && found.key().group().equals(ArgoKinds.GROUP)) {
                    open.add(found);
                }
            }
            if (known.size() > MAX_OBJECTS) {
                return null;
            }
        }
        return List.copyOf(parts);
    }

    private List<ObjectKey> targets(Manifest object) {
        List<Reference> known = references.get(object.digest());
        if (known == null) {
            known = References.of(object.content());
            references.put(object.digest(), known);
        }
        List<ObjectKey> targets = new ArrayList<>();
        for (Reference reference : known) {
            if (!reference.dynamic()) {
                targets.add(reference.target());
            }
        }
        ObjectKey repositories = ArtifactRepositoryRule.map(object);
        if (repositories != null) {
            targets.add(repositories);
        }
        return targets;
    }

    /** Of an object that is not there, what might be meant instead. */
    private String missing(ObjectKey target) {
        return (set.has(target) ? "declared " : "missing ")
                + names.computeIfAbsent(
                        target.kind(),
                        kind -> CanonicalForm.digest(set.ofKind(kind).stream()
                                        .map(ObjectKey::toString)
                                        .toList())
                                .value());
    }
}
