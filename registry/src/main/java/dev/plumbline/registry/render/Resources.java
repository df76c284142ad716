package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The objects of a build in the order in which they were loaded; no two have the same id. */
final class Resources {

    private final Problems problems;
    private final List<Resource> list = new ArrayList<>();

    /** The list by id, as long as nothing but {@link #appendAll} changes it. */
    private final Map<Id, Resource> known = new HashMap<>();

    /** What the list is expected to become, no two of one id; empty from the first that is another on. */
    private List<Resource> expected = List.of();

    Resources(Problems problems) {
        this.problems = problems;
    }

    List<Resource> list() {
        return list;
    }

    /**
     * Begins loading, mostly of what an earlier build loaded: where an object has the id that stood at its position then, it is
     * no twin of any before it.
     *
     * @param earlier what the earlier build had loaded, without an error
     */
    void expect(List<Resource> earlier) {
        expected = list.isEmpty() ? earlier : List.of();
    }

    /** Ends loading; what was loaded. */
    List<Resource> loaded() {
        expected = List.of();
        return List.copyOf(list);
    }

    /** To be called when ids may have changed. */
    void idsChanged() {
        known.clear();
    }

    /**
     * Adds objects; one whose id is taken is reported instead.
     *
     * @param by what brings them, blamed where the same document comes in twice
     */
    void appendAll(List<Resource> more, Location by) {
        for (Resource resource : more) {
            Resource twin = isAsExpected(resource) ? null : known().putIfAbsent(resource.id(), resource);
            if (twin != null) {
                reportTwin(resource, twin, by);
                continue;
            }
            list.add(resource);
        }
    }

    @SuppressWarnings("ReferenceEquality") // mostly it is the same one
    private boolean isAsExpected(Resource resource) {
        int at = list.size();
        if (at < expected.size()
                && (expected.get(at) == resource || expected.get(at).id().equals(resource.id()))) {
            return true;
        }
        expected = List.of();
        return false;
    }

    /** Reports objects that have the same id by now, because their names or namespaces were changed. */
    void checkTwins() {
        Map<Id, Resource> first = HashMap.newHashMap(list.size());
        for (Resource resource : list) {
            Resource twin = first.putIfAbsent(resource.id(), resource);
            if (twin != null) {
                problems.error(
                        "render-duplicate-object",
                        resource.place,
                        "this and the object at " + twin.place + " both become " + resource.id(),
                        "let them keep different names or namespaces");
            }
        }
    }

    private Map<Id, Resource> known() {
        if (known.size() != list.size()) {
            known.clear();
            list.forEach(resource -> known.put(resource.id(), resource));
        }
        return known;
    }

    /** After an error nothing is transformed, so two may have one id only because a prefix is missing. */
    private void reportTwin(Resource resource, Resource twin, Location by) {
        if (problems.anyError()) {
            return;
        }
        if (twin.place.equals(resource.place)) {
            problems.error(
                    "render-duplicate-object",
                    by,
                    resource.id() + " of " + resource.place + " comes in twice: through " + through(twin) + " and "
                            + through(resource),
                    "give the bases different namespaces or name prefixes, or list it only once");
        } else {
            problems.error(
                    "render-duplicate-object",
                    resource.place,
                    resource.id() + " is already defined at " + twin.place,
                    "rename one, or list it only once");
        }
    }

    private static String through(Resource resource) {
        return resource.kustomizations.isEmpty() ? "this file" : String.join(" > ", resource.kustomizations);
    }

    /** Those that have or had this id. */
    List<Resource> withAnyId(Id id) {
        return matching(resource -> resource.id().equals(id) || resource.previousIds.contains(id));
    }

    List<Resource> matching(Predicate<Resource> condition) {
        List<Resource> found = new ArrayList<>();
        for (Resource resource : list) {
            if (condition.test(resource)) {
                found.add(resource);
            }
        }
        return found;
    }

    void removeEmpty() {
        list.removeIf(Resource::isEmpty);
    }

    /** Lets a step change the objects; to be followed by {@link #share}. */
    void change() {
        list.replaceAll(Resource::changeable);
        known.clear();
    }

    /** Ends what {@link #change} began. */
    void share() {
        list.replaceAll(Resource::shared);
        known.clear();
    }

    void replace(Resource old, Resource replacement) {
        list.set(list.indexOf(old), replacement);
        known.clear();
    }
}
