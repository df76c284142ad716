/**
 * Watches runs in the namespaces of the syncs and writes their records, exactly once each. Judges nothing itself: what ran is
 * read in {@code run} and judged in {@code provenance}.
 */
@NullMarked
package dev.plumbline.controller.record;

import org.jspecify.annotations.NullMarked;
