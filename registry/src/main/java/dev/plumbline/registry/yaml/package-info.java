/**
 * YAML text to nodes that know where they stand (SnakeYAML), with kustomize's reading of scalars. The only home of SnakeYAML.
 */
@NullMarked
package dev.plumbline.registry.yaml;

import org.jspecify.annotations.NullMarked;
