package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a caller passes to a template. */
interface Arguments {

    /** The parameter of this name; null when it is not passed. */
    @Nullable
    Map<String, @Nullable Object> parameter(String name);

    /** The artifact of this name; null when it is not passed. */
    @Nullable
    Map<String, @Nullable Object> artifact(String name);

    /** Those of a tree with {@code parameters} and {@code artifacts}. */
    static Arguments of(@Nullable Object arguments) {
        return new Arguments() {
            @Override
            public @Nullable Map<String, @Nullable Object> parameter(String name) {
                return Tree.named(name, arguments, "parameters");
            }

            @Override
            public @Nullable Map<String, @Nullable Object> artifact(String name) {
                return Tree.named(name, arguments, "artifacts");
            }
        };
    }

    /** Whatever is asked for, with values that only a run knows. */
    static Arguments any(Supplier<String> placeholders) {
        return new Arguments() {
            @Override
            public Map<String, @Nullable Object> parameter(String name) {
                return Map.of("name", name, "value", placeholders.get());
            }

            @Override
            public Map<String, @Nullable Object> artifact(String name) {
                return Map.of("name", name);
            }
        };
    }
}
