@NullMarked
package dev.plumbline.tests.parts;

import org.jspecify.annotations.NullMarked;
