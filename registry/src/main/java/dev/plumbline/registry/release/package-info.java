/**
 * What a commit means for one path: its rendered objects with their versions, their digest, and what is wrong with them. Also
 * the stamps that {@code plan} adds to what is applied, which are never part of a Release.
 */
@NullMarked
package dev.plumbline.registry.release;

import org.jspecify.annotations.NullMarked;
