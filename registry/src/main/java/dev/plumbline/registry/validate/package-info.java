/**
 * Checks of rendered objects before they become a Release: one class per rule, and one list of them, {@link Rules#standard()}.
 * What is wrong comes out as Findings with the place in Git. What Argo's own validation refuses is worked out in one walk by the
 * package below, and each reason is a rule of its own. A new rule is a class, a line in that list, and a folder of examples
 * among the resources. Not the place for the policies of one organisation, nor for anything that
 * needs a cluster.
 */
@NullMarked
package dev.plumbline.registry.validate;

import org.jspecify.annotations.NullMarked;
