/** Holds the documents to what the code says. */
@NullMarked
package dev.plumbline.tests.docs;

import org.jspecify.annotations.NullMarked;
