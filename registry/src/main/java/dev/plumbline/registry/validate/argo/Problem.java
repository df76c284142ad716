package dev.plumbline.registry.validate.argo;

import java.util.List;

/**
 * Something that Argo's validation refuses in an object.
 *
 * @param rule id of the rule
 * @param path keys and list positions (decimal) from the object's root
 * @param message what is wrong; begins with the place in Argo's words where Argo has such words
 * @param fix what to do; empty only where the message says it
 */
public record Problem(String rule, List<String> path, String message, String fix) {}
