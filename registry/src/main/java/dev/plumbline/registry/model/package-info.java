/**
 * The words that every part shares: commits, digests, object keys, locations. Values only; nothing here does I/O or knows
 * a library. Not the place for anything that only one room needs.
 */
@NullMarked
package dev.plumbline.registry.model;

import org.jspecify.annotations.NullMarked;
