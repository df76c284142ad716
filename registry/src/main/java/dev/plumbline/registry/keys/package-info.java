/**
 * Signing keys in files of a folder that only its owner can read, or in a mounted Secret. A key service would be a wall beside this
 * one.
 */
@NullMarked
package dev.plumbline.registry.keys;

import org.jspecify.annotations.NullMarked;
