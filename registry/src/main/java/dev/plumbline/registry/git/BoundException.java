package dev.plumbline.registry.git;

import java.io.IOException;

/** What a repository sends passes a bound; its message names the bound. */
final class BoundException extends IOException {

    private static final long serialVersionUID = 1L;

    BoundException(String message) {
        super(message);
    }
}
