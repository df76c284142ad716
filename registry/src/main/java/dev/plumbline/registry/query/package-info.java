/**
 * Questions over what is stored: which runs and models there are, and what is known of one. Reads only; answers are plain
 * trees that become JSON or a screen.
 */
@NullMarked
package dev.plumbline.registry.query;

import org.jspecify.annotations.NullMarked;
