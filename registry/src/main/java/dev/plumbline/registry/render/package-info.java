/**
 * kustomize's build, in process, straight from a Snapshot: a folder of a commit in, objects with their Origin out. What it
 * does not support is a Finding that names the field. What it knows of Argo is in classes named so, which change the output
 * only when asked. Not the place for anything that knows a cluster.
 */
@NullMarked
package dev.plumbline.registry.render;

import org.jspecify.annotations.NullMarked;
