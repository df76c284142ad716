/**
 * The door to Git: commits, their order and their files. No branch name passes beyond {@code poll}; everything else takes
 * commit ids.
 */
@NullMarked
package dev.plumbline.registry.source;

import org.jspecify.annotations.NullMarked;
