package dev.plumbline.registry.yaml;

import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;

/** The first document of a text as nodes, with the layout of each. */
final class TextReader {

    private final Parser events;
    private final Location at;
    private final IdentityHashMap<YamlNode, TextLayout> layouts = new IdentityHashMap<>();
    private boolean tagged;
    private int depth;
    private int nodes;

    TextReader(Parser events, Location at) {
        this.events = events;
        this.at = at;
    }

    /** Whether a scalar stands behind the tag of its type. */
    boolean isTagged() {
        return tagged;
    }

    /** How each node was written. */
    IdentityHashMap<YamlNode, TextLayout> layouts() {
        return layouts;
    }

    /**
     * Reads the root of a document whose start was seen.
     *
     * @throws TextNotKeptException where a part of it cannot be written again
     */
    YamlNode document(DocumentStartEvent start) {
        if (start.getVersion() != null
                || (start.getTags() != null && !start.getTags().isEmpty())) {
            throw new TextNotKeptException("a directive");
        }
        return node(events.getEvent());
    }

    private YamlNode node(Event event) {
        if (++nodes > YamlParser.MAX_NODES) {
            throw new TextNotKeptException("more than " + YamlParser.MAX_NODES + " values");
        }
        if (event instanceof AliasEvent || (event instanceof NodeEvent node && node.getAnchor() != null)) {
            throw new TextNotKeptException("an anchor or alias");
        }
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case CollectionStartEvent start -> collection(start);
            default -> throw new IllegalStateException("SnakeYAML told of a " + event.getEventId());
        };
    }

    private YamlScalar scalar(ScalarEvent event) {
        String tag = event.getTag();
        boolean typed = tag != null && tag.startsWith(Tag.PREFIX);
        checkTag(typed ? null : tag);
        tagged |= typed;
        boolean plain = event.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN;
        String text = event.getValue();
        Object value = plain ? Scalars.read(text) : text;
        YamlScalar.Form form = plain ? YamlScalar.Form.PLAIN : YamlScalar.Form.QUOTED;
        String type = typed ? tag.substring(Tag.PREFIX.length()) : plain ? Scalars.type(text) : Scalars.TEXT;
        TextLayout layout = new TextLayout(
                style(event.getScalarStyle()), type, event.getStartMark().getIndex());
        layout.end = event.getEndMark().getIndex();
        layout.tagged = typed;
        YamlScalar scalar = new YamlScalar(value, text, at, form, null);
        layouts.put(scalar, layout);
        return scalar;
    }

    private static TextLayout.Style style(DumperOptions.ScalarStyle style) {
        return switch (style) {
            case SINGLE_QUOTED -> TextLayout.Style.SINGLE_QUOTED;
            case LITERAL -> TextLayout.Style.LITERAL;
            case FOLDED -> TextLayout.Style.FOLDED;
            case PLAIN -> TextLayout.Style.PLAIN;
            default -> TextLayout.Style.DOUBLE_QUOTED;
        };
    }

    private static void checkTag(@Nullable String tag) {
        if (tag != null) {
            throw new TextNotKeptException("the tag " + tag);
        }
    }

    private YamlNode collection(CollectionStartEvent event) {
        checkTag(event.getTag());
        if (++depth > YamlParser.MAX_DEPTH) {
            throw new TextNotKeptException("more than " + YamlParser.MAX_DEPTH + " values within each other");
        }
        TextLayout layout = new TextLayout(
                event.isFlow() ? TextLayout.Style.FLOW : TextLayout.Style.BLOCK,
                "",
                event.getStartMark().getIndex());
        YamlNode node = event instanceof MappingStartEvent ? map(layout) : list(layout);
        layouts.put(node, layout);
        depth--;
        return node;
    }

    private YamlMap map(TextLayout layout) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        Event event = events.getEvent();
        for (; !(event instanceof CollectionEndEvent); event = events.getEvent()) {
            if (!(node(event) instanceof YamlScalar key)) {
                throw new TextNotKeptException("a key that is a map or a list");
            }
            YamlNode value = node(events.getEvent());
            if (entries.putIfAbsent(key.text(), value) != null) {
                throw new TextNotKeptException("the key " + key.text() + " twice in one map");
            }
            layout.keys.put(key.text(), layoutOf(key));
            layout.values.put(key.text(), layoutOf(value));
            if (layoutOf(key).type.equals(Scalars.MERGE)) {
                throw new TextNotKeptException("the merge key <<");
            }
        }
        layout.end = event.getEndMark().getIndex();
        return new YamlMap(entries, at);
    }

    private YamlList list(TextLayout layout) {
        List<YamlNode> items = new ArrayList<>();
        Event event = events.getEvent();
        for (; !(event instanceof CollectionEndEvent); event = events.getEvent()) {
            YamlNode item = node(event);
            items.add(item);
            layout.items.add(layoutOf(item));
        }
        layout.end = event.getEndMark().getIndex();
        return new YamlList(items, at);
    }

    private TextLayout layoutOf(YamlNode node) {
        TextLayout layout = layouts.get(node);
        if (layout == null) {
            throw new IllegalStateException("a node was read without its layout");
        }
        return layout;
    }
}
