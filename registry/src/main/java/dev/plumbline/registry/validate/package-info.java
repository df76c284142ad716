/**
 * Checks of rendered objects before they become a Release: one class per rule, and one list of them, {@link Rules#standard()}.
 * What is wrong comes out as Findings with the place in Git. A new rule is a class, a line in that list, and a folder of
 * examples under {@code src/test/resources/rules}. Not the place for the policies of one organisation, nor for anything that
 * needs a cluster.
 */
@NullMarked
package dev.plumbline.registry.validate;

import org.jspecify.annotations.NullMarked;
