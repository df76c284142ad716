/**
 * The door to a model registry such as MLflow.
 */
@NullMarked
package dev.plumbline.registry.models;

import org.jspecify.annotations.NullMarked;
