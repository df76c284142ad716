package dev.plumbline.registry.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a build by the names that they had before they were renamed. Made from that of an earlier build where only few
 * objects are others, at the same positions: then it holds the difference alone.
 */
final class NamedObjects {

    /** Original, present and written namespace of an object. */
    private record Namespaces(String original, String present, String written) {}

    /** Where more than one of so many objects is another, all is made anew. */
    private static final int ONE_OF = 10;

    private final List<Resource> objects;
    private final Map<String, List<Resource>> all;
    private final Map<String, List<Resource>> instead;
    private @Nullable Set<Namespaces> namespaces;

    private NamedObjects(List<Resource> objects, Map<String, List<Resource>> all, Map<String, List<Resource>> instead) {
        this.objects = objects;
        this.all = all;
        this.instead = instead;
    }

    /** Of these objects. */
    static NamedObjects of(List<Resource> objects) {
        Map<String, List<Resource>> all = new HashMap<>();
        for (Resource object : objects) {
            for (Id id : object.previousIds) {
                List<Resource> named = all.computeIfAbsent(id.name(), _ -> new ArrayList<>(1));
                if (named.isEmpty() || !isLast(named, object)) {
                    named.add(object);
                }
            }
        }
        return new NamedObjects(List.copyOf(objects), all, Map.of());
    }

    @SuppressWarnings("ReferenceEquality") // the object itself is meant
    private static boolean isLast(List<Resource> named, Resource object) {
        return named.getLast() == object;
    }

    /** Of these objects, where another build has left those of others. */
    static NamedObjects of(List<Resource> objects, @Nullable NamedObjects before) {
        List<Integer> others = before == null ? null : before.differences(objects);
        if (before == null || others == null) {
            return of(objects);
        }
        if (others.isEmpty()) {
            return before;
        }
        Map<String, List<Resource>> instead = new HashMap<>(before.instead);
        for (int position : others) {
            Resource old = before.objects.get(position);
            Resource now = objects.get(position);
            if (!names(old).equals(names(now))) {
                return of(objects);
            }
            for (String name : names(old)) {
                List<Resource> named = new ArrayList<>(instead.getOrDefault(name, before.all.get(name)));
                named.replaceAll(object -> object.equals(old) ? now : object);
                instead.put(name, named);
            }
        }
        return instead.size() * ONE_OF > objects.size()
                ? of(objects)
                : new NamedObjects(List.copyOf(objects), before.all, instead);
    }

    private static Set<String> names(Resource object) {
        Set<String> names = new HashSet<>();
        object.previousIds.forEach(id -> names.add(id.name()));
        return names;
    }

    /** The positions at which these are other objects; null where they are too many. */
    @SuppressWarnings("ReferenceEquality") // shared objects
    private @Nullable List<Integer> differences(List<Resource> others) {
        if (others.size() != objects.size()) {
            return null;
        }
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            if (objects.get(i) != others.get(i)) {
                positions.add(i);
                if (positions.size() * ONE_OF > objects.size()) {
                    return null;
                }
            }
        }
        return positions;
    }

    /** The objects that had a name, in their order. */
    List<Resource> named(String name) {
        List<Resource> found = instead.get(name);
        return found == null ? all.getOrDefault(name, List.of()) : found;
    }

    /** The names that do not mean the same ids, prefixes and suffixes in another build. */
    @SuppressWarnings("ReferenceEquality") // taken from the other build or made anew
    Set<String> changedSince(NamedObjects before) {
        Set<String> names = new HashSet<>(instead.keySet());
        names.addAll(before.instead.keySet());
        if (all != before.all) {
            names.addAll(all.keySet());
            names.addAll(before.all.keySet());
        }
        names.removeIf(name -> sameIdentities(named(name), before.named(name)));
        return names;
    }

    private static boolean sameIdentities(List<Resource> some, List<Resource> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            Resource one = some.get(i);
            Resource two = others.get(i);
            boolean same = one.equals(two)
                    || (one.id().equals(two.id())
                            && one.previousIds.equals(two.previousIds)
                            && one.namespace().equals(two.namespace())
                            && one.prefixes.equals(two.prefixes)
                            && one.suffixes.equals(two.suffixes));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** Whether the namespaces that objects have and had are those of another build. */
    boolean sameNamespaces(NamedObjects before) {
        return Objects.equals(namespaces(), before.namespaces());
    }

    private Set<Namespaces> namespaces() {
        Set<Namespaces> known = namespaces;
        if (known == null) {
            known = new HashSet<>();
            for (Resource object : objects) {
                if (!object.id().clusterScoped()) {
                    known.add(new Namespaces(
                            object.originalId().namespace(), object.id().namespace(), object.namespace()));
                }
            }
            namespaces = known;
        }
        return known;
    }
}
