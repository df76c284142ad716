package dev.plumbline.registry.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The objects of a build in the order in which they were loaded; no two have the same id. */
final class Resources {

    private final Problems problems;
    private final List<Resource> list = new ArrayList<>();

    Resources(Problems problems) {
        this.problems = problems;
    }

    List<Resource> list() {
        return list;
    }

    void appendAll(List<Resource> more) {
        Map<Id, Resource> known = new HashMap<>();
        list.forEach(resource -> known.put(resource.id(), resource));
        for (Resource resource : more) {
            Resource twin = known.putIfAbsent(resource.id(), resource);
            if (twin != null) {
                problems.error(
                        "render-duplicate-object",
                        resource.place,
                        resource.id() + " is already defined at " + twin.place,
                        "rename one, or list the file or folder only once");
                continue;
            }
            list.add(resource);
        }
    }

    /** Those with this id now. */
    List<Resource> withId(Id id) {
        return matching(resource -> resource.id().equals(id));
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
        list.removeIf(resource -> resource.node().entries().isEmpty());
    }

    void replace(Resource old, Resource replacement) {
        list.set(list.indexOf(old), replacement);
    }
}
