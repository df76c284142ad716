package dev.plumbline.registry.review;

import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        Map<Object, Set<String>> paths = new HashMap<>();
        for (EnvironmentReview environment : environments) {
            for (T one : all.apply(environment)) {
                Object same = sameness.apply(one);
                first.putIfAbsent(same, one);
                paths.computeIfAbsent(same, key -> new LinkedHashSet<>()).add(environment.path());
            }
        }
        List<Shared<T>> shared = new ArrayList<>();
        first.forEach((same, one) -> shared.add(new Shared<>(one, List.copyOf(paths.getOrDefault(same, Set.of())))));
        return shared;
    }

    /** The key of an object without its namespace, which differs between environments. */
    public static ObjectKey anywhere(ObjectKey key) {
        return new ObjectKey(key.group(), key.kind(), "", key.name());
    }
}
