/**
 * The wall to MLflow's model registry, over its REST API 2.0. The only package that knows MLflow's addresses.
 */
@NullMarked
package dev.plumbline.registry.mlflow;

import org.jspecify.annotations.NullMarked;
