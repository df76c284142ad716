@NullMarked
package dev.plumbline.tests.cluster;

import org.jspecify.annotations.NullMarked;
