package dev.plumbline.controller.spec;

/**
 * How to tell the health of a kind, in CEL over {@code object}. The first expression that holds decides, in the order inProgress,
 * failed, current; when none holds it is in progress.
 *
 * @param apiVersion such as {@code example.org/v1}
 * @param kind kind
 * @param current holds when it is as asked; never empty
 * @param inProgress holds while it is on its way; empty for never
 * @param failed holds when it will not become current by itself; empty for never
 */
public record HealthRule(String apiVersion, String kind, String current, String inProgress, String failed) {}
