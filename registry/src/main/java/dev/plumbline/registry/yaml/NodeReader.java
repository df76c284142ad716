package dev.plumbline.registry.yaml;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.Location;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** SnakeYAML's nodes to ours: expands merge keys and aliases, types scalars, and says what is ambiguous. */
final class NodeReader {

    private static final String MERGE = "<<";

    private final String file;
    private final int line;
    private final boolean inner;
    private final List<Finding> findings;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> reported = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;

    NodeReader(String file, int line, boolean inner, List<Finding> findings) {
        this.file = file;
        this.line = line;
        this.inner = inner;
        this.findings = findings;
    }

    YamlNode read(Node node) {
        if (++nodes > YamlParser.MAX_NODES) {
            throw new BoundPassedException(
                    place(node), "more than " + YamlParser.MAX_NODES + " nodes after aliases are expanded");
        }
        return switch (node) {
            case ScalarNode scalar ->
                new YamlScalar(scalar(scalar), scalar.getValue(), place(node), form(scalar.getScalarStyle()), null);
            case SequenceNode sequence -> list(sequence);
            case MappingNode mapping -> map(mapping);
            default -> throw new IllegalStateException("SnakeYAML composed a " + node.getNodeId());
        };
    }

    private static YamlScalar.Form form(DumperOptions.ScalarStyle style) {
        return switch (style) {
            case PLAIN -> YamlScalar.Form.PLAIN;
            case FOLDED -> YamlScalar.Form.FOLDED;
            default -> YamlScalar.Form.QUOTED;
        };
    }

    private YamlNode list(SequenceNode node) {
        if (!enter(node)) {
            return new YamlScalar(null, place(node));
        }
        checkTag(node, Tag.SEQ);
        List<YamlNode> items = new ArrayList<>(node.getValue().size());
        for (Node item : node.getValue()) {
            items.add(read(item));
        }
        open.remove(node);
        return new YamlList(items, place(node), isFlow(node));
    }

