/**
 * What is wrong with Git content, as a value: rule, severity, place, message and fix; and what was probably meant. Findings are
 * collected, never thrown.
 */
@NullMarked
package dev.plumbline.registry.finding;

import org.jspecify.annotations.NullMarked;
