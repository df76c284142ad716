package dev.plumbline.registry.run;

/**
 * A node that took its results from an earlier run instead of executing anything.
 *
 * @param node name of the node
 * @param cache the ConfigMap that they were kept in; empty where they came from the run that this one resubmits
 * @param key their key in it
 * @param original id of the node that made them; empty where only the cache tells
 * @param why what is said where nobody knows which run that was
 */
public record BorrowedResult(String node, String cache, String key, String original, String why) {}
