/**
 * What Git tags in GTO's grammar say of artifacts: which versions are registered, at which commit, and which of them is in which
 * stage. Pure functions of tags; where they stand is nothing of its business.
 */
@NullMarked
package dev.plumbline.registry.promotion;

import org.jspecify.annotations.NullMarked;
