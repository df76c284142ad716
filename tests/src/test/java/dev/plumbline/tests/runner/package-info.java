/** The embedded runner beside the real Argo controller: the same Workflows, node for node. */
@NullMarked
package dev.plumbline.tests.runner;

import org.jspecify.annotations.NullMarked;
