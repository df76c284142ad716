package dev.plumbline.registry.argo;

import java.util.List;

/**
 * A place of an object that the embedded runner does not execute.
 *
 * @param path keys and list positions (decimal) from the object's root
 * @param message what it is and why it is refused, without the path
 */
public record Refusal(List<String> path, String message) {

    /** Keeps its own copy of the path. */
    public Refusal {
        path = List.copyOf(path);
    }

    /** The path as text, such as {@code spec.templates[0].script}. */
    public String place() {
        return Paths.text(path);
    }

    /** Place and message. */
    @Override
    public String toString() {
        return place() + ": " + message;
    }
}
