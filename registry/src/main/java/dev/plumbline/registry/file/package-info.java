/**
 * A folder of a local file system: the stores over it, for one machine (many threads and processes may use one folder; a value
 * is visible whole or not at all, whenever the process or the machine stops; not for network file systems without locks), and
 * the Snapshot of one as it is on disk.
 */
@NullMarked
package dev.plumbline.registry.file;

import org.jspecify.annotations.NullMarked;
