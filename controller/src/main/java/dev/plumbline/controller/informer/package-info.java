/**
 * What watches already told: {@link dev.plumbline.controller.informer.Informer} follows the objects of one kind that carry our
 * label, {@link dev.plumbline.controller.informer.InformedCluster} answers from it and asks the cluster only for what it does not
 * know, so that "missing" is never believed of a watch alone.
 */
@NullMarked
package dev.plumbline.controller.informer;

import org.jspecify.annotations.NullMarked;
