package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.finding.Suggestion;
import java.util.Collection;

/** How to say what to do. */
final class Fixes {

    /** Among more names than this none is looked for: it would take too long. */
    private static final int MAX_NAMES = 500;

    private Fixes() {}

    /** {@code did you mean 'x'?} when there is a near name, else something else. */
    static String closest(String written, Collection<String> names, String otherwise) {
        if (names.size() > MAX_NAMES) {
            return otherwise;
        }
        return Suggestion.closest(written, names)
                .map(name -> "did you mean '" + name + "'?")
                .orElse(otherwise);
    }

    /** At most so many characters of a text. */
    static String shorten(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
