package dev.plumbline.registry.yaml;

import dev.plumbline.registry.model.Location;
import org.jspecify.annotations.Nullable;

/**
 * A scalar. Immutable.
 *
 * @param value {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Double} or null, as kustomize reads it
 * @param location where it was written
 */
public record YamlScalar(@Nullable Object value, Location location) implements YamlNode {

    @Override
    public YamlNode copy() {
        return this;
    }

    @Override
    public @Nullable YamlNode child(String step) {
        return null;
    }
}
