/**
 * The index of runs and models: one SQLite file, made from the logs, evidence and records of a store. It may be deleted at any
 * time. Each question first reads what the logs got since, so that it answers what the store would.
 */
@NullMarked
package dev.plumbline.registry.index;

import org.jspecify.annotations.NullMarked;
