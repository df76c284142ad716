package dev.plumbline.registry.argo;

import java.nio.charset.StandardCharsets;

/** Ids of nodes and names of pods, exactly as Argo makes them (pod names of form v2). */
public final class NodeIds {

    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;
    private static final int MAX_POD_PREFIX = 253 - 10 - 1;

    private NodeIds() {}

    /** The id of a node: the Workflow's name for its root, else that name and the FNV-1a hash of the node's name. */
    public static String of(String workflow, String nodeName) {
        return workflow.equals(nodeName) ? workflow : workflow + "-" + hash(nodeName);
    }

    /** The name of the pod of a node. */
    public static String podName(String workflow, String nodeName, String template) {
        if (workflow.equals(nodeName)) {
            return workflow;
        }
        String prefix = nodeName.contains(".inline") ? workflow : workflow + "-" + template;
        return (prefix.length() > MAX_POD_PREFIX ? prefix.substring(0, MAX_POD_PREFIX) : prefix) + "-" + hash(nodeName);
    }

    /** FNV-1a over UTF-8, 32 bits, in decimal. */
    static String hash(String text) {
        int hash = FNV_OFFSET;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
        }
        return Integer.toUnsignedString(hash);
    }
}
