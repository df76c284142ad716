package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.List;

/** Reads {@code $patch} in what a patch says, without consuming it. */
final class PatchDirective {

    static final String NAME = "$patch";

    private PatchDirective() {}

    /** What a map says of itself: merge, replace or delete; empty where it says nothing. */
    static String of(YamlNode node) {
        return node instanceof YamlMap map && map.child(NAME) instanceof YamlScalar directive ? directive.text() : "";
    }

    /** Whether this is a list's own directive: an element with nothing else in it. */
    static boolean alone(YamlNode element) {
        return element instanceof YamlMap map && map.entries().size() == 1 && map.child(NAME) != null;
    }

    /** What a list says of itself; empty where it says nothing. */
    static String ofList(List<YamlNode> items) {
        for (YamlNode item : items) {
            if (alone(item)) {
                return of(item);
            }
        }
        return "";
    }
}
