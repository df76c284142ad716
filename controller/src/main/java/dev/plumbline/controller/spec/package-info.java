/**
 * The custom resources {@code PipelineSync} and {@code PipelineRollback} as values: read from the tree that the API server returns,
 * with defaults filled and what is wrong with them collected, and the status that is written back. Pure.
 */
@NullMarked
package dev.plumbline.controller.spec;

import org.jspecify.annotations.NullMarked;
