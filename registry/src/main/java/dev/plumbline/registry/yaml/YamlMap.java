package dev.plumbline.registry.yaml;

import dev.plumbline.registry.model.Location;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map with text keys, in written order.
 *
 * @param entries its entries, may be changed
 * @param location where it was written
 * @param flow whether it stands between braces, as everything in it then does
 */
public record YamlMap(Map<String, YamlNode> entries, Location location, boolean flow) implements YamlNode {

    /** A map in block style. */
    public YamlMap(Map<String, YamlNode> entries, Location location) {
        this(entries, location, false);
    }

    @Override
    public Object value() {
        Map<String, @Nullable Object> values = LinkedHashMap.newLinkedHashMap(entries.size());
        entries.forEach((key, node) -> values.put(key, node.value()));
        return values;
    }

    @Override
    public YamlMap copy() {
        Map<String, YamlNode> copies = LinkedHashMap.newLinkedHashMap(entries.size());
        entries.forEach((key, node) -> copies.put(key, node.copy()));
        return new YamlMap(copies, location, flow);
    }

    @Override
    public @Nullable YamlNode child(String step) {
        return entries.get(step);
    }
}
