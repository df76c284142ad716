package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where objects were renamed, renames what refers to them: the last step of a build, over all objects together. */
final class NameReferences {

    private final Resources resources;
    private final Problems problems;
    private final NamedObjects named;
    private final Map<String, List<Mention>> byKind = new HashMap<>();
    private Set<String> asked = new HashSet<>();
    private boolean askedForNamespaces;

    /** What was written in place of a name; nodes, not texts. */
    private List<YamlNode> written = new ArrayList<>();

    private record Mention(Gvk target, FieldSpec field) {}

    /**
     * Prepares to fix references.
     *
     * @param resources the objects
     * @param named the same by the names that they had
     * @param references where references stand
     */
    NameReferences(Resources resources, NamedObjects named, List<NameReference> references, Problems problems) {
        this.resources = resources;
        this.named = named;
        this.problems = problems;
        for (NameReference reference : references) {
            for (FieldSpec field : reference.fields()) {
                byKind.computeIfAbsent(field.selector().kind(), _ -> new ArrayList<>())
                        .add(new Mention(reference.target(), field));
            }
        }
    }

    /** Fixes what all objects mention; later ones see the names of earlier ones as they are then. */
    void fixAll() {
        resources.list().forEach(this::fix);
    }

    /** Fixes what one object mentions. */
    void fix(Resource resource) {
        checkSubjects(resource);
        Gvk original = resource.originalId().gvk();
        for (String kind : List.of(original.kind(), "")) {
            for (Mention mention : byKind.getOrDefault(kind, List.of())) {
                if (original.selectedBy(mention.field().selector())) {
                    fix(resource, mention);
                }
            }
        }
    }

    /** The names that were looked up since this was last called. */
    Set<String> takeAsked() {
        Set<String> taken = asked;
        asked = new HashSet<>();
        return taken;
    }

    /** Whether the namespaces of all objects were looked at since this was last called. */
    boolean takeAskedForNamespaces() {
        boolean taken = askedForNamespaces;
        askedForNamespaces = false;
        return taken;
    }

    private void fix(Resource referrer, Mention mention) {
        FieldSpec anyKind = FieldSpec.of(mention.field().path(), false);
        FieldPath.applyAll(
                referrer,
                List.of(anyKind),
                FieldPath.Leaf.NONE,
                node -> renamed(node, referrer, mention),
                referrer.place,
                problems);
    }

    private YamlNode renamed(YamlNode node, Resource referrer, Mention mention) {
        return switch (node) {
            case YamlScalar scalar -> scalar.value() == null ? node : name(scalar, referrer, mention);
            case YamlMap map -> {
                nameAndNamespace(map, referrer, mention);
                yield map;
            }
            case YamlList list -> {
                list.items().replaceAll(item -> renamed(NameReference.element(item), referrer, mention));
                yield list;
            }
        };
    }

    /** What was written in place of names since this was last called. */
    List<YamlNode> takeWritten() {
        List<YamlNode> taken = written;
        written = new ArrayList<>(0);
        return taken;
    }

    private YamlScalar newName(Resource found, YamlScalar old) {
        YamlScalar name = WrittenText.inPlaceOf(old, found.name());
        written.add(name);
        return name;
    }

    private YamlNode name(YamlScalar old, Resource referrer, Mention mention) {
        Resource found = select(old.text(), referrer, mention, null, old.location());
        return found == null || found.name().equals(old.text()) ? old : newName(found, old);
    }

    private void nameAndNamespace(YamlMap map, Resource referrer, Mention mention) {
        if (map.child("name") == null) {
            throw new WrongShapeException(map.location(), "a reference without a name");
        }
        if (!(map.child("name") instanceof YamlScalar name)) {
            return;
        }
        YamlScalar namespace = map.child("namespace") instanceof YamlScalar scalar ? scalar : null;
        Resource found =
                select(name.text(), referrer, mention, namespace == null ? null : namespace.text(), name.location());
        if (found == null) {
            return;
        }
        map.entries().put("name", newName(found, name));
        if (!found.namespace().isEmpty()) {
            YamlScalar text = new YamlScalar(found.namespace(), name.location());
            YamlScalar now = namespace == null ? text : WrittenText.inPlaceOf(namespace, found.namespace());
            map.entries().put("namespace", now);
        }
    }

    /** The one object that is meant; null where none is. */
    private @Nullable Resource select(
            String name, Resource referrer, Mention mention, @Nullable String namespace, Location place) {
        List<Resource> candidates = inNamespace(reachable(name, referrer), namespace, referrer);
        candidates.removeIf(candidate -> !wasOf(candidate, mention.target()));
        Gvk role = roleOf(referrer, mention);
        candidates.removeIf(candidate -> role != null && !wasOf(candidate, role));
        candidates.removeIf(candidate -> !sameNamespace(candidate, referrer));
        if (candidates.size() > 1) {
            candidates.removeIf(candidate -> !sameAffixes(candidate, referrer, true));
        }
        if (candidates.size() > 1) {
            candidates.removeIf(candidate -> !sameAffixes(candidate, referrer, false));
        }
        if (candidates.isEmpty()) {
            return null;
        }
        Resource first = candidates.getFirst();
        boolean namespaceCounts = namespace != null;
        for (Resource other : candidates) {
            if (!other.name().equals(first.name())
                    || (namespaceCounts && !other.namespace().equals(first.namespace()))) {
                problems.error(
                        "render-ambiguous-reference",
                        place,
                        "the name " + name + " in " + referrer.id() + " may mean " + first.id() + " or " + other.id(),
                        "give the objects different names");
                return null;
            }
        }
        return first;
    }

