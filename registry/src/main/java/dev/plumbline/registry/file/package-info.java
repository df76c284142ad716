/**
 * The stores over a folder of a local file system, for one machine: many threads and processes may use one folder. A value
 * is visible whole or not at all, whenever the process or the machine stops. Not for network file systems without locks.
 */
@NullMarked
package dev.plumbline.registry.file;

import org.jspecify.annotations.NullMarked;
