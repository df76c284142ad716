package dev.plumbline.controller.local.fields;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of fields of an object: a tree of path elements in the words of Kubernetes' FieldsV1 ({@code f:name},
 * {@code k:{"name":"x"}}, {@code v:"x"}), in which each node may be a member. Never changes.
 */
public final class FieldSet {

    /** No field. */
    public static final FieldSet EMPTY = new FieldSet(new TreeMap<>());

    private static final String SELF = ".";

    private final NavigableMap<String, Node> nodes;

    private record Node(boolean member, FieldSet below) {
        boolean nothing() {
            return !member && below.isEmpty();
        }
    }

    private FieldSet(NavigableMap<String, Node> nodes) {
        this.nodes = nodes;
    }

    /** Reads FieldsV1. */
    public static FieldSet parse(Map<String, @Nullable Object> fieldsV1) {
        TreeMap<String, Node> nodes = new TreeMap<>();
        fieldsV1.forEach((element, value) -> {
            if (!element.equals(SELF) && value instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> inner = Tree.cast(map);
                nodes.put(element, new Node(inner.isEmpty() || inner.containsKey(SELF), parse(inner)));
            }
        });
        return nodes.isEmpty() ? EMPTY : new FieldSet(nodes);
    }

    /** Writes FieldsV1. */
    public Map<String, @Nullable Object> toFieldsV1() {
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        nodes.forEach((element, node) -> {
            Map<String, @Nullable Object> inner = node.below.toFieldsV1();
            if (node.member && !inner.isEmpty()) {
                Map<String, @Nullable Object> both = new LinkedHashMap<>();
                both.put(SELF, Map.of());
                both.putAll(inner);
                inner = both;
            }
            written.put(element, inner);
        });
        return written;
    }

    /** Whether it has no member. */
    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** Whether the field of this element, directly below, is a member. */
    boolean has(String element) {
        Node node = nodes.get(element);
        return node != null && node.member;
    }

    /** What it holds below an element. */
    FieldSet below(String element) {
        Node node = nodes.get(element);
        return node == null ? EMPTY : node.below;
    }

    /** The members of either. */
    public FieldSet union(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        TreeMap<String, Node> result = new TreeMap<>(nodes);
        other.nodes.forEach((element, node) ->
                result.merge(element, node, (a, b) -> new Node(a.member || b.member, a.below.union(b.below))));
        return new FieldSet(result);
    }

    /** The members of both. */
    public FieldSet intersection(FieldSet other) {
        TreeMap<String, Node> result = new TreeMap<>();
        nodes.forEach((element, node) -> {
            Node same = other.nodes.get(element);
            if (same != null) {
                keep(result, element, new Node(node.member && same.member, node.below.intersection(same.below)));
            }
        });
        return of(result);
    }

    /** The members that the other has not; those below a member of the other stay. */
    public FieldSet difference(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        TreeMap<String, Node> result = new TreeMap<>();
        nodes.forEach((element, node) -> {
            Node same = other.nodes.get(element);
            keep(
                    result,
                    element,
                    same == null ? node : new Node(node.member && !same.member, node.below.difference(same.below)));
        });
        return of(result);
    }

    /** The members that are neither in the other nor below one of its members. */
    FieldSet without(FieldSet other) {
        TreeMap<String, Node> result = new TreeMap<>();
        nodes.forEach((element, node) -> {
            Node same = other.nodes.get(element);
            if (same == null) {
                result.put(element, node);
            } else if (!same.member) {
                keep(result, element, new Node(node.member, node.below.without(same.below)));
            }
        });
        return of(result);
    }

    /** With every declared field on the way to a member as a member too. */
    FieldSet withNamedFields(@Nullable FieldType type) {
        TreeMap<String, Node> result = new TreeMap<>();
        nodes.forEach((element, node) -> {
            boolean named = type != null && !node.below.isEmpty() && type.declares(element);
            FieldType inner = type == null ? null : type.at(element);
            result.put(element, new Node(node.member || named, node.below.withNamedFields(inner)));
        });
        return of(result);
    }

    /** Calls once for each member, with its path as people write it. */
    void forEach(Consumer<String> action) {
        forEach("", action);
    }

    private void forEach(String prefix, Consumer<String> action) {
        nodes.forEach((element, node) -> {
            String path = prefix + PathElements.display(element);
            if (node.member) {
                action.accept(path);
            }
            node.below.forEach(path, action);
        });
    }

    private static void keep(Map<String, Node> result, String element, Node node) {
        if (!node.nothing()) {
            result.put(element, node);
        }
    }

    private static FieldSet of(NavigableMap<String, Node> nodes) {
        return nodes.isEmpty() ? EMPTY : new FieldSet(nodes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSet set && nodes.equals(set.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        forEach(path -> text.append(text.isEmpty() ? "" : " ").append(path));
        return text.toString();
    }

    /** Collects members. */
    static final class Builder {

        private final Map<String, Builder> below = new TreeMap<>();
        private boolean member;

        /** The place of a field below this one. */
        Builder at(String element) {
            return below.computeIfAbsent(element, e -> new Builder());
        }

        /** Makes this field a member. */
        void add() {
            member = true;
        }

        FieldSet build() {
            if (below.isEmpty()) {
                return EMPTY;
            }
            TreeMap<String, Node> nodes = new TreeMap<>();
            below.forEach((element, builder) -> keep(nodes, element, new Node(builder.member, builder.build())));
            return of(nodes);
        }
    }
}