    private YamlNode map(MappingNode node) {
        if (!enter(node)) {
            return new YamlScalar(null, place(node));
        }
        checkTag(node, Tag.MAP);
        Map<String, YamlNode> entries =
                LinkedHashMap.newLinkedHashMap(node.getValue().size());
        Map<String, YamlNode> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (isMerge(tuple.getKeyNode())) {
                merge(tuple.getValueNode(), merged);
                continue;
            }
            String key = key(tuple.getKeyNode());
            if (entries.containsKey(key)) {
                error(
                        "yaml-duplicate-key",
                        tuple.getKeyNode(),
                        "the key " + key + " stands twice in one map",
                        "remove one of them; kubectl would silently take the last");
            }
            checkEmpty(node, tuple);
            entries.put(key, atKey(read(tuple.getValueNode()), tuple));
        }
        merged.forEach(entries::putIfAbsent);
        open.remove(node);
        return new YamlMap(entries, place(node), isFlow(node));
    }

    private static boolean isFlow(CollectionNode<?> node) {
        return node.getFlowStyle() == DumperOptions.FlowStyle.FLOW;
    }

    /** {@code {a: }} is null to kubectl, but empty text to kustomize. */
    private void checkEmpty(MappingNode map, NodeTuple tuple) {
        if (isFlow(map)
                && tuple.getValueNode() instanceof ScalarNode value
                && value.getTag().equals(ImplicitTags.PLAIN)
                && value.getValue().isEmpty()) {
            error(
                    "yaml-empty-in-flow",
                    tuple.getKeyNode(),
                    "an empty value between braces is empty text to kustomize, but null to kubectl",
                    "write \"\" or null");
        }
    }

    /** A map or list below its key is said to stand at the key: that is the line people look for. */
    private YamlNode atKey(YamlNode value, NodeTuple tuple) {
        if (tuple.getValueNode() instanceof CollectionNode<?> block
                && block.getFlowStyle() == DumperOptions.FlowStyle.BLOCK) {
            Location key = place(tuple.getKeyNode());
            return switch (value) {
                case YamlMap map -> new YamlMap(map.entries(), key);
                case YamlList list -> new YamlList(list.items(), key);
                case YamlScalar scalar -> scalar;
            };
        }
        return value;
    }

    /** The earlier map of a list of merged maps wins, as the YAML merge key says. */
    private void merge(Node value, Map<String, YamlNode> into) {
        switch (value) {
            case MappingNode _ -> {
                if (read(value) instanceof YamlMap map) {
                    map.entries().forEach(into::putIfAbsent);
                }
            }
            case SequenceNode list
            when list.getValue().stream().allMatch(MappingNode.class::isInstance) ->
                list.getValue().forEach(item -> merge(item, into));
            default -> error("yaml-merge-key", value, "<< does not name a map", "give it an alias of a map");
        }
    }

    private static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getTag().equals(ImplicitTags.PLAIN)
                && scalar.getValue().equals(MERGE);
    }

    private String key(Node key) {
        if (!(key instanceof ScalarNode scalar)) {
            error("yaml-key-not-text", key, "a key that is not text", "write the key as text");
            return key.getStartMark() == null ? "?" : "?" + key.getStartMark().getIndex();
        }
        Object value = scalar(scalar);
        if (!(value instanceof String)) {
            error(
                    "yaml-key-not-text",
                    key,
                    "the key " + scalar.getValue() + " is not text",
                    "quote it: \"" + scalar.getValue() + "\"");
        }
        return scalar.getValue();
    }

    private @Nullable Object scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(ImplicitTags.PLAIN)) {
            checkPlain(node, text);
            return Scalars.read(text);
        }
        if (tag.equals(Tag.STR)) {
            checkBlock(node, text);
            return text;
        }
        Object value = Scalars.read(text);
        boolean fits = (tag.equals(Tag.INT) && (value instanceof Long || value instanceof BigInteger))
                || (tag.equals(Tag.FLOAT) && value instanceof Number)
                || (tag.equals(Tag.BOOL) && value instanceof Boolean)
                || (tag.equals(Tag.NULL) && value == null);
        if (!fits) {
            error(
                    "yaml-tag",
                    node,
                    "the tag " + tag + " cannot be read the same way by all tools",
                    "write the value plainly");
        }
        return tag.equals(Tag.FLOAT) && value instanceof Long whole ? (Object) whole.doubleValue() : value;
    }

    private void checkBlock(ScalarNode node, String text) {
        DumperOptions.ScalarStyle style = node.getScalarStyle();
        if (style == DumperOptions.ScalarStyle.FOLDED && !FoldedText.again(text).equals(text)) {
            report(
                    Finding.warning(
                            "yaml-folded-text",
                            place(node),
                            "kustomize changes the line breaks of this folded text, which has lines that are indented"
                                    + " more than others",
                            "write it as a block with | instead of >"),
                    node);
        }
        boolean block = style == DumperOptions.ScalarStyle.FOLDED || style == DumperOptions.ScalarStyle.LITERAL;
        if (block && text.startsWith("\t") && FoldedText.isBlock(text)) {
            error(
                    "yaml-tab",
                    node,
                    "a block of text that begins with a tab, which kustomize takes for its indentation and refuses",
                    "write it in double quotes with \\t, or with blanks");
        }
    }

    private void checkPlain(ScalarNode node, String text) {
        if (Scalars.booleanToKubectl(text)) {
            report(
                    Finding.warning(
                            "yaml-ambiguous-boolean",
                            place(node),
                            text + " is text here and to kustomize, but a boolean to kubectl",
                            "quote it: \"" + text + "\", or write true or false"),
                    node);
        } else if (Scalars.notFinite(text)) {
            error("yaml-not-finite", node, text + " has no form in JSON", "write a finite number or quote it");
        } else if (Scalars.rewrittenDate(text)) {
            error(
                    "yaml-date",
                    node,
                    "kustomize turns " + text + " into a timestamp, kubectl keeps it",
                    "quote it: \"" + text + "\"");
        }
    }

    private void checkTag(Node node, Tag expected) {
        if (!node.getTag().equals(expected)) {
            error("yaml-tag", node, "the tag " + node.getTag() + " has no meaning in Kubernetes", "remove it");
        }
    }

    private boolean enter(Node node) {
        if (open.add(node)) {
            return true;
        }
        error("yaml-recursive-alias", node, "an anchor that contains its own alias", "write the value out");
        return false;
    }

    private void error(String rule, Node node, String message, String fix) {
        report(Finding.error(rule, place(node), message, fix), node);
    }

    /** Once per written place, however often aliases lead to it. */
    private void report(Finding finding, Node node) {
        if (reported.add(node)) {
            findings.add(finding);
        }
    }

    private Location place(Node node) {
        Mark mark = node.getStartMark();
        return mark == null
                ? Location.of(file)
                : new Location(file, line + mark.getLine() + 1, inner ? 0 : mark.getColumn() + 1);
    }
}
