/**
 * Templates as those who use them see them: the catalogue of what can be run, read from a Release; and between two commits,
 * which version bump a template needs and whose use of it breaks.
 */
@NullMarked
package dev.plumbline.registry.template;

import org.jspecify.annotations.NullMarked;
