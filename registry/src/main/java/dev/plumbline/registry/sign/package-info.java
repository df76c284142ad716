/**
 * The door to keys: signs messages, and says which keys may be believed. Keys are ECDSA on the curve P-256 with SHA-256, the
 * form that the checkers of other projects all accept. Knows nothing of what is signed.
 */
@NullMarked
package dev.plumbline.registry.sign;

import org.jspecify.annotations.NullMarked;
