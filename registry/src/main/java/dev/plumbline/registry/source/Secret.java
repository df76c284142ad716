package dev.plumbline.registry.source;

/**
 * A text that no message, log or record may hold: printed, it is three stars.
 *
 * @param value the text itself; only a wall that enters a repository with it may ask for it
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
