/**
 * The corridor: fetch, release, plan, apply, history, status. {@link dev.plumbline.controller.reconcile.Reconciler} is its one
 * screen; one cancellable worker per sync runs it, and everything outside only signals that worker.
 */
@NullMarked
package dev.plumbline.controller.reconcile;

import org.jspecify.annotations.NullMarked;
