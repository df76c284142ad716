/**
 * The schemas of the custom resources as annotated types. The definitions in {@code controller/deploy/crds} are generated from
 * them; the program itself reads objects with {@link dev.plumbline.controller.spec}, and a test holds the two together.
 */
package dev.plumbline.controller.crd;
