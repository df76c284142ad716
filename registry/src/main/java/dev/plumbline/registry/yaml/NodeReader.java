package dev.plumbline.registry.yaml;

import dev.plumbline.registry.finding.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;

/** The documents of a text as nodes, made while it is read: expands merge keys and aliases, and says what is ambiguous. */
final class NodeReader {

    private static final String MERGE = "<<";

    /** Most maps have no more than three entries, and thousands of files are kept. */
    private static final int SMALL_MAP = 4;

    private final Parser events;
    private final TextPlace place;
    private final List<Finding> findings;
    private final ScalarReader scalars;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int nodes;
    private int depth;
    private int aliases;

    NodeReader(Parser events, TextPlace place, List<Finding> findings) {
        this.events = events;
        this.place = place;
        this.findings = findings;
        this.scalars = new ScalarReader(place, findings);
    }

    /** What an anchor names; without a node as long as it is not read to its end. */
    private static final class Anchored {

        private final Event start;
        private @Nullable YamlNode node;
        private int nodes;
        private boolean recursive;

        Anchored(Event start) {
            this.start = start;
        }
    }

    /** The next document; null behind the last. */
    @Nullable
    YamlNode document() {
        Event event = events.getEvent();
        while (!event.is(Event.ID.DocumentStart)) {
            if (event.is(Event.ID.StreamEnd)) {
                return null;
            }
            event = events.getEvent();
        }
        anchors.clear();
        aliases = 0;
        return value(events.getEvent());
    }

    /** A node that is no key, which is what the bound counts. */
    private YamlNode value(Event event) {
        count(1, event);
        return node(event);
    }

    private YamlNode node(Event event) {
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        String anchor = event instanceof NodeEvent node ? node.getAnchor() : null;
        Anchored anchored = anchor == null ? null : new Anchored(event);
        if (anchored != null) {
            anchors.put(anchor, anchored);
        }
        int before = nodes;
        YamlNode node = switch (event) {
            case ScalarEvent scalar -> scalars.read(scalar);
            case CollectionStartEvent start -> collection(start);
            default -> throw new IllegalStateException("SnakeYAML told of a " + event.getEventId());
        };
        if (anchored != null) {
            anchored.node = node;
            anchored.nodes = nodes - before;
        }
        return node;
    }

    private void count(int more, Event event) {
        nodes += more;
        if (nodes > YamlParser.MAX_NODES) {
            throw new BoundPassedException(
                    place.of(event), "more than " + YamlParser.MAX_NODES + " nodes after aliases are expanded");
        }
    }

    private YamlNode aliased(AliasEvent alias) {
        Anchored anchored = anchors.get(alias.getAnchor());
        if (anchored == null) {
            error("yaml-syntax", alias, "this is not YAML: no anchor " + alias.getAnchor() + " before", "correct it");
            return new YamlScalar(null, place.of(alias));
        }
        if (anchored.node == null) {
            if (!anchored.recursive) {
                error(
                        "yaml-recursive-alias",
                        anchored.start,
                        "an anchor that contains its own alias",
                        "write the value out");
            }
            anchored.recursive = true;
            return new YamlScalar(null, place.of(anchored.start));
        }
        if (!(anchored.node instanceof YamlScalar) && ++aliases > YamlParser.MAX_ALIASES) {
            throw new BoundPassedException(
                    place.of(alias), "more than " + YamlParser.MAX_ALIASES + " aliases of maps and lists");
        }
        count(anchored.nodes, alias);
        return anchored.node.copy();
    }

    private YamlNode collection(CollectionStartEvent start) {
        if (++depth > YamlParser.MAX_DEPTH) {
            throw new BoundPassedException(
                    place.of(start), "more than " + YamlParser.MAX_DEPTH + " maps and lists within each other");
        }
        boolean isMap = start instanceof MappingStartEvent;
        checkTag(start, isMap ? Tag.MAP : Tag.SEQ);
        YamlNode node = isMap ? map(start) : list(start);
        depth--;
        return node;
    }

