/**
 * CEL as Kubernetes speaks it: expressions compiled and evaluated offline, with the function libraries of an API server, typed
 * variables, and bounds instead of a cost budget. The only home of the CEL library (dev.cel).
 */
@NullMarked
package dev.plumbline.registry.cel;

import org.jspecify.annotations.NullMarked;
