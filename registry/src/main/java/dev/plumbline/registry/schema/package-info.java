/**
 * What an API server accepts as an object of a kind: fields, types, values and rules of Argo's full CRDs and of Kubernetes'
 * own kinds, as compact data that {@code tests/golden/facts/schemas} makes from the released CRDs and a running API server.
 */
@NullMarked
package dev.plumbline.registry.schema;

import org.jspecify.annotations.NullMarked;
