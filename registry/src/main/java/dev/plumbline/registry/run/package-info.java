/**
 * What was observed of one execution of a Workflow, and the record of it that is kept for ever. Reads the objects of Argo
 * Workflows as plain trees. Judges nothing: verdicts are made in {@code provenance} and only stored here.
 */
@NullMarked
package dev.plumbline.registry.run;

import org.jspecify.annotations.NullMarked;
