/**
 * The doors to what must never be lost: objects by digest, small refs by compare-and-set, logs by number.
 */
@NullMarked
package dev.plumbline.registry.store;

import org.jspecify.annotations.NullMarked;
