/** Where OpenLineage events go: a file of JSON lines, or an HTTP endpoint such as Marquez. */
@NullMarked
package dev.plumbline.registry.openlineage;

import org.jspecify.annotations.NullMarked;
