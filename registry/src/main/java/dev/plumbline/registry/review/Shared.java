package dev.plumbline.registry.review;

import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Something that several environments share, because it comes from a base of theirs.
 *
 * @param what it, as the first of them has it
 * @param environments paths of all of them, in order
 */
public record Shared<T>(T what, List<String> environments) {

    /** Keeps its own copy. */
    public Shared {
        environments = List.copyOf(environments);
    }

    /**
     * Puts together what environments share, in the order in which it is met.
     *
     * @param all what an environment has
     * @param sameness equal for what is to be taken as the same thing
     */
    static <T> List<Shared<T>> among(
            List<EnvironmentReview> environments,
            Function<EnvironmentReview, List<T>> all,
            Function<T, Object> sameness) {
        Map<Object, T> first = new LinkedHashMap<>();
        Map<Object, List<String>> paths = new LinkedHashMap<>();
        for (EnvironmentReview environment : environments) {
            for (T one : all.apply(environment)) {
                Object same = sameness.apply(one);
                first.putIfAbsent(same, one);
                List<String> known = paths.computeIfAbsent(same, key -> new ArrayList<>());
                if (!known.contains(environment.path())) {
                    known.add(environment.path());
                }
            }
        }
        return paths.entrySet().stream()
                .map(entry -> new Shared<>(first.get(entry.getKey()), entry.getValue()))
                .toList();
    }

    /** The key of an object without its namespace, which differs between environments. */
    public static ObjectKey anywhere(ObjectKey key) {
        return new ObjectKey(key.group(), key.kind(), "", key.name());
    }
}
