/** Random kustomizations, rendered by the real kustomize and by ours: whatever differs is a fault of ours. */
@NullMarked
package dev.plumbline.tests.differential;

import org.jspecify.annotations.NullMarked;
