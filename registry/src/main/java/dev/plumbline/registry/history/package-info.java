/**
 * What became of each head that was seen, for ever: append-only entries, and the manifests of each Release, stored once per
 * content so that a rollback restores them byte for byte. Persons are salted digests in entries; their names are separate values
 * that can be erased without breaking anything.
 */
@NullMarked
package dev.plumbline.registry.history;

import org.jspecify.annotations.NullMarked;
