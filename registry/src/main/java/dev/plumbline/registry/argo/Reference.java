package dev.plumbline.registry.argo;

import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One place of an object that names another object.
 *
 * @param target what it names, in the object's own namespace or in none; the name holds tags when it is dynamic
 * @param path keys and list positions (decimal) from the object's root to the text that is the name
 * @param template the template that a {@code templateRef} names in its target; null for every other reference
 * @param optional whether the target may be absent: declared {@code optional}, or made by Argo itself
 */
public record Reference(
        ObjectKey target, List<String> path, @Nullable String template, boolean optional) {

    /** Keeps its own copy of the path. */
    public Reference {
        path = List.copyOf(path);
    }

    /** Whether the name is only known at run time: never checked, never rewritten, but reported. */
    public boolean dynamic() {
        return Tags.present(target.name());
    }

    /** The path as text, such as {@code spec.templates[0].dag.tasks[1].templateRef.name}. */
    public String place() {
        return Paths.text(path);
    }
}
