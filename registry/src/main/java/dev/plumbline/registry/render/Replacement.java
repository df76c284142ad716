package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code replacements}: a value and where it is written to.
 *
 * @param source the object and field that hold the value; null where {@code value} is given
 * @param value a value that stands in the entry itself; null where {@code source} is given
 * @param targets where it goes
 * @param place where the entry stands
 */
record Replacement(@Nullable Source source, @Nullable String value, List<Target> targets, Location place) {

    /** The field that is meant where none is named. */
    static final String DEFAULT_PATH = "metadata.name";

    Replacement {
        targets = List.copyOf(targets);
    }

    /** Whether the source is read as it stands by then: where it is a target itself, later targets get what was written to it. */
    boolean isReadAgain() {
        return source != null && source.options().delimiter().isEmpty();
    }

    /**
     * The object that holds a value. Its parts must be equal, unlike a target's, which are regular expressions; empty ones
     * match anything.
     */
    record Source(Gvk gvk, String name, String namespace, ReplacementPath path, Options options, Location place) {

        /** A namespace that is not written counts as {@code default}, for kinds without namespaces too. */
        boolean selects(Resource resource) {
            String current = resource.namespace();
            Gvk now = resource.gvk();
            if (selects(now, resource.name(), current)) {
                return true;
            }
            return resource.previousIds.stream()
                    .anyMatch(id ->
                            selects(new Gvk(now.group(), now.version(), id.gvk().kind()), id.name(), id.namespace()));
        }

        private boolean selects(Gvk otherGvk, String otherName, String otherNamespace) {
            return otherGvk.selectedBy(gvk)
                    && (name.isEmpty() || name.equals(otherName))
                    && (namespace.isEmpty() || effective(namespace).equals(effective(otherNamespace)));
        }

        private static String effective(String namespace) {
            return namespace.isEmpty() ? Id.DEFAULT : namespace;
        }

        @Override
        public String toString() {
            return (gvk.kind().isEmpty() ? "any kind" : gvk.toString())
                    + (name.isEmpty() ? "" : "/" + name)
                    + (namespace.isEmpty() ? "" : " in namespace " + namespace);
        }
    }

    /** The objects and fields that a value is written to. */
    record Target(
            ReplacementSelector select,
            List<ReplacementSelector> reject,
            List<ReplacementPath> paths,
            Options options,
            Location place) {

        Target {
            reject = List.copyOf(reject);
            paths = List.copyOf(paths);
        }

        boolean selects(Resource resource) {
            return select.matchesTexts(resource)
                    && reject.stream().noneMatch(selector -> selector.hasTexts() && selector.matchesTexts(resource))
                    && reject.stream().noneMatch(selector -> selector.hasId() && selector.matchesAnyId(resource))
                    && select.matchesAnyId(resource);
        }
    }

    /**
     * Which part of a text is meant.
     *
     * @param delimiter what stands between parts; empty for the whole text
     * @param index the part, from 0; of a target, a smaller one puts the value in front and a larger one behind
     * @param create whether a missing field is made
     */
    record Options(String delimiter, int index, boolean create) {

        static final Options NONE = new Options("", 0, false);

        /** A text with a value as the part that is meant. */
        String joined(String text, String value) {
            String[] parts = text.split(Pattern.quote(delimiter), -1);
            if (index < 0) {
                return value + delimiter + text;
            }
            if (index >= parts.length) {
                return text + delimiter + value;
            }
            parts[index] = value;
            return String.join(delimiter, parts);
        }
    }
}
