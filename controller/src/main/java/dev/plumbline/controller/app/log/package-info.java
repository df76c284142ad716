/** How the controller's log is written: as text (slf4j-simple), or as one JSON object per line, whichever library it comes from. */
@NullMarked
package dev.plumbline.controller.app.log;

import org.jspecify.annotations.NullMarked;
