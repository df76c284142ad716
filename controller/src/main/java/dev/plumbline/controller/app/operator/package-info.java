/**
 * {@code plumbline controller}: the corridor of every PipelineSync of a cluster, composed with {@code new}. One
 * {@link dev.plumbline.controller.app.operator.ManagedSync} per custom resource, one poller per repository, one program of
 * several that leads.
 */
@NullMarked
package dev.plumbline.controller.app.operator;

import org.jspecify.annotations.NullMarked;
