package dev.plumbline.registry.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a node of a text was written, which stays when another value is put there. */
final class TextLayout {

    /** The form of a node. */
    enum Style {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        LITERAL,
        FOLDED,
        /** A map or list over several lines. */
        BLOCK,
        /** A map or list between braces or brackets. */
        FLOW;

        boolean isScalar() {
            return this != BLOCK && this != FLOW;
        }
    }

    /** What is written where nothing was: made by a path. */
    static final TextLayout NEW = new TextLayout(Style.PLAIN, "", 0);

    final Style style;

    /** The type that a scalar had, as go-yaml calls it; empty where it has none, and for maps and lists. */
    final String type;

    /** Position of its first character. */
    final int start;

    /** Position behind its last character. */
    int end;

    /** Comment lines above it; empty for none. */
    String above = "";

    /** The comment behind it, or behind the colon of a key; empty for none. */
    String behind = "";

    /** Whether the type was written out, as {@code !!int}. */
    boolean tagged;

    /** Of a map: how its keys were written. */
    final Map<String, TextLayout> keys = new HashMap<>();

    /** Of a map: how its values were written. */
    final Map<String, TextLayout> values = new HashMap<>();

    /** Of a list. */
    final List<TextLayout> items = new ArrayList<>();

    TextLayout(Style style, String type, int start) {
        this.style = style;
        this.type = type;
        this.start = start;
        this.end = start;
    }

    TextLayout key(String name) {
        return keys.getOrDefault(name, NEW);
    }

    TextLayout value(String name) {
        return values.getOrDefault(name, NEW);
    }

    TextLayout item(int index) {
        return index < items.size() ? items.get(index) : NEW;
    }
}
