package dev.plumbline.registry.yaml;

import dev.plumbline.registry.model.Location;
import org.jspecify.annotations.Nullable;

/**
 * A YAML value that knows where it was written. Maps and lists may be changed while a build works on them; a node that a
 * patch brings keeps the patch's place, so that a finding can name the line to blame.
 */
public sealed interface YamlNode permits YamlMap, YamlList, YamlScalar {

    /** Where it was written. */
    Location location();

    /** The plain tree of it: new maps and lists at each call. */
    @Nullable
    Object value();

    /** A deep copy with the same places. */
    YamlNode copy();

    /** The child under a key, or at a position written in decimal; null when there is none. */
    @Nullable
    YamlNode child(String step);
}
