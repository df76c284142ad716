/**
 * Executes the Argo Workflows of an embedded cluster as local processes, behind the doors to a cluster. What it cannot do it
 * refuses by name before a run starts. Shares only Argo's parser with the recorder, so that neither can agree with itself.
 */
@NullMarked
package dev.plumbline.controller.local.runner;

import org.jspecify.annotations.NullMarked;
