/**
 * Argo Server over HTTP, as far as its archive of Workflows and nodes that are kept outside of a Workflow go (Argo Workflows 4.1).
 */
@NullMarked
package dev.plumbline.controller.argoserver;

import org.jspecify.annotations.NullMarked;
