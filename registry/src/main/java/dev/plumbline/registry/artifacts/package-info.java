/** The door to where artifacts of runs are kept outside of this machine: buckets. */
@NullMarked
package dev.plumbline.registry.artifacts;

import org.jspecify.annotations.NullMarked;
