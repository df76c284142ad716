/**
 * kustomize's build, in process, straight from a Snapshot: a folder of a commit in, objects with their Origin out. What it
 * does not support is a Finding that names the field. Not the place for anything that knows Argo or a cluster.
 */
@NullMarked
package dev.plumbline.registry.render;

import org.jspecify.annotations.NullMarked;
