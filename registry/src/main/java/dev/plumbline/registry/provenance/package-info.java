/**
 * Compares what a run executed with what it should have executed, and says which commit that is. It computes forwards what
 * Argo should have stored and compares contents; labels and stamps are hints, never proof. It shares no code with the runner
 * but Argo's language, so that the two cannot agree with themselves.
 */
@NullMarked
package dev.plumbline.registry.provenance;

import org.jspecify.annotations.NullMarked;
