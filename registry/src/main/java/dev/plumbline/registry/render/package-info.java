/**
 * kustomize's build, in process, straight from a Snapshot: a folder of a commit in, objects with their Origin out. What it
 * does not support is a Finding that names the field. What it knows of Argo is in classes named so, which only act on the option. Not the place for a cluster.
 */
@NullMarked
package dev.plumbline.registry.render;

import org.jspecify.annotations.NullMarked;
