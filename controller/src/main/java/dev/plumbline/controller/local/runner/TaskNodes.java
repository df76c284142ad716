package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.json.Tree;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which nodes belong to which task of a dag or step of a steps template. */
final class TaskNodes {

    private final RunStatus status;
    private final String aroundId;
    private final String prefix;
    private final List<DagTask> members;
    private final Map<String, String> names = new ConcurrentHashMap<>();

    /**
     * No nodes yet.
     *
     * @param aroundId id of the node of the dag or steps
     * @param prefix how tags name the members, such as {@code tasks.}
     */
    TaskNodes(RunStatus status, String aroundId, String prefix, List<DagTask> members) {
        this.status = status;
        this.aroundId = aroundId;
        this.prefix = prefix;
        this.members = members;
    }

    String prefix() {
        return prefix;
    }

    /** The same, and the node of one more member. */
    TaskNodes with(String member, String nodeName) {
        TaskNodes more = new TaskNodes(status, aroundId, prefix, members);
        more.names.putAll(names);
        more.put(member, nodeName);
        return more;
    }

    List<DagTask> members() {
        return members;
    }

    /** The member of this name; null when there is none. */
    @Nullable
    DagTask member(String name) {
        return members.stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Notes the name of a member's node, or of what the names of its rounds begin with. */
    void put(String member, String nodeName) {
        names.put(member, nodeName);
    }

    /** A copy of a member's node; null when it has none. */
    @Nullable
    Map<String, @Nullable Object> node(String member) {
        String name = names.get(member);
        return name == null ? null : status.node(status.id(name));
    }

    /** Copies of the nodes of a member's rounds, in their order; empty when it is no loop. */
    List<Map<String, @Nullable Object>> rounds(String member) {
        String name = names.get(member);
        if (name == null) {
            return List.of();
        }
        return status.within(aroundId, name + "(").stream()
                .filter(node -> round(name, node) >= 0)
                .sorted(Comparator.comparingInt(node -> round(name, node)))
                .toList();
    }

    /** The number of the round that a node is; negative when it is none of this member's. */
    private static int round(String name, @Nullable Object node) {
        String text = Tree.text(node, "name");
        if (!text.startsWith(name + "(") || !text.endsWith(")") || Tree.at(node, "nodeFlag", "retried") != null) {
            return -1;
        }
        int colon = text.indexOf(':', name.length());
        String number = colon < 0 ? "" : text.substring(name.length() + 1, colon);
        return number.matches("[0-9]{1,6}") ? Integer.parseInt(number) : -1;
    }
}
