/**
 * The door to Git: what of a repository is followed, with which credentials and whose signatures; commits, their order and
 * their files. No branch name passes beyond {@code poll}; everything else takes commit ids.
 */
@NullMarked
package dev.plumbline.registry.source;

import org.jspecify.annotations.NullMarked;