    private void checkTag(CollectionStartEvent start, Tag expected) {
        String tag = start.getTag();
        if (tag != null && !tag.equals("!") && !tag.equals(expected.getValue())) {
            error("yaml-tag", start, "the tag " + tag + " has no meaning in Kubernetes", "remove it");
        }
    }

    private YamlList list(CollectionStartEvent start) {
        ArrayList<YamlNode> items = new ArrayList<>();
        for (Event event = events.getEvent(); !event.is(Event.ID.SequenceEnd); event = events.getEvent()) {
            items.add(value(event));
        }
        items.trimToSize(); // Thousands of files are kept.
        return new YamlList(items, place.of(start), start.isFlow());
    }

    private YamlMap map(CollectionStartEvent start) {
        Map<String, YamlNode> entries = new LinkedHashMap<>(SMALL_MAP);
        Map<String, YamlNode> merged = new LinkedHashMap<>();
        for (Event key = events.getEvent(); !key.is(Event.ID.MappingEnd); key = events.getEvent()) {
            if (key instanceof ScalarEvent scalar && ScalarReader.isPlain(scalar) && MERGE.equals(scalar.getValue())) {
                Event next = events.getEvent();
                merge(next, value(next), merged);
                continue;
            }
            String name = name(key);
            if (entries.containsKey(name)) {
                error(
                        "yaml-duplicate-key",
                        key,
                        "the key " + name + " stands twice in one map",
                        "remove one of them; kubectl would silently take the last");
            }
            Event next = events.getEvent();
            if (start.isFlow()) {
                checkEmpty(key, next);
            }
            entries.put(name, atKey(value(next), key));
        }
        merged.forEach(entries::putIfAbsent);
        return new YamlMap(entries, place.of(start), start.isFlow());
    }

    /** {@code {a: }} is null to kubectl, but empty text to kustomize. */
    private void checkEmpty(Event key, Event value) {
        if (value instanceof ScalarEvent scalar
                && ScalarReader.isPlain(scalar)
                && scalar.getValue().isEmpty()) {
            error(
                    "yaml-empty-in-flow",
                    key,
                    "an empty value between braces is empty text to kustomize, but null to kubectl",
                    "write \"\" or null");
        }
    }

    /** A map or list below its key is said to stand at the key: that is the line people look for. */
    private YamlNode atKey(YamlNode value, Event key) {
        return switch (value) {
            case YamlMap map when !map.flow() -> new YamlMap(map.entries(), place.of(key));
            case YamlList list when !list.flow() -> new YamlList(list.items(), place.of(key));
            default -> value;
        };
    }

    /** The earlier map of a list of merged maps wins, as the YAML merge key says. */
    private void merge(Event event, YamlNode value, Map<String, YamlNode> into) {
        if (value instanceof YamlMap map) {
            map.entries().forEach(into::putIfAbsent);
        } else if (value instanceof YamlList list && list.items().stream().allMatch(YamlMap.class::isInstance)) {
            list.items().forEach(item -> merge(event, item, into));
        } else {
            error("yaml-merge-key", event, "<< does not name a map", "give it an alias of a map");
        }
    }

    private String name(Event key) {
        YamlNode node = node(key);
        if (!(node instanceof YamlScalar scalar)) {
            error("yaml-key-not-text", key, "a key that is not text", "write the key as text");
            return "?" + key.getStartMark().getIndex();
        }
        if (!(scalar.value() instanceof String)) {
            error(
                    "yaml-key-not-text",
                    key,
                    "the key " + scalar.text() + " is not text",
                    "quote it: \"" + scalar.text() + "\"");
        }
        return scalar.text();
    }

    private void error(String rule, Event event, String message, String fix) {
        findings.add(Finding.error(rule, place.of(event), message, fix));
    }
}
