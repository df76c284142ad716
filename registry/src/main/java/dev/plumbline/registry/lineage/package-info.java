/** The door to whoever collects lineage events of runs: unsigned copies of what was recorded, for other tools. */
@NullMarked
package dev.plumbline.registry.lineage;

import org.jspecify.annotations.NullMarked;
