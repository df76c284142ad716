/**
 * The embedded cluster: the objects of a Kubernetes API server, kept in one data folder, behind the same doors and held by
 * the same contract. It has no HTTP API. What it does not know it refuses by name.
 */
@NullMarked
package dev.plumbline.controller.local.cluster;

import org.jspecify.annotations.NullMarked;
