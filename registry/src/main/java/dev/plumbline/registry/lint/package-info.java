/**
 * Lint of a whole repository as a commit, or the disk, has it: every kustomization that no other one names rendered and checked,
 * and every example checked in the environments that it fits. {@link Linter} takes a Snapshot and {@link LintOptions} and gives a
 * {@link LintReport}, of which each {@link LintFinding} names the line to blame and the overlays where it appears. What the
 * repository itself says about that stands in {@link LintConfiguration}. Not the place for rules, which are in
 * {@code validate}, nor for what a report looks like.
 */
@NullMarked
package dev.plumbline.registry.lint;

import org.jspecify.annotations.NullMarked;
