/**
 * The stores in memory, for tests and for one-shot commands that keep nothing.
 */
@NullMarked
package dev.plumbline.registry.memory;

import org.jspecify.annotations.NullMarked;
