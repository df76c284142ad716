package dev.plumbline.controller.health;

import dev.plumbline.controller.live.Selection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says how the objects of one kind are. */
@FunctionalInterface
public interface HealthRule {

    /**
     * How an object is.
     *
     * @param object the live object, which is not being deleted
     * @param related what {@link #related(Map)} selects; empty where that was not looked at
     */
    ObjectHealth of(Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related);

    /** Further objects without which the object itself says too little; empty for most kinds. */
    default List<Selection> related(Map<String, @Nullable Object> object) {
        return List.of();
    }
}
