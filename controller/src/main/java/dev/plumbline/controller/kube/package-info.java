/**
 * A Kubernetes cluster behind the cluster doors, over the HTTP client of fabric8. Objects stay plain trees from wire to door.
 */
@NullMarked
package dev.plumbline.controller.kube;

import org.jspecify.annotations.NullMarked;
