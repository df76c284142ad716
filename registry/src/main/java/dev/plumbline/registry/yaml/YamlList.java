package dev.plumbline.registry.yaml;

import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list.
 *
 * @param items its elements, may be changed
 * @param location where it was written
 * @param flow whether it stands between brackets, as everything in it then does
 */
public record YamlList(List<YamlNode> items, Location location, boolean flow) implements YamlNode {

    /** A list in block style. */
    public YamlList(List<YamlNode> items, Location location) {
        this(items, location, false);
    }

    @Override
    public @Nullable Object value() {
        List<@Nullable Object> values = new ArrayList<>(items.size());
        items.forEach(item -> values.add(item.value()));
        return values;
    }

    @Override
    public YamlNode copy() {
        List<YamlNode> copies = new ArrayList<>(items.size());
        items.forEach(item -> copies.add(item.copy()));
        return new YamlList(copies, location, flow);
    }

    @Override
    public @Nullable YamlNode child(String step) {
        if (step.isEmpty() || !step.chars().allMatch(Character::isDigit) || step.length() > 9) {
            return null;
        }
        int index = Integer.parseInt(step);
        return index < items.size() ? items.get(index) : null;
    }
}
