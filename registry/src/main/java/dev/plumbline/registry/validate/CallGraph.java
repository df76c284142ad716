package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.TemplateRef;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which template runs which without a condition, across all objects of a rendering. */
final class CallGraph {

    /** Most templates that are visited to find a way; a longer one is not found. */
    private static final int MAX_VISITED = 500;

    private final RenderedSet set;
    private final Map<Node, List<Node>> calls = new HashMap<>();

    CallGraph(RenderedSet set) {
        this.set = set;
    }

    /**
     * A template of an object.
     *
     * @param object the object
     * @param template name of the template
     */
    record Node(ObjectKey object, String template) {}

    /** What a step or task of an object always runs; null when that is conditional, or only known at run time. */
    static @Nullable Node target(Manifest object, Call call) {
        boolean conditional =
                !Tree.text(call.tree(), "when").isEmpty() || call.tree().get("withParam") != null;
        if (call.hook() || conditional || call.dynamic()) {
            return null;
        }
        TemplateRef ref = call.templateRef();
        String name = call.template();
        if (ref != null) {
            return new Node(ref.key(object.key().namespace()), ref.template());
        }
        return name == null ? null : new Node(object.key(), name);
    }

    /** The templates on a way from one to another, both included; empty when there is none. */
    List<String> way(Node from, Node to) {
        Map<Node, Node> cameFrom = new HashMap<>(Map.of(from, from));
        Deque<Node> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty() && cameFrom.size() < MAX_VISITED) {
            Node at = open.remove();
            if (at.equals(to)) {
                return names(at, from, cameFrom);
            }
            for (Node next : calls(at)) {
                if (cameFrom.putIfAbsent(next, at) == null) {
                    open.add(next);
                }
            }
        }
        return List.of();
    }

    private List<Node> calls(Node node) {
        List<Node> known = calls.get(node);
        if (known == null) {
            known = read(node);
            calls.put(node, known);
        }
        return known;
    }

    private List<Node> read(Node node) {
        Manifest object = set.find(node.object());
        ArgoObject.Located located = object == null ? null : set.argo(object).located(node.template());
        List<Node> targets = new ArrayList<>();
        if (object != null && located != null) {
            for (Call call : set.argo(object).calls(located)) {
                Node target = target(object, call);
                if (target != null) {
                    targets.add(target);
                }
            }
        }
        return List.copyOf(targets);
    }

    private static List<String> names(Node end, Node start, Map<Node, Node> cameFrom) {
        Deque<String> names = new ArrayDeque<>();
        Node at = end;
        names.addFirst(name(at));
        while (!at.equals(start)) {
            at = cameFrom.getOrDefault(at, start);
            names.addFirst(name(at));
        }
        return List.copyOf(names);
    }

    private static String name(Node node) {
        return node.object().name() + "/" + node.template();
    }
}