    private List<Resource> reachable(String name, Resource referrer) {
        asked.add(name);
        Id from = referrer.id();
        Set<String> bound = boundNamespaces(referrer);
        List<Resource> reachable = new ArrayList<>();
        for (Resource candidate : named.named(name)) {
            Id id = candidate.id();
            if (from.clusterScoped()
                    || id.clusterScoped()
                    || id.namespace().equals(from.namespace())
                    || bound.contains(candidate.namespace())) {
                reachable.add(candidate);
            }
        }
        return reachable;
    }

    /** kustomize ends in a panic where a subject with a namespace has a kind that is not text. */
    private void checkSubjects(Resource binding) {
        if (!binding.kind().equals("RoleBinding") || !(binding.node().child("subjects") instanceof YamlList subjects)) {
            return;
        }
        for (YamlNode subject : subjects.items()) {
            YamlNode kind = subject.child("kind");
            YamlNode namespace = subject.child("namespace");
            if (namespace != null && kind != null && !isText(kind)) {
                wrongSubject("kind", kind, binding);
            } else if (namespace != null && kind != null && isServiceAccount(kind) && !isText(namespace)) {
                wrongSubject("namespace", namespace, binding);
            }
        }
    }

    private void wrongSubject(String field, YamlNode value, Resource binding) {
        problems.error(
                "render-wrong-type",
                value.location(),
                "the " + field + " of a subject of " + binding.id() + " is not text",
                "write it as text, in quotes where it looks like something else");
    }

    private static boolean isText(YamlNode node) {
        return node instanceof YamlScalar scalar && scalar.value() instanceof String;
    }

    private static boolean isServiceAccount(YamlNode kind) {
        return kind instanceof YamlScalar scalar && scalar.text().equals("ServiceAccount");
    }

    /** Namespaces of the service accounts that a role binding names. */
    private static Set<String> boundNamespaces(Resource referrer) {
        Set<String> namespaces = new LinkedHashSet<>();
        if (referrer.kind().equals("RoleBinding") && referrer.node().child("subjects") instanceof YamlList subjects) {
            for (YamlNode subject : subjects.items()) {
                if (subject.child("kind") instanceof YamlScalar kind
                        && kind.text().equals("ServiceAccount")
                        && subject.child("namespace") instanceof YamlScalar namespace) {
                    namespaces.add(namespace.text());
                }
            }
        }
        return namespaces;
    }

    /** The original namespace counts where any reachable object had it, else the present one. */
    private List<Resource> inNamespace(List<Resource> candidates, @Nullable String namespace, Resource referrer) {
        if (namespace == null) {
            return candidates;
        }
        askedForNamespaces = true;
        boolean original = resources.list().stream()
                .anyMatch(resource -> !resource.id().clusterScoped()
                        && resource.originalId().namespace().equals(namespace)
                        && (referrer.id().clusterScoped()
                                || resource.id()
                                        .namespace()
                                        .equals(referrer.id().namespace())
                                || boundNamespaces(referrer).contains(resource.namespace())));
        candidates.removeIf(candidate -> !(original ? candidate.originalId() : candidate.id())
                .namespace()
                .equals(namespace));
        return candidates;
    }

    static boolean wasOf(Resource candidate, Gvk kind) {
        return candidate.previousIds.stream().anyMatch(id -> id.gvk().selectedBy(kind));
    }

    private static @Nullable Gvk roleOf(Resource referrer, Mention mention) {
        if (!mention.field().path().endsWith("roleRef/name")
                || !(referrer.node().child("roleRef") instanceof YamlMap role)
                || !(role.child("apiGroup") instanceof YamlScalar group)
                || !(role.child("kind") instanceof YamlScalar kind)) {
            return null;
        }
        return new Gvk(group.text(), "", kind.text());
    }

    /** Service accounts may be meant from another namespace. */
    private static boolean sameNamespace(Resource candidate, Resource referrer) {
        Id from = referrer.id();
        Id to = candidate.id();
        return from.clusterScoped()
                || to.clusterScoped()
                || to.gvk().kind().equals("ServiceAccount")
                || to.namespace().equals(from.namespace());
    }

    static boolean sameAffixes(Resource candidate, Resource referrer, boolean emptyMatches) {
        return sameEnd(candidate.prefixes, referrer.prefixes, emptyMatches)
                && sameEnd(candidate.suffixes, referrer.suffixes, emptyMatches);
    }

    private static boolean sameEnd(List<String> one, List<String> other, boolean emptyMatches) {
        if (one.isEmpty() || other.isEmpty()) {
            return emptyMatches || one.size() == other.size();
        }
        int size = Math.min(one.size(), other.size());
        return one.subList(one.size() - size, one.size()).equals(other.subList(other.size() - size, other.size()));
    }
}
