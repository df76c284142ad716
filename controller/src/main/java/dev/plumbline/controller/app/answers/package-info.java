/**
 * What is answered about one sync and what came of it, as plain trees: the same for the sync of {@code plumbline up} and for every sync of
 * a cluster. Answers change nothing.
 */
@NullMarked
package dev.plumbline.controller.app.answers;

import org.jspecify.annotations.NullMarked;
